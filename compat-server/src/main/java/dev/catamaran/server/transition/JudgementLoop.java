package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Decision;
import dev.catamaran.judgement.Effect;
import dev.catamaran.judgement.JudgeMemory;
import dev.catamaran.judgement.Order;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeEvent;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.mirror.Assignment;
import dev.catamaran.server.mirror.Mirror;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell of the judge: on the leader of the transition group it tells the judge what it sees and
 * does what the judge decides. It is the only thing that proposes phases, and does all of it on one
 * thread; a new leader first makes sure that it has applied what the last one committed.
 */
public final class JudgementLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JudgementLoop.class);

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration CONFIRM = Duration.ofSeconds(3);

    /** Times an order is judged anew because another entry came first. */
    private static final int ORDER_TRIES = 5;

    private final TransitionGroup group;
    private final EvidenceSource evidence;
    private final Mirror mirror;
    private final FenceRunner fences;
    private final Decider judge;
    private final AgreedSettings settings;
    private final ScheduledExecutorService thread;

    /** All touched by the thread only. */
    private JudgeMemory memory = JudgeMemory.EMPTY;

    private long confirmedTerm = -1;
    private boolean busy;
    private long fenceRunning = -1;
    private Optional<FenceOutcome> lastFence = Optional.empty();

    private final ReasonLog reasons = new ReasonLog();

    private volatile JudgeMemory published = JudgeMemory.EMPTY;

    /**
     * A loop; call {@link #start()} once the group runs.
     *
     * @param group the replicated owner of the state
     * @param evidence what this member sees
     * @param mirror this member's mirror, run while this member leads
     * @param fences what is done behind a fence
     * @param judge the decider
     * @param settings what the operators configured
     */
    public JudgementLoop(
            TransitionGroup group,
            EvidenceSource evidence,
            Mirror mirror,
            FenceRunner fences,
            Decider judge,
            AgreedSettings settings) {
        this.group = requireNonNull(group, "group is null");
        this.evidence = requireNonNull(evidence, "evidence is null");
        this.mirror = requireNonNull(mirror, "mirror is null");
        this.fences = requireNonNull(fences, "fences is null");
        this.judge = requireNonNull(judge, "judge is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, "judgement");
                            made.setDaemon(true);
                            return made;
                        });
    }

    /** Starts to judge. */
    public void start() {
        group.onApplied(applied -> onThread(this::tick));
        thread.scheduleWithFixedDelay(
                this::tickSafely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the judge remembers on this member; empty where it does not lead. */
    public JudgeMemory memory() {
        return published;
    }

    /** The monotonic clock the judge's times are of, in milliseconds. */
    public static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    /**
     * Puts an order to the judge. Only where this member leads the transition group.
     *
     * @return the decision, once it is committed if it moves anything; fails with {@link
     *     NotLeading} elsewhere, and with another exception when the outcome is unknown
     */
    public CompletableFuture<Decision> order(Order order) {
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        onThread(() -> judgeOrder(order, ORDER_TRIES, answer));
        return answer;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("judgement thread is closed");
        }
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException broken) {
            LOG.error("judgement-tick-failed because=\"{}\"", broken.toString(), broken);
        }
    }

    private void tick() {
        if (!leads()) {
            return;
        }
        TransitionState state = group.applied();
        assignMirror(state.upgrade());
        if (busy) {
            return;
        }
        if (state.revision() == 0) {
            proposeFirst();
            return;
        }
        Decision decision =
                judge.step(
                        memory,
                        state.upgrade(),
                        settings.now(),
                        new UpgradeEvent.Observed(nowMs(), evidence.cluster(), evidence.mirror()));
        reasons.note(nowMs(), state.upgrade(), decision.because());
        carryOut(state, decision, new CompletableFuture<>());
    }

    /** Whether this member leads and has applied what was committed before it did. */
    private boolean leads() {
        if (!group.isLeader()) {
            confirmedTerm = -1;
            remember(JudgeMemory.EMPTY);
            reasons.forget();
            mirror.assign(Optional.empty());
            return false;
        }
        long term = group.term();
        if (confirmedTerm == term) {
            return true;
        }
        if (!busy) {
            busy = true;
            group.confirm(CONFIRM)
                    .whenComplete(
                            (state, failure) ->
                                    onThread(
                                            () -> {
                                                busy = false;
                                                if (failure == null && group.term() == term) {
                                                    confirmedTerm = term;
                                                    LOG.info(
                                                            "judging term={} epoch={}",
                                                            term,
                                                            state.upgrade().epoch());
                                                }
                                            }));
        }
        return false;
    }

    private void assignMirror(UpgradeState state) {
        mirror.assign(
                state.mirrorSource()
                        .map(
                                from ->
                                        new Assignment(
                                                state.epoch(),
                                                confirmedTerm,
                                                from,
                                                state.phase() == Phase.FENCED)));
    }

    private void proposeFirst() {
        propose(TransitionEntries.first(UUID.randomUUID()), () -> {}, failure -> {});
    }

    private void judgeOrder(Order order, int tries, CompletableFuture<Decision> answer) {
        if (!group.isLeader()) {
            answer.completeExceptionally(new NotLeading(group.leader().orElse("")));
            return;
        }
        TransitionState state = group.applied();
        if (!leads() || busy || state.revision() == 0) {
            if (tries == 0) {
                answer.completeExceptionally(new NotLeading(""));
                return;
            }
            later(() -> judgeOrder(order, tries - 1, answer));
            return;
        }
        Decision decision =
                judge.step(
                        memory,
                        state.upgrade(),
                        settings.now(),
                        new UpgradeEvent.Ordered(
                                nowMs(), order, evidence.cluster(), evidence.mirror()));
        CompletableFuture<Boolean> carried = new CompletableFuture<>();
        carryOut(state, decision, carried);
        carried.whenComplete(
                (committed, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else if (committed) {
                        answer.complete(decision);
                    } else if (tries > 0) {
                        later(() -> judgeOrder(order, tries - 1, answer));
                    } else {
                        answer.completeExceptionally(new NotLeading(""));
                    }
                });
    }

    private void later(Runnable task) {
        try {
            thread.schedule(task, TICK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("judgement thread is closed");
        }
    }

    /**
     * Does the effects in order; {@code carried} tells whether the commit, if any, went through.
     */
    private void carryOut(
            TransitionState state, Decision decision, CompletableFuture<Boolean> carried) {
        remember(decision.memory());
        Optional<Effect.Commit> commit =
                decision.effects().stream()
                        .filter(Effect.Commit.class::isInstance)
                        .map(Effect.Commit.class::cast)
                        .findFirst();
        if (commit.isEmpty()) {
            work(decision);
            carried.complete(true);
            return;
        }
        propose(
                TransitionEntries.successor(state, commit.get(), lastFence),
                () -> {
                    work(decision);
                    carried.complete(true);
                },
                failure -> {
                    if (failure.isPresent()) {
                        carried.completeExceptionally(failure.get());
                    } else {
                        carried.complete(false);
                    }
                });
    }

    private void work(Decision decision) {
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.SealAndDrain seal && fenceRunning != seal.epoch()) {
                fenceRunning = seal.epoch();
                assignMirror(group.applied().upgrade());
                fences.run(
                                seal.primary(),
                                seal.epoch(),
                                leadsUp(group.applied().upgrade()),
                                Duration.ofMillis(settings.now().fenceLimitMs()))
                        .thenAccept(outcome -> onThread(() -> fenceEnded(outcome)));
            }
        }
    }

    private static boolean leadsUp(UpgradeState state) {
        return state.fence().map(fence -> fence.to() != Phase.MIRRORING).orElse(true);
    }

    private void fenceEnded(FenceOutcome outcome) {
        LOG.info(
                "fence epoch={} sealed={} drained={} equal={} problem=\"{}\"",
                outcome.epoch(),
                outcome.sealed(),
                outcome.drained(),
                outcome.equal(),
                outcome.problem());
        if (fenceRunning == outcome.epoch()) {
            // a later tick may ask for another attempt while the fence still has time
            fenceRunning = -1;
        }
        lastFence = Optional.of(outcome);
        reportFence(outcome);
    }

    private void reportFence(FenceOutcome outcome) {
        if (!group.isLeader() || confirmedTerm != group.term()) {
            return;
        }
        if (busy) {
            later(() -> reportFence(outcome));
            return;
        }
        TransitionState state = group.applied();
        carryOut(
                state,
                judge.step(
                        memory,
                        state.upgrade(),
                        settings.now(),
                        new UpgradeEvent.FenceReported(nowMs(), outcome.evidence())),
                new CompletableFuture<>());
    }

    private void propose(
            TransitionState next,
            Runnable committed,
            java.util.function.Consumer<Optional<Throwable>> notCommitted) {
        busy = true;
        group.propose(next)
                .whenComplete(
                        (won, failure) ->
                                onThread(
                                        () -> {
                                            busy = false;
                                            if (failure != null) {
                                                LOG.warn(
                                                        "proposal-unknown revision={} because={}",
                                                        next.revision(),
                                                        failure.toString());
                                                notCommitted.accept(Optional.of(failure));
                                            } else if (won) {
                                                committed.run();
                                            } else {
                                                notCommitted.accept(Optional.empty());
                                            }
                                        }));
    }

    private void remember(JudgeMemory next) {
        memory = next;
        published = next;
    }

    /** Another member leads the transition group, or none does now. */
    public static final class NotLeading extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String leader;

        NotLeading(String leader) {
            super(
                    leader.isEmpty()
                            ? "the transition group has no leader now; retry"
                            : "the transition group is led by " + leader);
            this.leader = leader;
        }

        /** Member address of the leader; empty when none is known. */
        public String leader() {
            return leader;
        }
    }
}
