package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Submits commands to a target stack: in order within a service, several services side by side, a
 * bounded number at a time.
 */
final class Copier {

    /** Services copied side by side; more only wait in the leader's queue. */
    private static final int WINDOW = 128;

    private final RegistryStack target;
    private final WriteOrigin origin;
    private final long deadlineNanos;
    private final Set<ServiceKey> failed = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> problem = new AtomicReference<>("");
    private long copied;
    private boolean late;

    Copier(RegistryStack target, long epoch, Duration timeout) {
        this.target = requireNonNull(target, "target is null");
        this.origin = new WriteOrigin(WriteOrigin.Kind.MIRROR, epoch);
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /** Submits all; services with a command that did not succeed are in {@link #failed()}. */
    void copy(List<RegistryCommand> commands) throws InterruptedException {
        Map<ServiceKey, List<RegistryCommand>> byService = new LinkedHashMap<>();
        for (RegistryCommand command : commands) {
            byService.computeIfAbsent(command.service(), key -> new ArrayList<>()).add(command);
        }
        List<CompletableFuture<Void>> window = new ArrayList<>();
        for (Map.Entry<ServiceKey, List<RegistryCommand>> entry : byService.entrySet()) {
            window.add(inOrder(entry.getKey(), entry.getValue()));
            copied += entry.getValue().size();
            if (window.size() == WINDOW) {
                await(window);
                window.clear();
            }
        }
        await(window);
    }

    Set<ServiceKey> failed() {
        return Set.copyOf(failed);
    }

    /** What stood in the way of one of the failed services. */
    String problem() {
        return requireNonNull(problem.get(), "problem is null");
    }

    /**
     * Whether the target was still busy when the time was up; then nothing is known to be copied.
     */
    boolean late() {
        return late;
    }

    long copied() {
        return copied;
    }

    private CompletableFuture<Void> inOrder(ServiceKey key, List<RegistryCommand> commands) {
        CompletableFuture<Boolean> chain = CompletableFuture.completedFuture(true);
        for (RegistryCommand command : commands) {
            chain =
                    chain.thenCompose(
                            fine ->
                                    fine
                                            ? target.submit(command, origin)
                                                    .thenApply(result -> succeeded(key, result))
                                            : CompletableFuture.completedFuture(false));
        }
        return chain.handle(
                (fine, failure) -> {
                    if (failure != null || !fine) {
                        failed.add(key);
                        if (failure != null) {
                            problem.set(failure.toString());
                        }
                    }
                    return null;
                });
    }

    private boolean succeeded(ServiceKey key, WriteResult result) {
        if (result instanceof WriteResult.Done) {
            return true;
        }
        problem.set(key + ": " + result);
        return false;
    }

    private void await(List<CompletableFuture<Void>> window) throws InterruptedException {
        long left = deadlineNanos - System.nanoTime();
        try {
            CompletableFuture.allOf(window.toArray(CompletableFuture[]::new))
                    .get(Math.max(left, 1), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException outOfTime) {
            problem.set("commands did not end in time");
            late = true;
        }
    }
}
