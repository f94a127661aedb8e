package dev.catamaran.judgement;

/** Where the cluster is on the ladder from 1.x to 2.x. */
public enum Phase {
    /** The legacy stack answers writes; nothing is mirrored. Where everyone starts. */
    LEGACY,
    /** The legacy stack answers writes and is mirrored into the JRaft stack. */
    MIRRORING,
    /** No stack takes writes, for a bounded time, so that a switch loses none. */
    FENCED,
    /** The JRaft stack answers writes and is mirrored back, so that the way back stays open. */
    JRAFT,
    /** The JRaft stack answers writes, for good. */
    FINALIZED
}
