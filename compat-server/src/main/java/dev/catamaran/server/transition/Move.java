package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

/**
 * One entry of the transition group: what moved the cluster, when, and who led.
 *
 * @param state what the entry made of the state; {@link TransitionState#because} says why
 * @param atMs wall clock of the leader that proposed it, in epoch milliseconds; 0 when not known
 * @param by member address of that leader; empty when not known
 */
public record Move(TransitionState state, long atMs, String by) {
    public Move {
        requireNonNull(state, "state is null");
        requireNonNull(by, "by is null");
    }
}
