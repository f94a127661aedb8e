package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.StackStatus;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** A stack that says Done to some commands without doing them. */
final class FaultyStack implements RegistryStack {

    private static final int DROPPED = 100;

    /** Group of the services that the rehearsal writes. */
    private static final String WRITERS = "REHEARSAL_GROUP";

    /** A follower's share of the writes is enough, and the cluster goes on. */
    private static final int DEAF = 3;

    private final RegistryStack stack;
    private final BiPredicate<RegistryCommand, WriteOrigin> swallowed;

    private FaultyStack(RegistryStack stack, BiPredicate<RegistryCommand, WriteOrigin> swallowed) {
        this.stack = requireNonNull(stack, "stack is null");
        this.swallowed = requireNonNull(swallowed, "swallowed is null");
    }

    /**
     * Never executes the mirror's commands for every 100th record it is given. The homes' records
     * and the writers' are counted apart, so that at least one of the homes is always hit.
     */
    static FaultyStack dropping(RegistryStack stack) {
        Map<Object, Integer> homes = new HashMap<>();
        Map<Object, Integer> writers = new HashMap<>();
        return new FaultyStack(
                stack,
                (command, origin) -> {
                    synchronized (homes) {
                        boolean written = command.service().group().equals(WRITERS);
                        Map<Object, Integer> numbers = written ? writers : homes;
                        int next = numbers.size() + 1;
                        int number = numbers.computeIfAbsent(record(command), record -> next);
                        return origin.kind() == WriteOrigin.Kind.MIRROR && number % DROPPED == 0;
                    }
                });
    }

    /** Says ok to every third write of a client and keeps it from the primary. */
    static FaultyStack deaf(RegistryStack stack) {
        Map<Object, Integer> numbers = new HashMap<>();
        return new FaultyStack(
                stack,
                (command, origin) -> {
                    synchronized (numbers) {
                        int number = numbers.merge("writes", 1, Integer::sum);
                        return origin.kind() == WriteOrigin.Kind.CLIENT && number % DEAF == 0;
                    }
                });
    }

    private static Object record(RegistryCommand command) {
        if (command instanceof RegistryCommand.PutInstance put) {
            return put.record().key();
        }
        if (command instanceof RegistryCommand.RemoveInstance remove) {
            return remove.key();
        }
        if (command instanceof RegistryCommand.PutCluster put) {
            return put.record().key();
        }
        return command.service();
    }

    @Override
    public CompletableFuture<WriteResult> submit(RegistryCommand command, WriteOrigin origin) {
        return swallowed.test(command, origin)
                ? CompletableFuture.completedFuture(new WriteResult.Done())
                : stack.submit(command, origin);
    }

    @Override
    public Stack stack() {
        return stack.stack();
    }

    @Override
    public RegistryTable table() {
        return stack.table();
    }

    @Override
    public boolean complete() {
        return stack.complete();
    }

    @Override
    public CompletableFuture<StackPosition> barrier(Duration timeout) {
        return stack.barrier(timeout);
    }

    @Override
    public CompletableFuture<Void> awaitPosition(StackPosition position, Duration timeout) {
        return stack.awaitPosition(position, timeout);
    }

    @Override
    public CompletableFuture<StackPosition> seal(long epoch, Duration timeout) {
        return stack.seal(epoch, timeout);
    }

    @Override
    public void giveUpLeadership(String because) {
        stack.giveUpLeadership(because);
    }

    @Override
    public void onChange(Consumer<ServiceKey> listener) {
        stack.onChange(listener);
    }

    @Override
    public StackStatus status() {
        return stack.status();
    }
}
