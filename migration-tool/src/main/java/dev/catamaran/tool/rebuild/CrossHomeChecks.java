package dev.catamaran.tool.rebuild;

import dev.catamaran.tool.jraftdisk.Peer;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.jraftdisk.StoreFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that must be right between the homes before anything is written. All that is wrong is
 * told at once (spec: jraft-disk 5.2 and 5.3).
 */
public final class CrossHomeChecks {

    /**
     * The last RocksDB of servers whose raft cannot read an IPv6 address (Nacos before 1.4.1; spec:
     * jraft-disk 1 and 2).
     */
    private static final String WITHOUT_IPV6 = "5.18.3";

    /** A server on its own has no others to recover from (spec: jraft-disk 5.2). */
    private static final String TO_A_LONE_SERVER =
            "This server has no others to recover from. After a kill in the middle of a write, its"
                    + " own version drops the unfinished end when it opens the log, at whatever"
                    + " address: take a backup (catamaran backup), start that server once on this"
                    + " home, stop it, and run this again. If the finding stays, restore a backup.";

    private final List<HomeFacts> homes;
    private final List<GroupView> groups;
    private final AddressMap map;
    private final List<Finding> findings = new ArrayList<>();

    private CrossHomeChecks(List<HomeFacts> homes, AddressMap map) {
        this.homes = homes;
        this.groups = GroupView.of(homes);
        this.map = map;
    }

    /** All findings, the refusing ones first. */
    public static List<Finding> check(List<HomeFacts> homes, AddressMap map, RebuildMode mode) {
        CrossHomeChecks checks = new CrossHomeChecks(List.copyOf(homes), map);
        checks.damage();
        checks.copies();
        checks.groups();
        checks.names();
        checks.lists();
        checks.groups.forEach(group -> checks.findings.addAll(HistoryChecks.check(group)));
        checks.groups.forEach(checks::configurations);
        checks.groups.forEach(checks::stale);
        checks.findings.addAll(ModeChecks.check(homes, checks.groups, map, mode));
        List<Finding> all = new ArrayList<>(new java.util.LinkedHashSet<>(checks.findings));
        all.sort(java.util.Comparator.comparing(Finding::weight));
        return List.copyOf(all);
    }

    /** Damage, copies and histories: what needs no map and no complete set of homes. */
    static List<Finding> alone(List<HomeFacts> homes) {
        CrossHomeChecks checks = new CrossHomeChecks(List.copyOf(homes), AddressMap.of(Map.of()));
        checks.damage();
        checks.copies();
        checks.groups.forEach(group -> checks.findings.addAll(HistoryChecks.check(group)));
        return List.copyOf(new java.util.LinkedHashSet<>(checks.findings));
    }

    private void damage() {
        for (GroupView group : groups) {
            for (GroupView.Store store : group.stores()) {
                for (StoreFinding finding : store.facts().findings()) {
                    findings.add(of(store, finding));
                }
            }
        }
    }

    private Finding of(GroupView.Store store, StoreFinding finding) {
        String code = finding.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        String where = store.where() + ", " + finding.where();
        boolean refuses = finding.isDamage() || finding.kind() == StoreFinding.Kind.IN_USE;
        String todo = alone(store) && finding.isDamage() ? TO_A_LONE_SERVER : finding.todo();
        return refuses
                ? Finding.refuses(code, finding.what(), where, todo)
                : Finding.warns(code, finding.what(), where, finding.todo());
    }

    private boolean alone(GroupView.Store store) {
        return homes.size() == 1
                && store.facts()
                        .configuration()
                        .map(now -> GroupView.members(now.all()).size() <= 1)
                        .orElse(true);
    }

    private void copies() {
        Map<String, String> seen = new TreeMap<>();
        Map<Member, String> owners = new TreeMap<>();
        for (HomeFacts home : homes) {
            for (Map.Entry<String, String> database : home.databases().entrySet()) {
                String key = database.getKey() + " " + database.getValue();
                String before = seen.putIfAbsent(key, home.home());
                if (before != null) {
                    findings.add(
                            Finding.refuses(
                                    "same-store-twice",
                                    "both homes hold the same database (RocksDB identity "
                                            + database.getValue()
                                            + "): one is a copy of the other",
                                    before + " and " + home.at(database.getKey()),
                                    "Give each member's own home once."));
                }
            }
            home.self()
                    .ifPresent(
                            self -> {
                                String before = owners.putIfAbsent(self, home.home());
                                if (before != null) {
                                    findings.add(
                                            Finding.refuses(
                                                    "two-homes-of-one-member",
                                                    "both homes belong to member " + self,
                                                    before + " and " + home.home(),
                                                    "Give the one that ran last."));
                                }
                            });
        }
    }

    private void groups() {
        for (GroupView group : groups) {
            for (HomeFacts home : homes) {
                Optional<StoreFacts> store = home.store(group.group());
                boolean othersHaveSome =
                        group.stores().stream()
                                .anyMatch(
                                        other ->
                                                !other.home().equals(home)
                                                        && other.facts().lastIndex()
                                                                > lastOf(store));
                if (store.isEmpty()) {
                    findings.add(
                            Finding.refuses(
                                    "missing-group",
                                    "the home lacks group "
                                            + group.group()
                                            + ", which other homes have",
                                    home.home(),
                                    "Restore data/protocol/raft/"
                                            + group.group()
                                            + " of this home, or leave the home out as lost"
                                            + " (--mode survivors). Homes of two clusters, or of"
                                            + " two versions, lack groups too: name those of one"
                                            + " cluster only."));
                } else if (othersHaveSome && store.get().isWhole() && forgot(store.get())) {
                    findings.add(
                            Finding.refuses(
                                    "amnesiac",
                                    "the log is empty, while other homes have entries: whoever"
                                            + " forgot them must not vote",
                                    home.at(group.group()),
                                    "Leave the home out as lost (--mode survivors) and let the"
                                            + " member join empty after the others elected."));
                }
            }
        }
    }

    private static long lastOf(Optional<StoreFacts> store) {
        return store.map(StoreFacts::lastIndex).orElse(0L);
    }

    /**
     * Whether a log that must have held entries holds none. One that was emptied when a snapshot
     * arrived begins right behind the snapshot (spec: jraft-disk 2).
     */
    private static boolean forgot(StoreFacts store) {
        boolean behindSnapshot =
                store.log().map(log -> log.firstIndex() > store.committedAtLeast()).orElse(false);
        boolean empty = store.log().map(log -> log.count() == 0).orElse(true);
        return empty && (store.lastIndex() == 0 || !behindSnapshot);
    }

    private void names() {
        SortedMap<String, String> found = new TreeMap<>();
        for (GroupView group : groups) {
            for (GroupView.Store store : group.stores()) {
                for (Peer peer : store.facts().peers()) {
                    found.putIfAbsent(peer.address(), store.where());
                }
            }
        }
        for (HomeFacts home : homes) {
            home.self().ifPresent(self -> found.putIfAbsent(self.raft(), home.home()));
            if (groups.isEmpty()) {
                home.listed().forEach(at -> found.putIfAbsent(at.raft(), home.home()));
            }
        }
        if (found.isEmpty()) {
            findings.add(
                    Finding.refuses(
                            "nothing-to-rename",
                            "no home names any member: there is no raft data here",
                            names(homes),
                            "Name the folder above data/, of a server that ran before."));
            return;
        }
        findings.addAll(MapCoverage.check(map, found));
        findings.addAll(NewAddresses.check(map));
        ipv6();
    }

    private void ipv6() {
        for (GroupView group : groups) {
            for (GroupView.Store store : group.stores()) {
                if (store.facts().rocksdbVersion().startsWith(WITHOUT_IPV6)) {
                    map.images().values().stream()
                            .filter(Member::isIpv6)
                            .forEach(
                                    at ->
                                            findings.add(
                                                    Finding.refuses(
                                                            "ipv6-too-early",
                                                            "servers before 1.4.1 cannot read the"
                                                                    + " IPv6 address "
                                                                    + at,
                                                            store.where(),
                                                            "Upgrade to 1.4.1 or later first, or"
                                                                    + " use an IPv4 address or a"
                                                                    + " host name.")));
                }
            }
        }
    }

    /** The list of a home and its protocol data should speak of the same members. */
    private void lists() {
        SortedSet<Member> named = new TreeSet<>();
        groups.forEach(group -> named.addAll(GroupView.members(group.configuration().all())));
        for (HomeFacts home : homes) {
            if (named.isEmpty() || home.listed().isEmpty() || home.listed().equals(named)) {
                continue;
            }
            findings.add(
                    Finding.warns(
                            "list-differs",
                            "conf/cluster.conf lists "
                                    + home.listed()
                                    + ", the protocol data names "
                                    + named,
                            home.home(),
                            "Known addresses in the list are changed with the map, others stay as"
                                    + " they are: check the file before you start."));
        }
    }

    /** Who is in the group: equal everywhere, or the lag of a log explains it. */
    private void configurations(GroupView group) {
        for (GroupView.Store store : group.whole()) {
            StoreFacts facts = store.facts();
            boolean same =
                    facts.configuration()
                            .map(it -> it.all().equals(group.configuration().all()))
                            .orElse(false);
            if (same || facts.lastIndex() == 0) {
                continue;
            }
            SortedSet<Member> mine =
                    GroupView.members(
                            facts.configuration().map(it -> it.all()).orElseGet(TreeSet::new));
            SortedSet<Member> shared = new TreeSet<>(mine);
            shared.retainAll(GroupView.members(group.configuration().all()));
            findings.add(
                    shared.isEmpty()
                            ? Finding.refuses(
                                    "two-clusters",
                                    "this home names "
                                            + mine
                                            + ", the most advanced home "
                                            + GroupView.members(group.configuration().all()),
                                    store.where(),
                                    "Give the homes of one cluster only.")
                            : Finding.warns(
                                    "configuration-behind",
                                    "this home still names "
                                            + mine
                                            + ", the most advanced one "
                                            + GroupView.members(group.configuration().all()),
                                    store.where(),
                                    "Nothing to do if members were changed not long ago: it"
                                            + " catches up."));
        }
    }

    /**
     * A home that missed whole terms was down while the others went on, or comes from a backup. A
     * disk cannot tell which; a restored one has forgotten what it acknowledged (spec: jraft-disk
     * 0.4).
     */
    private void stale(GroupView group) {
        Optional<StoreFacts> best = group.best().map(GroupView.Store::facts);
        for (GroupView.Store store : group.whole()) {
            StoreFacts facts = store.facts();
            long promised = facts.vote().map(StoreFacts.Vote::term).orElse(0L);
            boolean missed =
                    best.isPresent()
                            && facts.lastIndex() > 0
                            && promised < best.get().lastTerm()
                            && facts.lastIndex() < best.get().lastIndex();
            if (missed) {
                findings.add(
                        Finding.warns(
                                "stale",
                                "this home stopped in term "
                                        + promised
                                        + " at index "
                                        + facts.lastIndex()
                                        + ", the most advanced one is at term "
                                        + best.get().lastTerm()
                                        + " index "
                                        + best.get().lastIndex(),
                                store.where(),
                                "Nothing to do if its server was down meanwhile. If it was restored"
                                        + " from a backup it forgot what it acknowledged and must"
                                        + " not vote: leave it out as lost (--mode survivors)."));
            }
        }
    }

    private static String names(List<HomeFacts> homes) {
        return String.join(", ", homes.stream().map(HomeFacts::home).toList());
    }
}
