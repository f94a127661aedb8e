package dev.catamaran.server.member;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.judgement.Phase;
import java.util.Collection;
import java.util.Optional;

/**
 * Decides whether real servers may see the version this member stands for. Pure.
 *
 * <p>Both answers can do harm. A 1.4 server leaves the HTTP raft for good once every member shows
 * 1.4 or later (spec: legacy-raft 6.2); a 2.0 server falls back to 1.x when a member without a
 * version changes its state (spec: upgrade-machinery 2, D3). So nothing is said to a real server
 * before it is known which of the two it is, and what is said then follows from who is there.
 */
final class VersionRule {

    /** A real server that is known now. */
    record Neighbour(Optional<MemberVersion> version, boolean httpRaft) {

        private boolean is2x() {
            return version.isPresent() && !version.get().below2();
        }

        /**
         * Whether it lives on the HTTP raft: everything below 1.4, and 1.4 until its own switch,
         * which takes the raft's entry out of its report.
         */
        private boolean needsHttpRaft() {
            return !is2x() && (version.isEmpty() || before14(version.get()) || httpRaft);
        }

        private static boolean before14(MemberVersion version) {
            return version.major() < 1 || (version.major() == 1 && version.minor() < 4);
        }
    }

    private VersionRule() {}

    /**
     * Whether the version is shown.
     *
     * @param phase what this member acts on; empty while it does not know
     * @param real the real servers it has heard of
     * @param shownBefore what it decided last
     */
    static boolean shows(Optional<Phase> phase, Collection<Neighbour> real, boolean shownBefore) {
        if (phase.isPresent() && onJRaft(phase.get())) {
            return true;
        }
        boolean any2x = real.stream().anyMatch(Neighbour::is2x);
        if (real.stream().anyMatch(Neighbour::needsHttpRaft)) {
            // a 2.x server that has seen a version must not see it go
            return any2x && shownBefore;
        }
        return !real.isEmpty();
    }

    private static boolean onJRaft(Phase phase) {
        return switch (phase) {
            case LEGACY, MIRRORING, FENCED -> false;
            case JRAFT, FINALIZED -> true;
        };
    }
}
