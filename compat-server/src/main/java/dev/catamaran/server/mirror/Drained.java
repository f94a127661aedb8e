package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.stack.StackPosition;

/**
 * How a drain behind a fence ended.
 *
 * @param equal whether both stacks held the same records
 * @param digest digest of the source
 * @param targetDigest digest of the target
 * @param source position of the source that was drained to
 * @param target position of the target when it was compared
 * @param problem why the two are not equal; empty when they are
 */
public record Drained(
        boolean equal,
        String digest,
        String targetDigest,
        StackPosition source,
        StackPosition target,
        String problem) {
    public Drained {
        requireNonNull(digest, "digest is null");
        requireNonNull(targetDigest, "targetDigest is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        requireNonNull(problem, "problem is null");
    }

    /** Nothing could be compared. */
    static Drained not(StackPosition sealed, String problem) {
        return new Drained(false, "", "", sealed, StackPosition.NONE, problem);
    }
}
