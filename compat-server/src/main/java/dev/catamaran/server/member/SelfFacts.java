package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a member says of itself in its reports.
 *
 * @param phase phase it acts on; empty while it has lost its saved state and nobody told it yet
 * @param epoch epoch it acts on; says nothing without a phase
 * @param decided whether it knows of a decision of the transition group, from its home or since
 * @param ready whether it can serve
 * @param broken what of it has stopped until somebody helps; empty while nothing has
 * @param raft its raft groups by name
 */
public record SelfFacts(
        Optional<Phase> phase,
        long epoch,
        boolean decided,
        boolean ready,
        Optional<String> broken,
        SortedMap<String, RaftView> raft) {

    /** This program's own version. */
    public static final String VERSION = "0.1.0";

    /**
     * The Nacos version whose protocols this member can stand for; {@link VersionRule} says when
     * real servers may see it. 2.1.2 is the last version that still has both worlds.
     */
    public static final String SPEAKS = "2.1.2";

    public SelfFacts {
        requireNonNull(phase, "phase is null");
        requireNonNull(broken, "broken is null");
        raft = new TreeMap<>(raft);
    }

    /** Facts of a member that has not told of its groups yet. */
    static SelfFacts of(Phase phase, long epoch) {
        return new SelfFacts(
                Optional.of(phase), epoch, false, true, Optional.empty(), new TreeMap<>(Map.of()));
    }
}
