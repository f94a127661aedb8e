package dev.catamaran.server.stack;

import static java.util.Objects.requireNonNull;

/**
 * On whose behalf a command is submitted, and what its sender knew.
 *
 * @param kind a client's write or a copy by the mirror
 * @param epoch the epoch the sender had applied when it decided; the stack's leader refuses a
 *     command whose epoch is not its own
 */
public record WriteOrigin(Kind kind, long epoch) {

    /** Who wants the write. */
    public enum Kind {
        CLIENT,
        MIRROR
    }

    public WriteOrigin {
        requireNonNull(kind, "kind is null");
    }
}
