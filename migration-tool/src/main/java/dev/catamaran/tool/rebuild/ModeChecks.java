package dev.catamaran.tool.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the homes that were given fit what was asked for (spec: jraft-disk 4 M, 5.3). */
final class ModeChecks {

    static final String HOME_MISSING = "home-missing";

    private final List<HomeFacts> homes;
    private final List<GroupView> groups;
    private final AddressMap map;
    private final List<Finding> findings = new ArrayList<>();

    private ModeChecks(List<HomeFacts> homes, List<GroupView> groups, AddressMap map) {
        this.homes = homes;
        this.groups = groups;
        this.map = map;
    }

    static List<Finding> check(
            List<HomeFacts> homes, List<GroupView> groups, AddressMap map, RebuildMode mode) {
        ModeChecks checks = new ModeChecks(homes, groups, map);
        checks.lostAreKnown(mode);
        if (mode instanceof RebuildMode.Rename) {
            checks.everyoneIsHere();
        } else if (mode instanceof RebuildMode.Survivors) {
            groups.forEach(group -> checks.survivors(group, mode.lost()));
        } else if (mode instanceof RebuildMode.Reform reform) {
            checks.reform(reform);
        } else {
            throw new AssertionError("no rule for " + mode);
        }
        return checks.findings;
    }

    private SortedSet<Member> named() {
        SortedSet<Member> named = new TreeSet<>();
        groups.forEach(group -> named.addAll(GroupView.members(group.configuration().all())));
        return named;
    }

    private void lostAreKnown(RebuildMode mode) {
        SortedSet<Member> named = named();
        for (Member lost : mode.lost()) {
            if (!named.contains(lost)) {
                findings.add(
                        Finding.refuses(
                                "lost-is-nobody",
                                lost
                                        + " is said to be lost, but no home names it; they name "
                                        + named,
                                "--lost " + lost,
                                "Write the member's old address as in cluster.conf."));
            }
        }
        if (mode instanceof RebuildMode.Survivors && mode.lost().isEmpty()) {
            findings.add(
                    Finding.refuses(
                            "nobody-lost",
                            "no member is said to be lost",
                            "--mode survivors",
                            "Name each with --lost OLD, or rename (without --mode)."));
        }
    }

    /** Groups with the same members lack the same homes: they are told once. */
    private void everyoneIsHere() {
        SortedMap<String, List<String>> lacking = new TreeMap<>();
        for (GroupView group : groups) {
            SortedSet<Member> members = GroupView.members(group.configuration().all());
            int given = group.stores().size();
            if (!members.isEmpty() && given < members.size()) {
                lacking.computeIfAbsent(
                                "have the members "
                                        + members
                                        + ", but only "
                                        + given
                                        + (given == 1 ? " home was" : " homes were")
                                        + " given",
                                what -> new ArrayList<>())
                        .add(group.group());
            }
            tooMany(group, members.size());
        }
        lacking.forEach(
                (what, names) ->
                        findings.add(
                                Finding.refuses(
                                        HOME_MISSING,
                                        "groups " + String.join(", ", names) + " " + what,
                                        names(),
                                        "Give the homes of all members. If one is lost for ever,"
                                                + " say so: --mode survivors --lost OLD.")));
    }

    private void tooMany(GroupView group, int members) {
        if (members > 0 && group.stores().size() > members) {
            findings.add(
                    Finding.refuses(
                            "home-too-many",
                            "group "
                                    + group.group()
                                    + " has "
                                    + members
                                    + " members, but "
                                    + group.stores().size()
                                    + " homes were given: one is old or a"
                                    + " copy",
                            names(),
                            "Give each member's own home once."));
        }
    }

    private void survivors(GroupView group, SortedSet<Member> lost) {
        SortedSet<Member> left = GroupView.members(group.configuration().all());
        left.removeAll(lost);
        Majority majority = group.majority(lost);
        if (!majority.survives()) {
            findings.add(
                    Finding.refuses(
                            "no-majority",
                            majority.text(),
                            names(),
                            "The survivors alone cannot elect. Bring back more homes, or build a"
                                    + " new set of members from the best one: --mode clone."));
        } else if (group.stores().size() < left.size()) {
            findings.add(
                    Finding.refuses(
                            HOME_MISSING,
                            "members "
                                    + left
                                    + " of group "
                                    + group.group()
                                    + " are not lost, but only "
                                    + group.stores().size()
                                    + " homes were given",
                            names(),
                            "Give the home of each, or name the others with --lost OLD."));
        }
        tooMany(group, left.size());
    }

    private void reform(RebuildMode.Reform reform) {
        SortedSet<Member> members = reform.members();
        String where = "--mode " + reform.word() + " --members " + members;
        if (members.isEmpty()) {
            findings.add(
                    Finding.refuses(
                            "no-members",
                            "no members are named",
                            where,
                            "Name all members afterwards: --members NEW,NEW,…"));
            return;
        }
        SortedSet<Member> images = new TreeSet<>();
        SortedSet<Member> named = named();
        named.removeAll(reform.lost());
        named.forEach(old -> images.add(map.image(old).orElse(old)));
        if (reform instanceof RebuildMode.Shrink
                && (!images.containsAll(members) || members.size() >= named().size())) {
            findings.add(
                    Finding.refuses(
                            "not-smaller",
                            "fewer members must be left, all of them out of " + images,
                            where,
                            "Name some of these, or use --mode grow or clone."));
        }
        if (reform instanceof RebuildMode.Grow
                && (!members.containsAll(images) || members.size() <= images.size())) {
            findings.add(
                    Finding.refuses(
                            "not-greater",
                            "all of " + images + " must stay, and others come",
                            where,
                            "Name these and the new ones, or use --mode shrink or clone."));
        }
        groups.forEach(group -> source(group, where));
    }

    private void source(GroupView group, String where) {
        if (group.best().isEmpty()) {
            findings.add(
                    Finding.refuses(
                            "no-source",
                            "no whole store of group " + group.group() + " is left to build from",
                            where,
                            "Restore one from a backup."));
        }
    }

    private String names() {
        return String.join(", ", homes.stream().map(HomeFacts::home).toList());
    }
}
