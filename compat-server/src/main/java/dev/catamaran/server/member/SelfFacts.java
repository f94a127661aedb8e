package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;

/**
 * What a member says of itself in its reports.
 *
 * @param phase phase it acts on
 * @param epoch epoch it acts on
 * @param revision revision of the transition state it has applied
 * @param ready whether it can serve
 */
public record SelfFacts(Phase phase, long epoch, long revision, boolean ready) {

    /** This program's own version. */
    public static final String VERSION = "0.1.0";

    /**
     * The Nacos version whose protocols this member can stand for. Shown to real servers only when
     * the cluster works on the JRaft stack: a 1.4 server that saw it earlier from everybody would
     * leave the legacy raft for good (spec: legacy-raft 6.2), and a 2.0 server would start its own
     * upgrade. 2.1.2 is the last version that still has both worlds.
     */
    public static final String SPEAKS = "2.1.2";

    public SelfFacts {
        requireNonNull(phase, "phase is null");
    }

    /** Whether real servers may be shown {@link #SPEAKS}. */
    boolean showsVersion() {
        return switch (phase) {
            case LEGACY, MIRRORING, FENCED -> false;
            case JRAFT, FINALIZED -> true;
        };
    }
}
