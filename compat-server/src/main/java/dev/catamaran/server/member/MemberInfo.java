package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberEvidence.Sightings;
import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.judgement.MemberEvidence.State;
import dev.catamaran.judgement.Phase;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this member knows of a member of the list.
 *
 * @param address identity: {@code ip:port} of the HTTP port, textually as in the list
 * @param self whether it is this member
 * @param kind what it is, as far as it has proved
 * @param said its last word; empty when it said nothing since this process started
 * @param reach how calls to it ended
 * @param sightings which of our members see it as a 1.x server
 */
public record MemberInfo(
        String address,
        boolean self,
        Kind kind,
        Optional<Said> said,
        Reach reach,
        Sightings sightings) {

    /**
     * What a member said of itself.
     *
     * @param source whether it reported or was asked
     * @param ageMs how long ago; 0 for self
     * @param version Nacos version it stands for; empty when it named none
     * @param software version of Catamaran it runs; empty from a real server
     * @param phase phase it acts on; empty when it named none
     * @param epoch transition epoch it acts on; empty when it named none
     * @param broken what of it has stopped until somebody helps; empty when it names nothing
     */
    public record Said(
            Source source,
            long ageMs,
            Optional<String> version,
            Optional<String> software,
            Optional<Phase> phase,
            OptionalLong epoch,
            Optional<String> broken) {
        public Said {
            requireNonNull(broken, "broken is null");
            requireNonNull(source, "source is null");
            requireNonNull(version, "version is null");
            requireNonNull(software, "software is null");
            requireNonNull(phase, "phase is null");
            requireNonNull(epoch, "epoch is null");
        }
    }

    /** What a member is. */
    public enum Kind {
        CATAMARAN,
        REAL,
        UNKNOWN
    }

    /**
     * How calls to a member ended.
     *
     * @param reachable whether the last one succeeded; empty when none was made
     * @param failures how many failed in a row
     * @param refused whether nobody listened at the last one
     */
    public record Reach(Optional<Boolean> reachable, int failures, boolean refused) {

        /** Real servers give a member up after more failures than this (jraft-groups 6.3). */
        private static final int MAX_FAILURES = 3;

        public static final Reach NEVER = new Reach(Optional.empty(), 0, false);
        public static final Reach GOOD = new Reach(Optional.of(true), 0, false);

        public Reach {
            requireNonNull(reachable, "reachable is null");
        }

        Reach failed(boolean nobodyListens) {
            return new Reach(Optional.of(false), failures + 1, nobodyListens);
        }

        /** The state as real servers would call it. */
        public State state() {
            if (reachable.isEmpty()) {
                return State.UNTRIED;
            }
            if (reachable.get()) {
                return State.UP;
            }
            return refused || failures > MAX_FAILURES ? State.DOWN : State.SUSPICIOUS;
        }
    }

    public MemberInfo {
        requireNonNull(address, "address is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(said, "said is null");
        requireNonNull(reach, "reach is null");
        requireNonNull(sightings, "sightings is null");
    }

    /** A member of which nothing was heard. */
    public static MemberInfo unknown(String address, Reach reach) {
        return new MemberInfo(
                address, false, Kind.UNKNOWN, Optional.empty(), reach, Sightings.NONE);
    }

    /** Nacos version it stands for; empty when it named none. */
    public Optional<String> version() {
        return said.flatMap(Said::version);
    }

    /** Phase it acts on; empty when it named none. */
    public Optional<Phase> phase() {
        return said.flatMap(Said::phase);
    }

    /** Transition epoch it acts on; empty when it named none. */
    public OptionalLong epoch() {
        return said.map(Said::epoch).orElse(OptionalLong.empty());
    }

    /** Age of its last word; empty when it said nothing since this process started. */
    public OptionalLong reportAgeMs() {
        return said.isPresent() ? OptionalLong.of(said.get().ageMs()) : OptionalLong.empty();
    }

    /** Whether the last call to it succeeded; empty when none was made. */
    public Optional<Boolean> reachable() {
        return reach.reachable();
    }

    /** Port of the member's raft endpoint: constant offset, never read from metadata. */
    public static int raftPort(int httpPort) {
        return httpPort - 1000;
    }
}
