package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * This member's part in putting up a fence: once it has applied the fence's epoch, it seals the
 * groups of the old primary that it leads.
 */
public final class SealService {

    private final Map<Stack, RegistryStack> stacks;
    private final TransitionWatch watch;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /**
     * A seal service; call {@link #start()} before the first fence.
     *
     * @param stacks both stacks by id
     * @param watch what this member knows of the transition
     */
    public SealService(Map<Stack, RegistryStack> stacks, TransitionWatch watch) {
        this.stacks = Map.copyOf(stacks);
        this.watch = requireNonNull(watch, "watch is null");
    }

    /** Follows the transition from now on. */
    public void start() {
        watch.onChange(view -> wake());
    }

    /**
     * Seals what this member leads of {@code stack}.
     *
     * @param epoch epoch of the fence
     * @return positions of the groups led here; fails when this member has not applied the epoch
     *     within {@code timeout}, or is past it
     */
    public CompletableFuture<StackPosition> seal(Stack stack, long epoch, Duration timeout) {
        RegistryStack sealed = requireNonNull(stacks.get(stack), "no such stack");
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        return epochApplied(epoch, timeout)
                .thenCompose(
                        here -> {
                            long left = deadlineNanos - System.nanoTime();
                            if (left <= 0) {
                                return CompletableFuture.failedFuture(
                                        new TimeoutException("no time left to seal " + stack));
                            }
                            return sealed.seal(epoch, Duration.ofNanos(left));
                        });
    }

    private CompletableFuture<TransitionView> epochApplied(long epoch, Duration timeout) {
        Waiter waiter = new Waiter(epoch, new CompletableFuture<>());
        waiters.add(waiter);
        wake();
        return waiter.reached()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((view, failure) -> waiters.remove(waiter))
                .thenApply(
                        view -> {
                            if (view.upgrade().epoch() != epoch) {
                                throw new IllegalStateException(
                                        "the fence of epoch "
                                                + epoch
                                                + " is over, this member is at "
                                                + view.upgrade().epoch());
                            }
                            return view;
                        });
    }

    private void wake() {
        TransitionView view = watch.view();
        for (Waiter waiter : waiters) {
            if (view.upgrade().epoch() >= waiter.epoch()) {
                waiter.reached().complete(view);
            }
        }
    }

    private record Waiter(long epoch, CompletableFuture<TransitionView> reached) {}
}
