package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.server.mirror.Drained;
import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Seals both stacks, drains the mirror and compares: what a switch needs behind its fence. */
public final class FenceRunner {

    private final Map<Stack, RegistryStack> stacks;
    private final SealCollector collector;
    private final Mirror mirror;

    /**
     * A runner.
     *
     * @param stacks both stacks by id
     * @param collector seals the old primary
     * @param mirror drains it
     */
    public FenceRunner(Map<Stack, RegistryStack> stacks, SealCollector collector, Mirror mirror) {
        this.stacks = Map.copyOf(stacks);
        this.collector = requireNonNull(collector, "collector is null");
        this.mirror = requireNonNull(mirror, "mirror is null");
    }

    /**
     * Runs once; never fails, every end is an outcome.
     *
     * @param everyone whether every member must take the fence: on the way up nobody is left behind
     */
    CompletableFuture<FenceOutcome> run(
            Stack oldPrimary, long epoch, boolean everyone, Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Stack other = oldPrimary == Stack.LEGACY ? Stack.JRAFT : Stack.LEGACY;
        CompletableFuture<StackPosition> source = seal(oldPrimary, epoch, everyone, timeout);
        // what a former mirror sent under an older epoch must not arrive after the comparison
        CompletableFuture<StackPosition> target = seal(other, epoch, everyone, timeout);
        return source.thenCombine(target, (reached, ended) -> reached)
                .thenCompose(
                        reached ->
                                mirror.drain(epoch, reached, left(deadlineNanos))
                                        .thenApply(drained -> outcome(epoch, drained)))
                .exceptionally(
                        failure ->
                                new FenceOutcome(
                                        epoch,
                                        false,
                                        false,
                                        false,
                                        "",
                                        StackPosition.NONE,
                                        String.valueOf(
                                                failure.getCause() == null
                                                        ? failure.getMessage()
                                                        : failure.getCause().getMessage())));
    }

    private CompletableFuture<StackPosition> seal(
            Stack id, long epoch, boolean everyone, Duration timeout) {
        RegistryStack stack = requireNonNull(stacks.get(id), "no such stack");
        return collector.seal(id, stack.status().leaders().keySet(), epoch, everyone, timeout);
    }

    private static FenceOutcome outcome(long epoch, Drained drained) {
        SortedMap<String, Long> both = new TreeMap<>(drained.source().groups());
        both.putAll(drained.target().groups());
        return new FenceOutcome(
                epoch,
                true,
                !drained.digest().isEmpty(),
                drained.equal(),
                drained.equal() ? drained.digest() : "",
                new StackPosition(both),
                drained.problem());
    }

    private static Duration left(long deadlineNanos) {
        return Duration.ofNanos(Math.max(1_000_000, deadlineNanos - System.nanoTime()));
    }
}
