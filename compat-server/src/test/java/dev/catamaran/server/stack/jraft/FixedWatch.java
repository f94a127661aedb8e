package dev.catamaran.server.stack.jraft;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionView.Knowledge;
import dev.catamaran.server.transition.TransitionWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A watch whose view the test sets, and which can be told that the group does not answer. */
final class FixedWatch implements TransitionWatch {

    final AtomicInteger confirmations = new AtomicInteger();
    private volatile TransitionView view;
    private volatile boolean answers = true;

    FixedWatch(UpgradeState upgrade) {
        this.view = new TransitionView(upgrade, StackPosition.NONE, Knowledge.APPLIED);
    }

    static UpgradeState in(Phase phase, long epoch) {
        return new UpgradeState(phase, epoch, Optional.empty(), false, "");
    }

    void set(UpgradeState upgrade) {
        view = new TransitionView(upgrade, StackPosition.NONE, Knowledge.APPLIED);
    }

    void set(TransitionView other) {
        view = other;
    }

    void answers(boolean yes) {
        answers = yes;
    }

    @Override
    public TransitionView view() {
        return view;
    }

    @Override
    public CompletableFuture<TransitionView> confirm(Duration timeout) {
        confirmations.incrementAndGet();
        return answers
                ? CompletableFuture.completedFuture(view)
                : CompletableFuture.failedFuture(new IllegalStateException("no quorum"));
    }

    @Override
    public Optional<String> notSaved() {
        return Optional.empty();
    }

    @Override
    public void onChange(Consumer<TransitionView> listener) {}
}
