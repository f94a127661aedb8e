package dev.catamaran.server.write;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.transition.TransitionWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries a client's write to the stack that is the primary when it can be taken. A write that
 * meets a fence or an election is held, and goes on by itself on whichever stack is the primary
 * then; when the hold ends first it is refused as <em>retry</em>. Only what certainly was not
 * executed is tried again here; an unknown outcome goes back to the client as it is.
 */
public final class WriteService {

    /**
     * Writes held at once; more are refused at once, so that a long election cannot fill memory.
     */
    static final int MAX_HELD = 10_000;

    /** Pause before a refused write is offered again when nothing else wakes it. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(40);

    private final Map<Stack, RegistryStack> stacks;
    private final TransitionWatch watch;
    private final ScheduledExecutorService timer;
    private final Duration hold;
    private final Queue<Held> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger held = new AtomicInteger();

    /**
     * A write service; call {@link #start()} before the first write.
     *
     * @param stacks both stacks by id
     * @param watch what this member knows of the transition
     * @param timer wakes held writes; owned by the caller
     * @param hold longest time a write waits
     */
    public WriteService(
            Map<Stack, RegistryStack> stacks,
            TransitionWatch watch,
            ScheduledExecutorService timer,
            Duration hold) {
        this.stacks = Map.copyOf(stacks);
        this.watch = requireNonNull(watch, "watch is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.hold = requireNonNull(hold, "hold is null");
    }

    /** Starts to listen for moves of the transition, which release held writes. */
    public void start() {
        watch.onChange(view -> timer.execute(this::wakeAll));
    }

    /** Number of writes that wait now. */
    public int heldCount() {
        return held.get();
    }

    /** Executes a client's write; the future never fails, every end is a {@link WriteResult}. */
    public CompletableFuture<WriteResult> write(RegistryCommand command) {
        if (command instanceof RegistryCommand.PutInstance put && put.record().ephemeral()) {
            return CompletableFuture.completedFuture(
                    new WriteResult.Rejected(
                            "ephemeral instances are not served by this version; register with"
                                    + " ephemeral=false"));
        }
        Held write = new Held(command, System.nanoTime() + hold.toNanos());
        attempt(write);
        return write.result;
    }

    private void attempt(Held write) {
        Route route = WriteRouter.route(watch.view());
        if (route instanceof Route.Hold wait) {
            park(write, wait.because());
            return;
        }
        Route.To to = (Route.To) route;
        WriteOrigin origin = new WriteOrigin(WriteOrigin.Kind.CLIENT, to.epoch());
        requireNonNull(stacks.get(to.stack()), "no such stack")
                .submit(write.command, origin)
                .whenComplete(
                        (result, failure) -> {
                            if (failure != null) {
                                write.result.complete(
                                        new WriteResult.Unknown(String.valueOf(failure)));
                            } else if (result instanceof WriteResult.NotNow notNow) {
                                park(write, notNow.because());
                            } else {
                                write.result.complete(result);
                            }
                        });
    }

    /** Waits for a move of the transition or a short pause, whichever is first. */
    private void park(Held write, String because) {
        long leftNanos = write.deadlineNanos - System.nanoTime();
        if (leftNanos <= 0) {
            write.result.complete(new WriteResult.NotNow(because + "; nothing was written, retry"));
            return;
        }
        if (held.incrementAndGet() > MAX_HELD) {
            held.decrementAndGet();
            write.result.complete(
                    new WriteResult.NotNow(
                            because + "; " + MAX_HELD + " writes already wait, retry later"));
            return;
        }
        write.parked.set(true);
        waiting.add(write);
        timer.schedule(
                () -> wake(write),
                Math.min(leftNanos, RETRY_PAUSE.toNanos()),
                TimeUnit.NANOSECONDS);
    }

    /** Wakes those that wait now; one that must wait again is not met again in this round. */
    private void wakeAll() {
        List<Held> now = new ArrayList<>();
        for (Held write = waiting.poll(); write != null; write = waiting.poll()) {
            now.add(write);
        }
        now.forEach(this::wake);
    }

    /** A parked write is woken by whoever comes first; the other finds it unparked. */
    private void wake(Held write) {
        if (write.parked.compareAndSet(true, false)) {
            waiting.remove(write);
            held.decrementAndGet();
            attempt(write);
        }
    }

    private static final class Held {
        private final RegistryCommand command;
        private final long deadlineNanos;
        private final AtomicBoolean parked = new AtomicBoolean();
        private final CompletableFuture<WriteResult> result = new CompletableFuture<>();

        private Held(RegistryCommand command, long deadlineNanos) {
            this.command = command;
            this.deadlineNanos = deadlineNanos;
        }
    }
}
