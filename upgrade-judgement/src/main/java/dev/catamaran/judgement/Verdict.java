package dev.catamaran.judgement;

/** What a decision comes to. */
public enum Verdict {
    /** The phase changes once the commit is through; the epoch grows by one. */
    MOVED,
    /** The phase stays, a hold is set or lifted once the commit is through. */
    NOTED,
    /** Nothing changes, and nobody was refused anything. */
    STAYED,
    /** An order is not followed, nothing changes; the reasons say why and what to do. */
    REFUSED,
    /** A dry run: the order would be followed now. */
    WOULD_MOVE
}
