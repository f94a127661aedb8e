package dev.catamaran.server.transition;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Read access to the transition, for stacks and writers. */
public interface TransitionWatch {

    /** What this member acts on now. */
    TransitionView view();

    /**
     * Asks the transition group, through its leader and a majority, what the committed state is,
     * applies it, and completes with the view then. A stack's leader calls it once in each of its
     * leaderships before it takes the first write. Completes at once while {@link
     * TransitionView.Knowledge#NEVER_DECIDED} or {@code FINAL} holds; fails when the group cannot
     * be asked.
     */
    CompletableFuture<TransitionView> confirm(Duration timeout);

    /** Why the last committed state could not be saved here; empty while all is saved. */
    Optional<String> notSaved();

    /** Calls {@code listener} after each change of the view. */
    void onChange(Consumer<TransitionView> listener);
}
