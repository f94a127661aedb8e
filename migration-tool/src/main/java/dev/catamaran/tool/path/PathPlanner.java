package dev.catamaran.tool.path;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.tool.path.Situation.Storage;
import dev.catamaran.tool.path.Way.Kind;
import dev.catamaran.tool.path.Way.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Plans both ways from one version to another, and says which are closed. Pure: the same situation
 * gives the same plan.
 */
public final class PathPlanner {

    private PathPlanner() {}

    /**
     * The rolling way and the parallel way, each open or closed with its reasons; and the direct
     * one where it would lose records.
     */
    public static List<Way> plan(Situation situation) {
        List<Way> ways = new ArrayList<>(List.of(rolling(situation), parallel(situation)));
        Stops.ofJump(situation)
                .ifPresent(
                        stop ->
                                ways.add(
                                        new Way(Kind.DIRECT, List.of(), List.of(stop), List.of())));
        return ways;
    }

    /** The way to take: the first open one that risks no records; empty when all are closed. */
    public static Optional<Way> advised(Situation situation) {
        List<Way> ways = plan(situation);
        boolean leaves = leavesOld(situation);
        return ways.stream()
                .filter(Way::isOpen)
                .min(Comparator.comparing(way -> leaves == (way.kind() == Kind.ROLLING)));
    }

    static boolean leavesOld(Situation s) {
        return s.from().below2() && !s.to().below2();
    }

    private static Way rolling(Situation s) {
        List<Stop> stops = new ArrayList<>(Stops.ofBoth(s));
        List<MemberVersion> versions = waypoints(s);
        stops.addAll(Stops.ofRolling(s, versions));
        List<String> risks = new ArrayList<>();
        if (leavesOld(s)) {
            risks.add(
                    "real servers lose acknowledged writes on this way: 5 of 577 in a measured roll"
                            + " from 1.4.2 to 2.0.3, each within 10 s after a node went away");
            risks.add(
                    "until the double write is closed a restart while another member is down makes"
                            + " a 2.0 node fall back to 1.X; it does not heal and loses"
                            + " acknowledged writes (catamaran explain tells when it happened)");
        }
        if (leavesOld(s) && s.storage() == Storage.UNKNOWN && s.nodes() > 1) {
            risks.add(
                    "if the configuration lives in the servers (embedded storage, a group"
                            + " nacos_config) this way is closed: say --storage embedded or"
                            + " external");
        }
        if (!stops.isEmpty()) {
            return new Way(Kind.ROLLING, List.of(), stops, risks);
        }
        List<Hop> hops = new ArrayList<>();
        for (int i = 1; i < versions.size(); i++) {
            Situation here = s.at(versions.get(i - 1));
            hops.add(Hops.roll(here, versions.get(i)));
            if (versions.get(i).equals(Releases.BRIDGE) && versions.get(i - 1).below2()) {
                hops.add(Hops.closeDoubleWrite(here));
            }
        }
        return new Way(Kind.ROLLING, hops, stops, risks);
    }

    /** Versions to pass, the first and the last included. */
    static List<MemberVersion> waypoints(Situation s) {
        List<MemberVersion> versions = new ArrayList<>();
        versions.add(s.from());
        for (MemberVersion stage :
                List.of(
                        Releases.BRIDGE,
                        Releases.AFTER_BRIDGE,
                        Releases.ROCKS_8,
                        Releases.LAST_2X)) {
            boolean ahead = Releases.isBelow(s.from(), stage) && Releases.isBelow(stage, s.to());
            if (ahead && needed(s, stage)) {
                versions.add(stage);
            }
        }
        versions.add(s.to());
        return versions;
    }

    private static boolean needed(Situation s, MemberVersion stage) {
        if (stage.equals(Releases.BRIDGE)) {
            return s.from().below2() && !Releases.isBelow(s.to(), Releases.WITHOUT_1X);
        }
        if (stage.equals(Releases.LAST_2X)) {
            return !Releases.isBelow(s.to(), Releases.FIRST_3X);
        }
        return true;
    }

    private static Way parallel(Situation s) {
        List<Stop> stops = new ArrayList<>(Stops.ofBoth(s));
        if (s.to().below2() && s.from().below2() && !Stops.isDown(s)) {
            stops.add(
                    new Stop(
                            "nothing-to-gain",
                            "a second cluster of 1.x brings nothing that a restart does not",
                            "roll"));
        }
        List<String> risks =
                List.of(
                        "the new cluster has other addresses: every client must be pointed to it",
                        "ephemeral instances are not carried: they register themselves when their"
                                + " clients come");
        if (!stops.isEmpty()) {
            return new Way(Kind.PARALLEL, List.of(), stops, risks);
        }
        return new Way(
                Kind.PARALLEL,
                List.of(Hops.fresh(s), Hops.copy(s), Hops.moveClients(s)),
                stops,
                risks);
    }
}
