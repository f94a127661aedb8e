package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.convert.Loss;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Reconcile;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.reconcile.ReconcilePlan;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the primary into the other stack. Runs on the leader of the transition group only, under
 * the epoch it was assigned. It compares states, never replays operations: for each service that
 * changed, what the target lacks is submitted, so copying twice does no harm and a missed change is
 * found by the next full pass. All copying happens on one thread.
 *
 * <p>It deletes only once the source has been read behind a barrier (it is then complete for the
 * assignment). What the source said was removed is removed; what is merely missing there is weighed
 * by a full pass, which holds back a mass delete until a person confirms it.
 */
public final class Mirror implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    private static final Duration TURN = Duration.ofMillis(10);
    private static final Duration BARRIER = Duration.ofSeconds(3);
    private static final Duration COPY = Duration.ofSeconds(10);
    private static final Duration FAILURE_PAUSE = Duration.ofMillis(100);

    /** Services looked at in one turn; bounds the time until a drain is served. */
    private static final int BATCH = 256;

    private final Map<Stack, RegistryStack> stacks;
    private final ReconcileLimits limits;
    private final long fullPassNanos;
    private final ScheduledExecutorService thread;
    private final DirtyServices dirty = new DirtyServices();
    private final Balance balance = new Balance();

    private volatile Optional<Assignment> assignment = Optional.empty();
    private volatile MirrorStatus status = MirrorStatus.IDLE;
    private volatile boolean deletesConfirmed;

    /** Touched by the thread only. */
    private Progress progress = Progress.none();

    /**
     * A mirror; call {@link #start()} before the first assignment.
     *
     * @param stacks both stacks by id
     * @param limits what counts as a mass delete
     * @param fullPassInterval interval of full passes
     */
    public Mirror(
            Map<Stack, RegistryStack> stacks, ReconcileLimits limits, Duration fullPassInterval) {
        this.stacks = Map.copyOf(stacks);
        this.limits = requireNonNull(limits, "limits is null");
        this.fullPassNanos = fullPassInterval.toNanos();
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, "mirror");
                            made.setDaemon(true);
                            return made;
                        });
    }

    /** Listens to both stacks and starts to take turns. */
    public void start() {
        stacks.forEach((id, stack) -> stack.onChange(key -> changed(id, key)));
        thread.scheduleWithFixedDelay(
                this::turnSafely, TURN.toMillis(), TURN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives the mirror its work; the same assignment again changes nothing. */
    public void assign(Optional<Assignment> next) {
        assignment = requireNonNull(next, "next is null");
    }

    public MirrorStatus status() {
        return status;
    }

    /** Lets the mass delete that is held back pass, once. */
    public void confirmDeletes() {
        deletesConfirmed = true;
    }

    /**
     * Copies everything up to {@code sealed} and compares both stacks behind barriers.
     *
     * @param epoch epoch of the fence; must be the assignment's
     * @param sealed positions of the source at which nothing more can be written to it
     * @return how it ended; never fails
     */
    public CompletableFuture<Drained> drain(long epoch, StackPosition sealed, Duration timeout) {
        CompletableFuture<Drained> answer = new CompletableFuture<>();
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        thread.execute(
                () -> {
                    try {
                        answer.complete(drainNow(epoch, sealed, deadlineNanos));
                    } catch (RuntimeException broken) {
                        answer.complete(Drained.not(sealed, broken.toString()));
                        throw broken;
                    }
                });
        return answer;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void changed(Stack stack, ServiceKey key) {
        Optional<Assignment> now = assignment;
        if (now.isPresent() && now.get().from() == stack) {
            dirty.add(key, System.nanoTime());
        }
    }

    private void turnSafely() {
        try {
            turn();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.error("mirror-turn-failed because=\"{}\"", broken.toString(), broken);
        }
    }

    private void turn() throws InterruptedException {
        Optional<Assignment> now = assignment;
        adopt(now);
        if (now.isEmpty()) {
            status = MirrorStatus.IDLE;
            return;
        }
        long nowNanos = System.nanoTime();
        if (now.get().fenced() || nowNanos - progress.pauseUntilNanos < 0) {
            publish(now.get());
            return;
        }
        if (!progress.complete
                || deletesConfirmed
                || nowNanos - progress.fullPassNanos > fullPassNanos) {
            fullPass(now.get());
        } else {
            tail(now.get());
        }
        publish(now.get());
    }

    /** A new source starts from nothing; a new epoch of the same source goes on. */
    private void adopt(Optional<Assignment> now) {
        if (now.equals(progress.assignment)) {
            return;
        }
        Optional<Stack> from = now.map(Assignment::from);
        boolean sameWork =
                from.isPresent()
                        && from.equals(progress.assignment.map(Assignment::from))
                        && now.map(Assignment::term)
                                .equals(progress.assignment.map(Assignment::term));
        if (sameWork) {
            progress.assignment = now;
        } else {
            dirty.clear();
            progress = Progress.none();
            progress.assignment = now;
        }
        LOG.info("mirror assignment={}", now.map(Assignment::toString).orElse("none"));
    }

    private void tail(Assignment now) throws InterruptedException {
        Map<ServiceKey, Long> taken = dirty.take(BATCH);
        if (taken.isEmpty()) {
            return;
        }
        try {
            // what was copied before must be seen here, or its removal would be missed
            Waits.get(stack(now.to()).barrier(BARRIER), BARRIER);
        } catch (Waits.NotInTime late) {
            taken.forEach(dirty::putBack);
            pause("copy-waits", late.getMessage());
            return;
        }
        Tail tail = Tail.of(taken.keySet(), stack(now.from()), stack(now.to()), limits);
        if (tail.tooMany()) {
            // the full pass weighs it against everything and holds it back if it must
            taken.forEach(dirty::putBack);
            progress.complete = false;
            return;
        }
        Copier copier = new Copier(stack(now.to()), now.epoch(), COPY);
        copier.copy(tail.commands());
        settle(copier, taken);
    }

    /**
     * Copies what the source said has changed, so that the full pass which comes next weighs only
     * what is missing without anybody having removed it. False if some of it could not be copied.
     */
    private boolean copyChanged(Assignment now) throws InterruptedException {
        Map<ServiceKey, Long> taken = dirty.take(Integer.MAX_VALUE);
        Tail tail = Tail.of(taken.keySet(), stack(now.from()), stack(now.to()), limits);
        if (tail.tooMany()) {
            return true;
        }
        Copier copier = new Copier(stack(now.to()), now.epoch(), COPY);
        copier.copy(tail.commands());
        settle(copier, taken);
        return !copier.late() && copier.failed().isEmpty();
    }

    private void settle(Copier copier, Map<ServiceKey, Long> taken) {
        progress.copied += copier.copied();
        if (copier.late()) {
            taken.forEach(dirty::putBack);
        } else {
            copier.failed()
                    .forEach(key -> dirty.putBack(key, taken.getOrDefault(key, System.nanoTime())));
        }
        if (copier.late() || !copier.failed().isEmpty()) {
            progress.failed += Math.max(1, copier.failed().size());
            pause("copy-failed", copier.problem());
        }
    }

    private void fullPass(Assignment now) throws InterruptedException {
        boolean confirmed = deletesConfirmed;
        try {
            Waits.get(stack(now.from()).barrier(BARRIER), BARRIER);
            Waits.get(stack(now.to()).barrier(BARRIER), BARRIER);
            if (!copyChanged(now)) {
                return;
            }
            Waits.get(stack(now.to()).barrier(BARRIER), BARRIER);
        } catch (Waits.NotInTime late) {
            pause("full-pass-waits", late.getMessage());
            return;
        }
        long startedNanos = System.nanoTime();
        Map<ServiceKey, Long> taken = dirty.take(Integer.MAX_VALUE);
        RegistryTable source = stack(now.from()).table();
        ReconcilePlan<RegistryCommand> plan =
                Reconcile.all(
                        source,
                        stack(now.from()).complete(),
                        stack(now.to()).table(),
                        confirmed ? ReconcileLimits.CONFIRMED : limits);
        Copier copier = new Copier(stack(now.to()), now.epoch(), COPY);
        copier.copy(plan.commands());
        settle(copier, taken);
        if (copier.late() || !copier.failed().isEmpty()) {
            return;
        }
        if (plan.more()) {
            // the rest comes in the next turns, between which a drain may be served
            progress.complete = false;
            LOG.info(
                    "full-pass-part from={} epoch={} commands={}",
                    now.from(),
                    now.epoch(),
                    plan.commands().size());
            return;
        }
        if (confirmed) {
            deletesConfirmed = false;
        }
        progress.complete = true;
        progress.fullPassNanos = System.nanoTime();
        progress.fullPassAtMs = OptionalLong.of(System.currentTimeMillis());
        progress.quarantined = (int) Math.min(Integer.MAX_VALUE, plan.held());
        progress.findings = Unbalanced.findings(stack(now.from()), source);
        if (!plan.isEmpty()) {
            LOG.info(
                    "full-pass from={} epoch={} commands={} quarantined={} tookMs={}"
                            + " because=\"{}\"",
                    now.from(),
                    now.epoch(),
                    plan.commands().size(),
                    plan.held(),
                    (System.nanoTime() - startedNanos) / 1_000_000,
                    plan.because());
        }
    }

    private Drained drainNow(long epoch, StackPosition sealed, long deadlineNanos) {
        Optional<Assignment> now = assignment;
        adopt(now);
        if (now.isEmpty() || now.get().epoch() != epoch) {
            return Drained.not(sealed, "the mirror is not assigned to epoch " + epoch);
        }
        Drain drain =
                new Drain(
                        stack(now.get().from()),
                        stack(now.get().to()),
                        limits,
                        epoch,
                        deadlineNanos);
        Drained drained = drain.run(sealed, dirty);
        if (drained.equal()) {
            dirty.clear();
        }
        return drained;
    }

    private void publish(Assignment now) {
        long nowNanos = System.nanoTime();
        Balance.Look look =
                balance.look(
                        stack(Stack.LEGACY).table().digest(),
                        stack(Stack.JRAFT).table().digest(),
                        nowNanos);
        // asked after the tables: a change is announced once it is in them
        int waiting = dirty.size();
        boolean onItsWay = waiting == 0 && look.onItsWay();
        status =
                new MirrorStatus(
                        true,
                        now.epoch(),
                        Optional.of(now.from()),
                        Optional.of(now.to()),
                        waiting + (progress.complete ? 0 : 1) + (onItsWay ? 1 : 0),
                        onItsWay ? look.standsMs() : dirty.oldestMs(nowNanos),
                        Optional.of(look.legacy().hex()),
                        Optional.of(look.jraft().hex()),
                        progress.fullPassAtMs,
                        progress.copied,
                        progress.failed,
                        progress.quarantined,
                        progress.complete && stack(now.from()).complete(),
                        progress.findings);
    }

    private void pause(String what, String because) {
        progress.pauseUntilNanos = System.nanoTime() + FAILURE_PAUSE.toNanos();
        if (!because.equals(progress.lastProblem)) {
            progress.lastProblem = because;
            LOG.info("{} because=\"{}\"", what, because);
        }
    }

    private RegistryStack stack(Stack id) {
        return requireNonNull(stacks.get(id), "no such stack");
    }

    /** What the thread remembers between turns. */
    private static final class Progress {
        private Optional<Assignment> assignment = Optional.empty();
        private boolean complete;
        private long fullPassNanos;
        private OptionalLong fullPassAtMs = OptionalLong.empty();
        private long pauseUntilNanos = System.nanoTime();
        private long copied;
        private long failed;
        private int quarantined;
        private List<Loss> findings = List.of();
        private String lastProblem = "";

        private static Progress none() {
            return new Progress();
        }
    }
}
