package dev.catamaran.tool.path;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.tool.path.Releases.Rocks;
import dev.catamaran.tool.path.Situation.Storage;
import dev.catamaran.tool.path.Way.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hard stops: what a way must not do, whoever asks for it. */
final class Stops {

    private Stops() {}

    static List<Stop> ofBoth(Situation s) {
        List<Stop> stops = new ArrayList<>();
        for (MemberVersion version : List.of(s.from(), s.to())) {
            if (!Releases.isKnown(version)) {
                stops.add(
                        new Stop(
                                "unknown-version",
                                "nothing is known of "
                                        + version
                                        + ": releases of 1.0 to 1.4, 2.0 to 2.5 and 3.x were read"
                                        + " and measured",
                                "check the number; a later Catamaran may know it"));
            }
        }
        if (s.from().compareTo(s.to()) == 0 && s.from().text().equals(s.to().text())) {
            stops.add(
                    new Stop(
                            "same-version",
                            "the cluster is at " + s.to() + " already",
                            "nothing is to be done"));
        }
        return stops;
    }

    static List<Stop> ofRolling(Situation s, List<MemberVersion> versions) {
        List<Stop> stops = new ArrayList<>();
        goingDown(s).ifPresent(stops::add);
        for (int i = 1; i < versions.size(); i++) {
            rocks(versions.get(i - 1), versions.get(i)).ifPresent(stops::add);
        }
        if (stops.isEmpty() && isDown(s)) {
            stops.add(
                    new Stop(
                            "downgrade-not-measured",
                            "no roll down from "
                                    + s.from()
                                    + " to "
                                    + s.to()
                                    + " was ever measured: servers read what older ones wrote, and"
                                    + " promise nothing about what newer ones wrote"
                                    + (Releases.isBelow(s.from(), Releases.FIRST_3X)
                                            ? ""
                                            : "; 3.x also has raft groups and namespaces that 2.x"
                                                    + " does not know"),
                            "take the parallel way, or go back to a backup that was taken before"
                                    + " the upgrade"));
        }
        if (PathPlanner.leavesOld(s) && s.storage() == Storage.EMBEDDED && s.nodes() > 1) {
            stops.add(embedded());
        }
        return stops;
    }

    static boolean isDown(Situation s) {
        return s.to().compareTo(s.from()) < 0;
    }

    private static Optional<Stop> goingDown(Situation s) {
        if (!isDown(s) || s.to().below2() == s.from().below2()) {
            return Optional.empty();
        }
        if (!Releases.isBelow(s.from(), Releases.WITHOUT_1X)) {
            return Optional.of(
                    new Stop(
                            "below-2.2",
                            "versions from 2.2.0 on keep nothing that a 1.x server reads: it would"
                                    + " come up without any persistent record",
                            "fill a second cluster: catamaran migrate --from http://NODE:8848 --to"
                                    + " http://NEW:8848"));
        }
        return Optional.of(
                new Stop(
                        "double-write-closed",
                        "a 2.0/2.1 cluster can go back to 1.x only while its double write is on;"
                                + " this cannot be seen from the versions",
                        "ask a node: curl 'http://NODE:8848/nacos/v1/ns/upgrade/ops/metrics'. If"
                                + " isDoubleWriteEnabled=true, replace the nodes one by one by 1.4"
                                + " servers; else fill a second cluster with catamaran migrate"));
    }

    /** A raft log written by a newer RocksDB looks empty, without an error, to an older one. */
    private static Optional<Stop> rocks(MemberVersion from, MemberVersion to) {
        Optional<Rocks> before = Releases.rocks(from);
        Optional<Rocks> after = Releases.rocks(to);
        if (before.isEmpty() || after.isEmpty() || after.get().rank() >= before.get().rank()) {
            return Optional.empty();
        }
        return Optional.of(
                new Stop(
                        "rocksdb-downgrade",
                        from
                                + " writes its raft logs with RocksDB "
                                + before.get().name()
                                + ", "
                                + to
                                + " reads them with "
                                + after.get().name()
                                + ": the log looks empty to it or it does not start. Measured:"
                                + " 6,000 of 10,000 entries gone on all nodes, without an error",
                        "take the parallel way"));
    }

    /** What people try first: the wanted version on a 1.x home. */
    static Optional<Stop> ofJump(Situation s) {
        if (!s.from().below2() || Releases.isBelow(s.to(), Releases.WITHOUT_1X)) {
            return Optional.empty();
        }
        return Optional.of(
                new Stop(
                        "jump-over-2.2",
                        "from 2.2.0 on the persistent records of 1.x are skipped without an error."
                            + " Measured, 1.4.2 to 2.2.3 node by node: 20 of 20 services and 200 of"
                            + " 200 instances gone from every answer, health checks UP",
                        "take one of the other ways. If it has happened already the records still"
                                + " lie in the old homes: catamaran migrate --from HOME --to"
                                + " http://NODE:8848"));
    }

    private static Stop embedded() {
        return new Stop(
                "embedded-storage",
                "the configuration of this cluster lives in the servers. Replacing its nodes one by"
                        + " one mixes 1.x and 2.x writers of the group nacos_config, whose SQL"
                        + " differs (the column encrypted_data_key is new in 2.1), and servers of"
                        + " 2.2.3 do not start on an empty configuration table",
                "move the configuration to an external database first, or take the parallel way");
    }
}
