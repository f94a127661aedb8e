package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a plan out of the facts of all homes, or says everything that forbids it. */
public final class Planner {

    /** What has to be typed before a plan that may lose acknowledged writes. */
    public static final String LOSS_PHRASE = "acknowledged writes may be lost";

    private Planner() {}

    /**
     * What is asked for.
     *
     * @param map old to new, complete
     * @param mode kind of change
     * @param targets with a change of voters, the homes of the new members
     * @param accepted what the operator typed to accept a loss; empty if nothing
     */
    public record Request(
            AddressMap map, RebuildMode mode, SortedMap<Member, String> targets, String accepted) {
        public Request {
            targets = new TreeMap<>(targets);
        }
    }

    /** How planning ended. */
    public sealed interface Result {

        /** What was found on the way. */
        List<Finding> findings();

        /** It can be done; the findings are warnings. */
        record Planned(RebuildPlan plan, List<Finding> findings) implements Result {
            public Planned {
                findings = List.copyOf(findings);
            }
        }

        /** It must not be done. */
        record Refused(List<Finding> findings) implements Result {
            public Refused {
                findings = List.copyOf(findings);
            }
        }
    }

    /** Plans. */
    public static Result plan(List<HomeFacts> homes, Request request) {
        List<Finding> findings =
                new ArrayList<>(CrossHomeChecks.check(homes, request.map(), request.mode()));
        List<GroupView> groups = GroupView.of(homes);
        boolean accepted = request.accepted().strip().equalsIgnoreCase(LOSS_PHRASE);
        findings.addAll(losses(groups, request.mode(), accepted));
        findings.addAll(targetless(request));
        findings.addAll(idle(request));
        findings.addAll(legacyDiffers(homes, request.mode()));
        if (Finding.anyRefuses(findings)) {
            return new Result.Refused(findings);
        }
        return new Result.Planned(plan(homes, groups, request, accepted), findings);
    }

    /**
     * What is wrong with the homes themselves, where a map or a home that could not be used keeps
     * them from being checked together.
     */
    public static List<Finding> homesAlone(List<HomeFacts> homes) {
        return CrossHomeChecks.alone(homes);
    }

    private static List<Finding> losses(
            List<GroupView> groups, RebuildMode mode, boolean accepted) {
        if (!(mode instanceof RebuildMode.Reform)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (GroupView group : groups) {
            Majority majority = group.majority(mode.lost());
            if (majority.survives()) {
                continue;
            }
            findings.add(
                    accepted
                            ? Finding.warns(
                                    "loss-accepted",
                                    majority.text(),
                                    "group " + group.group(),
                                    "You accepted that " + LOSS_PHRASE + ".")
                            : Finding.refuses(
                                    "may-lose-writes",
                                    majority.text(),
                                    "group " + group.group(),
                                    "Bring back a home that is missing. Only if none can be: plan"
                                            + " again with --accept-loss \""
                                            + LOSS_PHRASE
                                            + "\"."));
        }
        return findings;
    }

    /** The home whose 1.x records homes made anew get. */
    private static Optional<HomeFacts> legacySource(List<HomeFacts> homes) {
        return homes.stream()
                .filter(home -> home.legacy() != null)
                .max(Comparator.comparing(home -> requireNonNull(home.legacy())));
    }

    private static List<Finding> legacyDiffers(List<HomeFacts> homes, RebuildMode mode) {
        SortedMap<String, String> texts = new TreeMap<>();
        Set<String> digests = new TreeSet<>();
        for (HomeFacts home : homes) {
            LegacyMark mark = home.legacy();
            digests.add(mark == null ? "" : mark.digest());
            texts.put(home.home(), mark == null ? "no records" : mark.text());
        }
        if (!(mode instanceof RebuildMode.Reform) || digests.size() < 2) {
            return List.of();
        }
        return List.of(
                Finding.warns(
                        "legacy-differs",
                        "the homes keep different records of the 1.x raft, and nothing says for"
                                + " certain which are the newer ones: "
                                + texts,
                        "data/naming",
                        "Homes made anew get those of "
                                + legacySource(homes).map(HomeFacts::home).orElse("none")
                                + ", which has the most. If others are right, put their data/naming"
                                + " into each target before apply: it is then left as it is."));
    }

    private static List<Finding> idle(Request request) {
        boolean same =
                request.map().images().entrySet().stream()
                        .allMatch(pair -> pair.getKey().equals(pair.getValue()));
        return same && request.mode() instanceof RebuildMode.Rename
                ? List.of(
                        Finding.refuses(
                                "nothing-to-rename",
                                "every member keeps its address",
                                "--map",
                                "There is nothing to rebuild. Give the new addresses, or the --mode"
                                        + " that is meant."))
                : List.of();
    }

    private static List<Finding> targetless(Request request) {
        if (!(request.mode() instanceof RebuildMode.Reform reform)) {
            return List.of();
        }
        SortedSet<Member> without = new TreeSet<>(reform.members());
        without.removeAll(request.targets().keySet());
        SortedSet<Member> strangers = new TreeSet<>(request.targets().keySet());
        strangers.removeAll(reform.members());
        List<Finding> findings = new ArrayList<>();
        if (!without.isEmpty()) {
            findings.add(
                    Finding.refuses(
                            "member-without-home",
                            "it is not said where the homes of " + without + " are",
                            "--target",
                            "Give --target MEMBER=HOME for each of --members. It may be an empty"
                                    + " folder, and it may be on another machine, where apply"
                                    + " gets --source."));
        }
        if (!strangers.isEmpty()) {
            findings.add(
                    Finding.refuses(
                            "target-is-no-member",
                            strangers + " have a target but are not among the members",
                            "--target",
                            "Add them to --members, or leave the target out."));
        }
        return findings;
    }

    private static RebuildPlan plan(
            List<HomeFacts> homes, List<GroupView> groups, Request request, boolean accepted) {
        List<RebuildPlan.Target> targets =
                request.mode() instanceof RebuildMode.Reform reform
                        ? reformed(groups, reform, request.targets())
                        : renamed(homes, request.map());
        List<String> arithmetic =
                groups.stream().map(group -> group.majority(request.mode().lost()).text()).toList();
        SortedSet<Member> members =
                request.mode() instanceof RebuildMode.Reform reform
                        ? reform.members()
                        : new TreeSet<>();
        String legacy =
                request.mode() instanceof RebuildMode.Reform
                        ? legacySource(homes).map(HomeFacts::home).orElse("")
                        : "";
        return new RebuildPlan(
                        "",
                        request.mode().word(),
                        request.map().images(),
                        request.mode().lost(),
                        members,
                        targets,
                        legacy,
                        arithmetic,
                        accepted)
                .identified();
    }

    private static List<RebuildPlan.Target> renamed(List<HomeFacts> homes, AddressMap map) {
        return homes.stream()
                .map(
                        home ->
                                new RebuildPlan.Target(
                                        home.home(),
                                        home.self().flatMap(map::image),
                                        home.stores().stream()
                                                .map(
                                                        store ->
                                                                new GroupTask(
                                                                        store.group(),
                                                                        home.home(),
                                                                        GroupMark.of(store),
                                                                        Optional.empty()))
                                                .toList()))
                .toList();
    }

    private static List<RebuildPlan.Target> reformed(
            List<GroupView> groups, RebuildMode.Reform reform, Map<Member, String> targets) {
        List<GroupTask> tasks = new ArrayList<>();
        for (GroupView group : groups) {
            GroupView.Store best = group.best().orElseThrow();
            tasks.add(
                    new GroupTask(
                            group.group(),
                            best.home().home(),
                            GroupMark.of(best.facts()),
                            Optional.of(
                                    new GroupTask.Appended(
                                            reform.members(), group.highestTerm() + 1))));
        }
        return targets.entrySet().stream()
                .map(
                        target ->
                                new RebuildPlan.Target(
                                        target.getValue(), Optional.of(target.getKey()), tasks))
                .toList();
    }
}
