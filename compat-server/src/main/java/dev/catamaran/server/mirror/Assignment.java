package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;

/**
 * What the mirror is to do.
 *
 * @param epoch epoch it was given under; the target's leader refuses copies of another one
 * @param term term of the transition group's leader that gave it
 * @param from stack to copy from
 */
public record Assignment(long epoch, long term, Stack from) {
    public Assignment {
        requireNonNull(from, "from is null");
    }

    /** The stack to copy to. */
    public Stack to() {
        return from == Stack.LEGACY ? Stack.JRAFT : Stack.LEGACY;
    }
}
