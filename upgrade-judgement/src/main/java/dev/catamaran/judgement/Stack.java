package dev.catamaran.judgement;

/** One of the two stores of persistent records that a member runs side by side. */
public enum Stack {
    /** The 1.x persistent store. */
    LEGACY,
    /** The 2.x groups. */
    JRAFT
}
