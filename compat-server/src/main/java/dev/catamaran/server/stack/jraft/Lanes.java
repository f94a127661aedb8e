package dev.catamaran.server.stack.jraft;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Orders work by key without blocking a thread: exclusive work of a key waits for all that came
 * before it, other work only for the exclusive work before it. Work of different keys never waits
 * for each other.
 */
final class Lanes<K, T> {

    private final Map<K, Lane> lanes = new HashMap<>();

    /** Both tails end when all work before them has ended, however it ended. */
    private static final class Lane {
        private CompletableFuture<?> exclusiveTail = CompletableFuture.completedFuture(null);
        private CompletableFuture<?> allTail = CompletableFuture.completedFuture(null);
    }

    /** Runs {@code work} in its turn, at once on the caller's thread when nothing is before it. */
    CompletableFuture<T> run(K key, boolean exclusive, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> before;
        CompletableFuture<?> tail;
        synchronized (lanes) {
            Lane lane = lanes.computeIfAbsent(key, none -> new Lane());
            before = exclusive ? lane.allTail : lane.exclusiveTail;
            CompletableFuture<?> ended = result.handle((value, error) -> null);
            lane.allTail = CompletableFuture.allOf(lane.allTail, ended);
            tail = lane.allTail;
            if (exclusive) {
                lane.exclusiveTail = lane.allTail;
            }
        }
        before.whenComplete((value, error) -> start(work, result));
        // On the tail and not on the result, whose dependents run in no order to rely on.
        tail.whenComplete((value, error) -> tidy(key));
        return result;
    }

    private static <T> void start(
            Supplier<CompletableFuture<T>> work, CompletableFuture<T> result) {
        CompletableFuture<T> started;
        try {
            started = work.get();
        } catch (RuntimeException e) {
            // A lane must go on whatever its work does.
            result.completeExceptionally(e);
            return;
        }
        started.whenComplete(
                (value, error) -> {
                    if (error == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(error);
                    }
                });
    }

    private void tidy(K key) {
        synchronized (lanes) {
            Lane lane = lanes.get(key);
            if (lane != null && lane.allTail.isDone()) {
                lanes.remove(key);
            }
        }
    }

    int size() {
        synchronized (lanes) {
            return lanes.size();
        }
    }
}
