package dev.catamaran.server.stack;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A stack of one member in memory: the double of the port, with answers that tests may script. */
public final class MemoryStack implements RegistryStack {

    private final Stack id;
    private final List<Consumer<ServiceKey>> listeners = new CopyOnWriteArrayList<>();
    private final List<WriteOrigin> origins = new ArrayList<>();
    private final List<StackPosition> awaited = new ArrayList<>();
    private BiFunction<RegistryCommand, WriteOrigin, WriteResult> gate =
            (command, origin) -> new WriteResult.Done();
    private RegistryTable table = RegistryTable.EMPTY;
    private long position;
    private boolean reachable = true;
    private boolean complete = true;
    private List<OverrideRecord> overrides = List.of();

    public MemoryStack(Stack id) {
        this.id = id;
    }

    /** Asked before each command; anything but Done is answered and the command not executed. */
    public synchronized void gate(BiFunction<RegistryCommand, WriteOrigin, WriteResult> scripted) {
        gate = scripted;
    }

    /** Whether barriers succeed. */
    public synchronized void reachable(boolean yes) {
        reachable = yes;
    }

    /** Origins of the commands that were executed, in order. */
    public synchronized List<WriteOrigin> origins() {
        return List.copyOf(origins);
    }

    /** Positions that were waited for, in order. */
    public synchronized List<StackPosition> awaited() {
        return List.copyOf(awaited);
    }

    /** Executes without asking the gate. */
    public void put(RegistryCommand command) {
        synchronized (this) {
            table = TableEdit.apply(table, command);
            position++;
        }
        listeners.forEach(listener -> listener.accept(command.service()));
    }

    @Override
    public Stack stack() {
        return id;
    }

    @Override
    public CompletableFuture<WriteResult> submit(RegistryCommand command, WriteOrigin origin) {
        WriteResult result;
        synchronized (this) {
            result = gate.apply(command, origin);
            if (result instanceof WriteResult.Done) {
                origins.add(origin);
            }
        }
        if (result instanceof WriteResult.Done) {
            put(command);
        }
        return CompletableFuture.completedFuture(result);
    }

    @Override
    public synchronized RegistryTable table() {
        return table;
    }

    /** Whether the table shows all there is. */
    public synchronized void complete(boolean yes) {
        complete = yes;
    }

    /** What operators have set. */
    public synchronized void overrides(List<OverrideRecord> set) {
        overrides = List.copyOf(set);
    }

    @Override
    public synchronized List<OverrideRecord> overrides() {
        return overrides;
    }

    @Override
    public synchronized boolean complete() {
        return complete;
    }

    @Override
    public synchronized CompletableFuture<StackPosition> barrier(Duration timeout) {
        return reachable
                ? CompletableFuture.completedFuture(here())
                : CompletableFuture.failedFuture(new IllegalStateException("no quorum"));
    }

    @Override
    public synchronized CompletableFuture<Void> awaitPosition(
            StackPosition wanted, Duration timeout) {
        awaited.add(wanted);
        return reachable
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IllegalStateException("behind"));
    }

    @Override
    public synchronized CompletableFuture<StackPosition> seal(long epoch, Duration timeout) {
        return CompletableFuture.completedFuture(here());
    }

    @Override
    public void giveUpLeadership(String because) {
        throw new IllegalStateException("no other member could lead this one: " + because);
    }

    @Override
    public void onChange(Consumer<ServiceKey> listener) {
        listeners.add(listener);
    }

    @Override
    public StackStatus status() {
        SortedMap<String, String> leaders = new TreeMap<>();
        leaders.put(group(), "127.0.0.1:8848");
        return new StackStatus(leaders, true, "");
    }

    private StackPosition here() {
        SortedMap<String, Long> groups = new TreeMap<>();
        groups.put(group(), position);
        return new StackPosition(groups);
    }

    private String group() {
        return id == Stack.LEGACY ? "legacy" : "jraft";
    }
}
