package dev.catamaran.server.transition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The replicated owner of the transition state ({@code catamaran_transition}), seen from one
 * member.
 */
public interface TransitionGroup {

    /** What this member has applied; {@link TransitionState#START} before the first entry. */
    TransitionState applied();

    /** The newest entries that this member knows, oldest first; the same on every member. */
    List<Move> history();

    /** Whether this member leads the group now. */
    boolean isLeader();

    /** Member address of the leader, as far as this member knows. */
    Optional<String> leader();

    /** The group's raft term, as far as this member knows. */
    long term();

    /**
     * Proposes the successor of what was applied. Completes with {@code true} if it was committed
     * and applied, with {@code false} if another entry came first ({@code next.revision()} must be
     * one more than the applied one) or this member does not lead, and exceptionally if the outcome
     * is unknown.
     */
    CompletableFuture<Boolean> propose(TransitionState next);

    /**
     * What a majority has committed, read through the leader; also proves that the group has a
     * quorum. Fails when it has none within {@code timeout}.
     */
    CompletableFuture<TransitionState> confirm(Duration timeout);

    /** Why this member takes no part in the group until somebody helps; empty while it does. */
    default Optional<String> broken() {
        return Optional.empty();
    }

    /**
     * Lets another member lead the group, if this one does and there is another; returns at once.
     */
    void giveUpLeadership(String because);

    /** Calls {@code listener} after each applied entry, in order, on one thread. */
    void onApplied(Consumer<TransitionState> listener);
}
