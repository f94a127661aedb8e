package dev.catamaran.server.ops;

/** Whether this member can serve now. */
@FunctionalInterface
public interface Readiness {

    /** Whether the stack that answers has a leader and this member's copy of it is loaded. */
    boolean ready();
}
