package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;
import dev.catamaran.server.transition.TransitionView.Knowledge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns what this member acts on: it follows the transition group, saves each state before it
 * publishes it, and knows how sure it may be. All of it happens on one thread.
 *
 * <p>A member that finds a saved state, or that replays entries, is unsure until the group's leader
 * and a majority have confirmed what was committed: an old phase must not be acted on because its
 * entry was read first.
 */
public final class TransitionKeeper implements TransitionWatch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransitionKeeper.class);

    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CONFIRM_PAUSE = Duration.ofMillis(200);
    private static final Duration SAVE_PAUSE = Duration.ofSeconds(1);

    private final TransitionGroup group;
    private final StateStore store;
    private final ScheduledExecutorService thread;
    private final List<Consumer<TransitionView>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> helpless = new CopyOnWriteArrayList<>();

    /** Touched by the thread only. */
    private TransitionState state;

    private volatile TransitionView view;
    private volatile Optional<String> notSaved = Optional.empty();

    /**
     * A keeper; call {@link #start()} once the group is there.
     *
     * @param group the replicated owner of the state
     * @param store where the state survives restarts
     * @param saved what was found there at start
     */
    public TransitionKeeper(TransitionGroup group, StateStore store, SavedState saved) {
        this.group = requireNonNull(group, "group is null");
        this.store = requireNonNull(store, "store is null");
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, "transition");
                            made.setDaemon(true);
                            return made;
                        });
        this.state =
                saved instanceof SavedState.Present present
                        ? present.state()
                        : TransitionState.START;
        this.view = viewOf(state, firstKnowledge(saved));
    }

    private static Knowledge firstKnowledge(SavedState saved) {
        if (saved instanceof SavedState.Present present) {
            return present.state().upgrade().phase() == Phase.FINALIZED
                    ? Knowledge.FINAL
                    : Knowledge.UNCONFIRMED;
        }
        return saved instanceof SavedState.Lost ? Knowledge.LOST : Knowledge.UNHEARD;
    }

    /** Follows the group from now on. */
    public void start() {
        group.onApplied(applied -> onThread(() -> applied(applied)));
        if (view.knowledge() != Knowledge.FINAL) {
            onThread(this::askUntilConfirmed);
        }
    }

    @Override
    public TransitionView view() {
        return view;
    }

    /** The whole state behind the view, as this member has saved it. */
    public TransitionState lastApplied() {
        TransitionState applied = group.applied();
        return applied.revision() > 0 ? applied : savedState();
    }

    private TransitionState savedState() {
        CompletableFuture<TransitionState> answer = new CompletableFuture<>();
        onThread(() -> answer.complete(state));
        return answer.completeOnTimeout(TransitionState.START, 1, TimeUnit.SECONDS).join();
    }

    @Override
    public Optional<String> notSaved() {
        return notSaved;
    }

    @Override
    public CompletableFuture<TransitionView> confirm(Duration timeout) {
        if (view.knowledge() == Knowledge.FINAL) {
            return CompletableFuture.completedFuture(view);
        }
        CompletableFuture<TransitionView> answer = new CompletableFuture<>();
        group.confirm(timeout)
                .whenComplete(
                        (confirmed, failure) ->
                                onThread(() -> answerConfirm(answer, confirmed, failure)));
        return answer;
    }

    private void answerConfirm(
            CompletableFuture<TransitionView> answer,
            TransitionState confirmed,
            Throwable failure) {
        if (failure == null) {
            confirmed(confirmed);
            if (state.revision() < confirmed.revision()) {
                // a leader that went on as before would take writes of an epoch that is sealed
                answer.completeExceptionally(
                        new IllegalStateException(
                                "revision "
                                        + confirmed.revision()
                                        + " is committed, this member could only save "
                                        + state.revision()));
                return;
            }
            answer.complete(view);
        } else if (view.knowledge() == Knowledge.NEVER_DECIDED) {
            // nobody here has ever seen a quorum of the group: LEGACY, which is always safe
            answer.complete(view);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    /**
     * Another member knows of a decision of the group. Whoever does not then is not in a cluster
     * that never decided: it is new, or was wiped, and does not know the phase until the group has
     * told it.
     */
    public void othersHaveDecided() {
        become(Set.of(Knowledge.UNHEARD, Knowledge.NEVER_DECIDED), Knowledge.LOST);
    }

    /**
     * A majority of the planned members, this one included, has been heard, and none of them holds
     * a decision. What a majority decided one of them would hold.
     */
    public void nobodyHasDecided() {
        become(Set.of(Knowledge.UNHEARD), Knowledge.NEVER_DECIDED);
    }

    private void become(Set<Knowledge> from, Knowledge to) {
        if (from.contains(view.knowledge())) {
            onThread(
                    () -> {
                        if (from.contains(view.knowledge())) {
                            adopt(state, to);
                        }
                    });
        }
    }

    @Override
    public void onChange(Consumer<TransitionView> listener) {
        listeners.add(requireNonNull(listener, "listener is null"));
    }

    /**
     * Calls {@code listener} with a reason whenever a committed state could not be saved here. All
     * writes wait for a leader that stays behind, so whoever leads anything must let go of it. The
     * listener must not wait.
     */
    public void onNotSaved(Consumer<String> listener) {
        helpless.add(requireNonNull(listener, "listener is null"));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("transition thread is closed");
        }
    }

    private void askUntilConfirmed() {
        group.confirm(CONFIRM_TIMEOUT)
                .whenComplete(
                        (confirmed, failure) ->
                                onThread(
                                        () -> {
                                            if (failure == null) {
                                                confirmed(confirmed);
                                            } else {
                                                askAgain();
                                            }
                                        }));
    }

    private void askAgain() {
        try {
            thread.schedule(
                    this::askUntilConfirmed, CONFIRM_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("transition thread is closed");
        }
    }

    /**
     * An entry reached this member, perhaps an old one that is replayed. Whoever holds no state
     * would act on each phase of the past in turn, and answer reads from its empty copy; to it the
     * entry says only that there was a decision, until the group has confirmed which is the last.
     */
    private void applied(TransitionState applied) {
        if (applied.revision() == 0) {
            return;
        }
        switch (view.knowledge()) {
            case UNHEARD, LOST -> adopt(state, Knowledge.LOST);
            case NEVER_DECIDED -> adopt(applied, Knowledge.UNCONFIRMED);
            case APPLIED, FINAL, UNCONFIRMED -> adopt(applied, view.knowledge());
        }
    }

    private void confirmed(TransitionState confirmed) {
        if (confirmed.revision() < state.revision()) {
            LOG.warn(
                    "transition-behind confirmed={} saved={}: the group has lost entries that this"
                            + " member acted on; it serves reads only",
                    confirmed.revision(),
                    state.revision());
            askAgain();
            return;
        }
        if (confirmed.revision() > 0) {
            adopt(confirmed, Knowledge.APPLIED);
        } else {
            // a majority of the group says so itself
            nobodyHasDecided();
            askAgain();
        }
    }

    private void adopt(TransitionState next, Knowledge knowledge) {
        boolean newer = next.revision() > state.revision();
        Knowledge known =
                (newer ? next : state).upgrade().phase() == Phase.FINALIZED
                                && knowledge == Knowledge.APPLIED
                        ? Knowledge.FINAL
                        : knowledge;
        if (!newer && known == view.knowledge()) {
            return;
        }
        if (newer && !save(next)) {
            thread.schedule(
                    () -> adopt(next, knowledge), SAVE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            // after the next try is certain: a listener that fails must not be in its way
            helpless.forEach(listener -> listener.accept("state-not-saved"));
            return;
        }
        if (newer) {
            state = next;
        }
        view = viewOf(state, known);
        LOG.info(
                "transition phase={} epoch={} revision={} knowledge={} because=\"{}\"",
                state.upgrade().phase(),
                state.upgrade().epoch(),
                state.revision(),
                known,
                state.because());
        listeners.forEach(listener -> listener.accept(view));
    }

    private boolean save(TransitionState next) {
        try {
            store.save(next);
            notSaved = Optional.empty();
            return true;
        } catch (IOException failure) {
            notSaved =
                    Optional.of(
                            "epoch %d: %s".formatted(next.upgrade().epoch(), failure.getMessage()));
            LOG.error(
                    "state-not-saved epoch={} because=\"{}\": this member stays at epoch {} and"
                        + " takes no writes of the next one and leads nothing until it can save;"
                        + " free some disk",
                    next.upgrade().epoch(),
                    failure.getMessage(),
                    state.upgrade().epoch());
            return false;
        }
    }

    private static TransitionView viewOf(TransitionState state, Knowledge knowledge) {
        return new TransitionView(state.upgrade(), state.readFrom(), knowledge);
    }
}
