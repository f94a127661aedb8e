package dev.catamaran.tool.history;

/** What a client was told about a write. */
public enum Outcome {
    /** Done, and promised to stay. */
    ACKNOWLEDGED,
    /** Certainly not done, now or later. */
    REFUSED,
    /** Perhaps done, perhaps not, perhaps soon. */
    UNKNOWN
}
