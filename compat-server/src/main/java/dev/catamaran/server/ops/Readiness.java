package dev.catamaran.server.ops;

import java.util.Optional;

/** Whether this member can serve now. */
@FunctionalInterface
public interface Readiness {

    /** Whether the stack that answers has a leader and this member's copy of it is loaded. */
    boolean ready();

    /** What of this member has stopped until somebody helps; empty while nothing has. */
    default Optional<String> broken() {
        return Optional.empty();
    }
}
