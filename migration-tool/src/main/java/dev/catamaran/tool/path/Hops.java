package dev.catamaran.tool.path;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.tool.path.Releases.Rocks;
import dev.catamaran.tool.path.Situation.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each step says: why, what to check, what to run, how long. */
final class Hops {

    /** Watching a replaced node before the next one is touched. */
    private static final int WATCH_SECONDS = 60;

    /** Readiness on real servers waits for a quiet moment; measured 173 s until writers stopped. */
    private static final int READY_SECONDS = 185;

    /**
     * Registrations that a real three-node 2.1.2 cluster took on two cores at 16 connections,
     * loaded.
     */
    private static final long SERVER_RECORDS_PER_10_SECONDS = 686;

    private Hops() {}

    static Hop roll(Situation here, MemberVersion to) {
        MemberVersion from = here.from();
        List<String> checks = new ArrayList<>();
        checks.add("all " + here.nodes() + " members are up and their lists are the same text");
        checks.add("the data folder of each node is on a disk that survives its restart");
        if (!from.below2()) {
            checks.add(
                    "every raft group has a leader and all addresses are current: catamaran explain"
                        + " http://NODE:8848 (from 2.4.1 on a stale address ends in 'server is DOWN"
                        + " now')");
        }
        checks.addAll(Changes.between(here, to));
        List<String> commands = new ArrayList<>();
        if (!from.below2()) {
            commands.add(snapshot(from) + "      # each node, running: empties the raft logs");
        }
        commands.add(
                "catamaran backup HOME --to STORE      # each node, stopped, before its"
                        + " replacement");
        commands.add(
                "# one node at a time: stop "
                        + from
                        + ", start "
                        + to
                        + " on its home, wait"
                        + " until it answers and its lists are complete, then the next");
        commands.add("catamaran verify http://NODE:8848 http://OTHER:8848      # after each node");
        boolean noWayBack = rocksGrows(from, to) || (from.below2() && removed(to));
        long seconds = (long) here.nodes() * (Releases.replaceSeconds(from, to) + WATCH_SECONDS);
        return new Hop(
                "roll " + from + " to " + to,
                from,
                to,
                why(from, to),
                checks,
                commands,
                seconds,
                noWayBack);
    }

    /** Spec: jraft-groups 1.7; 3.x answers the old address with 410. */
    private static String snapshot(MemberVersion at) {
        return Releases.isBelow(at, Releases.FIRST_3X)
                ? "curl -X POST 'http://NODE:8848/nacos/v1/core/ops/raft' -H 'Content-Type:"
                        + " application/json' -d"
                        + " '{\"command\":\"doSnapshot\",\"value\":\"NODE:7848\"}'"
                : "curl -X POST 'http://NODE:8848/nacos/v3/admin/core/ops/raft' -d"
                        + " 'command=doSnapshot&value=NODE:7848'";
    }

    private static boolean removed(MemberVersion to) {
        return !Releases.isBelow(to, Releases.WITHOUT_1X);
    }

    private static boolean rocksGrows(MemberVersion from, MemberVersion to) {
        Optional<Rocks> before = Releases.rocks(from);
        Optional<Rocks> after = Releases.rocks(to);
        return before.isPresent() && after.isPresent() && after.get().rank() > before.get().rank();
    }

    private static String why(MemberVersion from, MemberVersion to) {
        if (from.below2() && !to.below2()) {
            return "2.0.4 is the last release that always writes to both models; from 2.2.0 on the"
                    + " 1.x records are neither read nor copied, and 2.1 takes every listed member"
                    + " for ready before it has heard of it";
        }
        if (rocksGrows(from, to)) {
            return "RocksDB goes from "
                    + Releases.rocks(from).orElseThrow().name()
                    + " to "
                    + Releases.rocks(to).orElseThrow().name()
                    + ": one line at a time, with empty"
                    + " logs; once opened, the homes cannot go back to "
                    + from;
        }
        if (!Releases.isBelow(to, Releases.FIRST_3X)) {
            return "2.5 and 3.x are made to share a cluster during a roll; older 2.x are not";
        }
        return "no format on disk changes between them";
    }

    static Hop closeDoubleWrite(Situation here) {
        MemberVersion at = Releases.BRIDGE;
        return new Hop(
                "close the double write",
                at,
                at,
                "only then no member event can make a node fall back, and only then 2.2 may come",
                List.of(
                        "every node shows upgraded=true: curl"
                                + " 'http://NODE:8848/nacos/v1/ns/upgrade/ops/metrics'",
                        "catamaran explain http://NODE:8848 finds neither modes-split nor"
                                + " not-ready",
                        "catamaran verify http://NODE:8848 http://OTHER:8848 says equal, for each"
                                + " pair"),
                List.of(
                        "curl -X PUT 'http://NODE:8848/nacos/v1/ns/operator/switches"
                                + "?entry=doubleWriteEnabled&value=false'"),
                READY_SECONDS + (long) here.nodes() * 5,
                true);
    }

    static Hop fresh(Situation s) {
        List<String> checks = new ArrayList<>(Changes.between(s, s.to()));
        if (s.storage() != Storage.EMBEDDED) {
            checks.add("a database of its own: two clusters must not share one");
        }
        return new Hop(
                "start an empty cluster of " + s.to(),
                s.to(),
                s.to(),
                "nothing of the old cluster is touched, so the way back is to do nothing",
                checks,
                List.of("# install " + s.to() + " on new addresses and start all its nodes"),
                (long) s.nodes() * Releases.replaceSeconds(s.to(), s.to()),
                false);
    }

    static Hop copy(Situation s) {
        long seconds =
                s.records().isPresent()
                        ? ceilDiv(10 * s.records().getAsLong(), SERVER_RECORDS_PER_10_SECONDS)
                        : 0;
        boolean homesAreRead = s.from().below2() && !inMemoryOnly(s.from());
        String source = homesAreRead ? "HOME or http://NODE:8848" : "http://NODE:8848";
        return new Hop(
                "carry the persistent records over",
                s.from(),
                s.to(),
                "services, clusters with their checkers, instances with weight, metadata and"
                        + " overrides, all namespaces; every record is read back and compared"
                        + (inMemoryOnly(s.from())
                                ? ". The files of 1.3.1 and 1.3.2 do not hold all records: read a"
                                        + " live member"
                                : ""),
                List.of("the namespaces exist in the new cluster"),
                List.of(
                        "catamaran migrate --from " + source + " --to http://NEW:8848 --dry-run",
                        "catamaran migrate --from " + source + " --to http://NEW:8848",
                        "catamaran verify http://NODE:8848 http://NEW:8848"),
                seconds,
                false);
    }

    private static long ceilDiv(long amount, long rate) {
        return (amount + rate - 1) / rate;
    }

    private static boolean inMemoryOnly(MemberVersion from) {
        return from.compareTo(Releases.v("1.3.1")) == 0 || from.compareTo(Releases.v("1.3.2")) == 0;
    }

    static Hop moveClients(Situation s) {
        return new Hop(
                "move the clients, then stop the old cluster",
                s.from(),
                s.to(),
                "consumers see both sides only if providers of a service and its consumers move"
                        + " together; services that call each other move as one group",
                List.of(
                        "configuration is copied by its own tools; this carries naming records",
                        "run migrate once more right before the old cluster is stopped: it carries"
                                + " only what changed since"),
                List.of(
                        "# point the clients to NEW, group by group",
                        "catamaran migrate --from http://NODE:8848 --to http://NEW:8848",
                        "catamaran backup HOME --to STORE      # each old node, stopped"),
                0,
                true);
    }
}
