package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

/** What a member found of its saved transition state when it started. */
public sealed interface SavedState {

    /** This home has never been part of a decision. */
    record Absent() implements SavedState {}

    /**
     * A whole, own state.
     *
     * @param state as it was saved
     */
    record Present(TransitionState state) implements SavedState {
        public Present {
            requireNonNull(state, "state is null");
        }
    }

    /**
     * There was one, but it cannot be read; the group must say.
     *
     * @param because what is wrong with it
     */
    record Lost(String because) implements SavedState {
        public Lost {
            requireNonNull(because, "because is null");
        }
    }
}
