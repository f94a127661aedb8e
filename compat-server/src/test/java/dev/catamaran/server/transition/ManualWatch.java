package dev.catamaran.server.transition;

import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.TransitionView.Knowledge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A watch that a test moves by hand. */
public final class ManualWatch implements TransitionWatch {

    private final List<Consumer<TransitionView>> listeners = new CopyOnWriteArrayList<>();
    private volatile TransitionView view;

    public ManualWatch(UpgradeState state) {
        this.view = new TransitionView(state, StackPosition.NONE, Knowledge.APPLIED);
    }

    /** Publishes a state as applied. */
    public void move(UpgradeState state) {
        publish(state, Knowledge.APPLIED);
    }

    /** Publishes a state as applied, with the positions found behind its fence. */
    public void move(UpgradeState state, StackPosition readFrom) {
        publish(new TransitionView(state, readFrom, Knowledge.APPLIED));
    }

    /** Publishes a state with the given certainty. */
    public void publish(UpgradeState state, Knowledge knowledge) {
        publish(new TransitionView(state, StackPosition.NONE, knowledge));
    }

    private void publish(TransitionView next) {
        view = next;
        listeners.forEach(listener -> listener.accept(view));
    }

    @Override
    public TransitionView view() {
        return view;
    }

    @Override
    public CompletableFuture<TransitionView> confirm(Duration timeout) {
        return CompletableFuture.completedFuture(view);
    }

    @Override
    public Optional<String> notSaved() {
        return Optional.empty();
    }

    @Override
    public void onChange(Consumer<TransitionView> listener) {
        listeners.add(listener);
    }
}
