package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.Outcome;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.store.LegacyStore;
import dev.catamaran.legacyraft.wire.PeerForm;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread round the core: it alone steps, saves, and keeps who waits for what. All methods
 * but {@link #run}, {@link #post}, {@link #ask} and {@link #state} belong to that thread.
 */
final class RaftLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RaftLoop.class);

    /** Pause before a store that failed is opened again. */
    private static final long REOPEN_MS = 5_000;

    /** Longest wait for the loop to end what is queued. */
    private static final long CLOSE_MS = 5_000;

    /** What the loop leaves to others. Called on the loop's thread; must not block. */
    interface Outside {
        /** A message, a fetch, a change of the copy, a leadership that is ready. */
        void perform(Effect effect);

        /** The store was read: the copy is to be made anew. */
        void opened(MemberState state);
    }

    private record PositionWaiter(long packed, CompletableFuture<Void> reached) {}

    private final LegacySettings settings;
    private final LegacyStore store;
    private final Outside outside;
    private final ScheduledExecutorService thread;
    private final Map<Long, CompletableFuture<Outcome>> wishes = new HashMap<>();
    private final Map<Long, CompletableFuture<RaftReply>> replies = new HashMap<>();
    private final List<PositionWaiter> waiters = new ArrayList<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private final Deque<Runnable> last = new ArrayDeque<>();
    private boolean lastScheduled;
    private volatile Optional<MemberState> state = Optional.empty();
    private volatile String stopped = "it was not started";
    private boolean stepping;
    private long ids;
    private long epoch;
    private long lastTickNanos;

    RaftLoop(LegacySettings settings, LegacyStore store, Outside outside) {
        this.settings = settings;
        this.store = store;
        this.outside = outside;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, "legacy-raft");
                            made.setDaemon(true);
                            return made;
                        });
    }

    /** Opens the store and starts the clock; throws what the store throws. */
    void start(long appliedEpoch) throws IOException {
        epoch = appliedEpoch;
        open();
        thread.scheduleWithFixedDelay(
                this::tick, settings.tickMs(), settings.tickMs(), TimeUnit.MILLISECONDS);
    }

    /** The last published state; empty before the start, after the end, and while broken. */
    Optional<MemberState> state() {
        return state;
    }

    /** Why there is no state; the last reason where there is one. */
    String whyStopped() {
        return stopped;
    }

    /** Runs a task on the loop's thread; does nothing after the end. */
    void run(Runnable task) {
        try {
            thread.execute(
                    () -> {
                        try {
                            task.run();
                        } catch (RuntimeException | AssertionError e) {
                            LOG.error("legacy-loop-task-failed", e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("legacy-loop-ended", e);
        }
    }

    /**
     * Runs one such task whenever nothing else is queued. Loop thread.
     *
     * <p>A task waits behind everything that is queued when its turn comes, and behind at most one
     * other task of its kind.
     */
    void runLast(Runnable task) {
        last.add(task);
        if (!lastScheduled) {
            lastScheduled = true;
            run(this::runNextLast);
        }
    }

    private void runNextLast() {
        Runnable task = last.poll();
        lastScheduled = !last.isEmpty();
        if (lastScheduled) {
            run(this::runNextLast);
        }
        if (task != null) {
            task.run();
        }
    }

    void post(Event event) {
        run(() -> step(event));
    }

    /** Puts a member's message to the core and completes with what it is answered. */
    CompletableFuture<RaftReply> ask(LongFunction<Event> message) {
        CompletableFuture<RaftReply> reply = new CompletableFuture<>();
        run(
                () -> {
                    if (state.isEmpty()) {
                        reply.complete(
                                new RaftReply(500, "caused: old raft protocol already stop;"));
                        return;
                    }
                    long id = ++ids;
                    replies.put(id, reply);
                    step(message.apply(id));
                });
        return reply;
    }

    /** Wishes for a change or a proof; the outcome completes on this thread. */
    CompletableFuture<Outcome> wish(LongFunction<Event> wanted) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        if (state.isEmpty()) {
            outcome.complete(new Outcome.NotNow("the legacy raft does not run on this member"));
            return outcome;
        }
        long id = ++ids;
        wishes.put(id, outcome);
        step(wanted.apply(id));
        return outcome;
    }

    /** Completes when the copy has come as far. */
    void await(long packed, CompletableFuture<Void> reached) {
        waiters.add(new PositionWaiter(packed, reached));
        reached.whenComplete((done, failure) -> run(() -> waiters.removeIf(this::isOver)));
        wakeWaiters();
    }

    private boolean isOver(PositionWaiter waiter) {
        return waiter.reached().isDone();
    }

    /** Stops stepping; the thread still runs tasks. */
    void stop() {
        abandon("the legacy raft was stopped");
        events.clear();
        wishes.clear();
    }

    /** Ends the thread after what is queued, and waits for that. */
    void close() {
        run(this::stop);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("legacy-loop-still-runs after={}ms", CLOSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open() throws IOException {
        MemberState opened =
                settings.begin(store.load(), epoch, ThreadLocalRandom.current().nextLong());
        lastTickNanos = System.nanoTime();
        state = Optional.of(opened);
        outside.opened(opened);
    }

    private void tick() {
        long now = System.nanoTime();
        long elapsedMs = (now - lastTickNanos) / 1_000_000;
        lastTickNanos = now;
        // a stopped process must not take its own pause for the others' silence
        long boundedMs = Math.min(elapsedMs, settings.beatInterval().toMillis());
        try {
            step(new Event.Ticked(boundedMs, ThreadLocalRandom.current().nextLong()));
        } catch (RuntimeException | AssertionError e) {
            LOG.error("legacy-loop-tick-failed", e);
        }
    }

    private void step(Event event) {
        if (event instanceof Event.EpochApplied applied) {
            epoch = Math.max(epoch, applied.epoch());
        }
        events.add(event);
        if (stepping) {
            return;
        }
        stepping = true;
        try {
            for (Event next = events.poll(); next != null; next = events.poll()) {
                stepOnce(next);
            }
        } finally {
            stepping = false;
        }
        wakeWaiters();
    }

    private void stepOnce(Event event) {
        if (state.isEmpty()) {
            return;
        }
        MemberState.Step step = state.get().step(event);
        state = Optional.of(step.next());
        try {
            for (Effect effect : step.effects()) {
                if (effect instanceof Effect.Save save) {
                    store.apply(save);
                } else {
                    perform(effect);
                }
            }
        } catch (IOException e) {
            LOG.error(
                    "legacy-store-failed because={} advice=free disk space or repair the disk; this"
                            + " member takes no part until the store can be opened again, which is"
                            + " tried every {} ms",
                    e.toString(),
                    REOPEN_MS);
            abandon("this member could not save: " + e.getMessage());
            reopenLater();
        }
    }

    private void reopenLater() {
        if (!thread.isShutdown()) {
            thread.schedule(this::reopen, REOPEN_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void reopen() {
        try {
            open();
            LOG.info("legacy-store-reopened");
        } catch (IOException | RuntimeException e) {
            LOG.warn("legacy-store-still-fails because={}", e.toString());
            reopenLater();
        }
    }

    private void abandon(String because) {
        stopped = because;
        state = Optional.empty();
        List<CompletableFuture<Outcome>> open = List.copyOf(wishes.values());
        wishes.clear();
        open.forEach(wish -> wish.complete(new Outcome.Unknown(because)));
        List<CompletableFuture<RaftReply>> asked = List.copyOf(replies.values());
        replies.clear();
        asked.forEach(reply -> reply.complete(new RaftReply(500, "caused: " + because + ";")));
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.ReplyPeer reply) {
            answer(
                    reply.replyId(),
                    new RaftReply(reply.accepted() ? 200 : 400, PeerForm.encode(reply.peer())));
        } else if (effect instanceof Effect.ReplyText reply) {
            answer(reply.replyId(), new RaftReply(reply.status(), reply.text()));
        } else if (effect instanceof Effect.Ended ended) {
            CompletableFuture<Outcome> wish = wishes.remove(ended.opId());
            if (wish != null) {
                wish.complete(ended.outcome());
            }
        } else if (effect instanceof Effect.Noted noted) {
            LOG.info("legacy-raft {} epoch={}", noted.what(), epoch);
        } else {
            outside.perform(effect);
        }
    }

    private void answer(long id, RaftReply reply) {
        CompletableFuture<RaftReply> asked = replies.remove(id);
        if (asked != null) {
            asked.complete(reply);
        }
    }

    private void wakeWaiters() {
        if (waiters.isEmpty() || state.isEmpty()) {
            return;
        }
        Position at = state.get().reached();
        for (PositionWaiter waiter : List.copyOf(waiters)) {
            if (at.packed() >= waiter.packed()) {
                waiters.remove(waiter);
                waiter.reached().complete(null);
            }
        }
    }
}
