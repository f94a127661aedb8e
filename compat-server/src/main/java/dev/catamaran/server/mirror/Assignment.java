package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;

/**
 * What the mirror is to do.
 *
 * @param epoch epoch it was given under; the target's leader refuses copies of another one
 * @param term term of the transition group's leader that gave it
 * @param from stack to copy from
 * @param fenced whether only a drain may copy: an ordinary turn may have read the source before it
 *     was sealed, and what it sends under the fence's epoch could arrive after another leader of
 *     the group has compared both stacks (docs/model.md)
 */
public record Assignment(long epoch, long term, Stack from, boolean fenced) {
    public Assignment {
        requireNonNull(from, "from is null");
    }

    /** An assignment outside of a fence. */
    public Assignment(long epoch, long term, Stack from) {
        this(epoch, term, from, false);
    }

    /** The stack to copy to. */
    public Stack to() {
        return from == Stack.LEGACY ? Stack.JRAFT : Stack.LEGACY;
    }
}
