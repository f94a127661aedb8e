package dev.catamaran.server.write;

import dev.catamaran.judgement.Stack;

/** Where a client's write goes. */
sealed interface Route {

    /**
     * To a stack, under an epoch.
     *
     * @param stack the primary
     * @param epoch the epoch the decision was made under
     */
    record To(Stack stack, long epoch) implements Route {}

    /**
     * Nowhere yet: hold it until the transition moves on or the hold ends.
     *
     * @param because what it waits for
     */
    record Hold(String because) implements Route {}
}
