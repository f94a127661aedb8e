package dev.catamaran.server.transition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A transition group of one member in memory that a test drives by hand. */
public final class ManualGroup implements TransitionGroup {

    private final List<Consumer<TransitionState>> listeners = new CopyOnWriteArrayList<>();
    private final List<Move> history = new CopyOnWriteArrayList<>();
    private volatile TransitionState applied = TransitionState.START;
    private volatile boolean quorum = true;
    private volatile boolean leading = true;

    /** Whether a majority answers. */
    public void quorum(boolean there) {
        quorum = there;
    }

    /** Whether this member leads. */
    public void leading(boolean yes) {
        leading = yes;
    }

    /** Applies an entry as if a leader had committed it. */
    public void apply(TransitionState state) {
        applied = state;
        history.add(new Move(state, 0, ""));
        listeners.forEach(listener -> listener.accept(state));
    }

    @Override
    public TransitionState applied() {
        return applied;
    }

    @Override
    public List<Move> history() {
        return List.copyOf(history);
    }

    @Override
    public void giveUpLeadership(String because) {
        leading = false;
    }

    @Override
    public boolean isLeader() {
        return leading;
    }

    @Override
    public Optional<String> leader() {
        return leading ? Optional.of("127.0.0.1:8848") : Optional.empty();
    }

    @Override
    public long term() {
        return 1;
    }

    @Override
    public CompletableFuture<Boolean> propose(TransitionState next) {
        if (!quorum) {
            return CompletableFuture.failedFuture(new IllegalStateException("no quorum"));
        }
        if (!leading || next.revision() != applied.revision() + 1) {
            return CompletableFuture.completedFuture(false);
        }
        apply(next);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<TransitionState> confirm(Duration timeout) {
        return quorum
                ? CompletableFuture.completedFuture(applied)
                : CompletableFuture.failedFuture(new IllegalStateException("no quorum"));
    }

    @Override
    public void onApplied(Consumer<TransitionState> listener) {
        listeners.add(listener);
    }
}
