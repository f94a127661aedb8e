package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.RegistryCommand.PutCluster;
import dev.catamaran.registry.records.RegistryCommand.PutInstance;
import dev.catamaran.registry.records.RegistryCommand.PutService;
import dev.catamaran.registry.records.RegistryCommand.RemoveCluster;
import dev.catamaran.registry.records.RegistryCommand.RemoveInstance;
import dev.catamaran.registry.records.RegistryCommand.RemoveService;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.StackStatus;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The 2.x store over its three groups. A command becomes one or more writes, each carried to the
 * leader of its group with the sender's origin; the leader's {@link LeaderDesk} decides.
 */
final class JRaftStack implements RegistryStack {

    /** What real callers wait for a write that they lead themselves. */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);

    /** Longest look for a service before an instance of it is registered. */
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(2);

    /** How long a member may take until its copy is loaded; only a status depends on it. */
    private static final Duration LOAD_TIMEOUT = Duration.ofDays(1);

    /** Removals of instances under way at once for one removed service. */
    private static final int REMOVALS_AT_ONCE = 256;

    private final String self;
    private final JRaftRegistry registry;
    private final Map<String, RaftGroup> groups;
    private final Executor results;
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();
    private volatile Optional<Door> door = Optional.empty();

    /** What exists only once the server is started. */
    private record Door(Map<String, LeaderDesk> desks, LeaderClient client) {}

    JRaftStack(
            String self, JRaftRegistry registry, Map<String, RaftGroup> groups, Executor results) {
        this.self = requireNonNull(self, "self is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.groups = Map.copyOf(groups);
        this.results = requireNonNull(results, "results is null");
    }

    /** Lets writes through, to the leaders' desks here and to those of other members. */
    void open(Map<String, LeaderDesk> desks, LeaderClient client) {
        door = Optional.of(new Door(Map.copyOf(desks), client));
    }

    /** Notes for the status when each group's copy has caught up for the first time. */
    void watchLoading() {
        for (String name : Groups.REGISTRY) {
            group(name).readIndex(LOAD_TIMEOUT).thenAccept(index -> loaded.add(name));
        }
    }

    @Override
    public Collection<OverrideRecord> overrides() {
        return registry.overrides().records().values();
    }

    @Override
    public Stack stack() {
        return Stack.JRAFT;
    }

    @Override
    public RegistryTable table() {
        return registry.table();
    }

    @Override
    public void onChange(Consumer<ServiceKey> listener) {
        registry.onChange(listener);
    }

    @Override
    public CompletableFuture<WriteResult> submit(RegistryCommand command, WriteOrigin origin) {
        // The hop keeps callers off the threads of state machines and of the network.
        return route(command, origin).thenApplyAsync(Function.identity(), results);
    }

    private CompletableFuture<WriteResult> route(RegistryCommand command, WriteOrigin origin) {
        if (command instanceof PutInstance put) {
            return putInstance(put.record(), origin);
        }
        if (command instanceof RemoveInstance remove) {
            InstanceRecord named = InstanceRecord.persistent(remove.key(), 1, true, Map.of());
            return send(InstancesState.delete(named, System.currentTimeMillis()), origin);
        }
        if (command instanceof PutService put) {
            return send(ServicesState.put(put.record()), origin);
        }
        if (command instanceof PutCluster put) {
            ServiceRecord unknown = ServiceRecord.ofDefaults(put.service());
            return send(ServicesState.putCluster(unknown, put.record()), origin);
        }
        if (command instanceof RemoveCluster remove) {
            return send(ServicesState.removeCluster(remove.key()), origin);
        }
        if (command instanceof RemoveService remove) {
            return removeService(remove.service(), origin);
        }
        throw new AssertionError("no rule for " + command);
    }

    private CompletableFuture<WriteResult> putInstance(InstanceRecord record, WriteOrigin origin) {
        if (record.ephemeral()) {
            return done(
                    new WriteResult.Rejected(
                            "the jraft stack holds persistent instances only: " + record.key()));
        }
        List<String> reserved =
                GroupPayloads.RESERVED_LABELS.stream()
                        .filter(label -> record.metadata().containsKey(label))
                        .toList();
        if (!reserved.isEmpty() && origin.kind() == WriteOrigin.Kind.CLIENT) {
            return done(
                    new WriteResult.Rejected(
                            "2.x servers keep fields of their own under the metadata "
                                    + reserved
                                    + "; register without it: "
                                    + record.key()));
        }
        WriteRequest add = InstancesState.add(record, System.currentTimeMillis());
        return ensureService(record.service(), origin)
                .thenCompose(
                        known ->
                                known instanceof WriteResult.Done
                                        ? send(add, origin)
                                        : done(known));
    }

    /**
     * A service that was removed a moment ago on another member may still be here; then the
     * instance implies it.
     */
    private CompletableFuture<WriteResult> ensureService(ServiceKey key, WriteOrigin origin) {
        if (registry.explicitEntry(key).isPresent()) {
            return done(new WriteResult.Done());
        }
        return group(Groups.SERVICES)
                .readIndex(LOOK_TIMEOUT)
                .handle((index, error) -> error)
                .thenCompose(
                        error -> {
                            if (error != null) {
                                return done(new WriteResult.NotNow(error.getMessage()));
                            }
                            return registry.explicitEntry(key).isPresent()
                                    ? done(new WriteResult.Done())
                                    : send(ServicesState.putDefaultsIfAbsent(key), origin);
                        });
    }

    private CompletableFuture<WriteResult> removeService(ServiceKey key, WriteOrigin origin) {
        return CompletableFuture.allOf(
                        group(Groups.SERVICES).readIndex(LOOK_TIMEOUT),
                        group(Groups.INSTANCES).readIndex(LOOK_TIMEOUT))
                .handle((nothing, error) -> error)
                .thenCompose(
                        error -> {
                            if (error != null) {
                                return done(
                                        new WriteResult.NotNow(String.valueOf(error.getMessage())));
                            }
                            Optional<ServiceEntry> entry = registry.table().entry(key);
                            return entry.isEmpty()
                                    ? done(new WriteResult.Done())
                                    : removeAll(entry.get(), origin);
                        });
    }

    private CompletableFuture<WriteResult> removeAll(ServiceEntry entry, WriteOrigin origin) {
        List<InstanceRecord> instances = List.copyOf(entry.instances().values());
        CompletableFuture<WriteResult> removed = done(new WriteResult.Done());
        for (int from = 0; from < instances.size(); from += REMOVALS_AT_ONCE) {
            List<InstanceRecord> some =
                    instances.subList(from, Math.min(from + REMOVALS_AT_ONCE, instances.size()));
            boolean first = from == 0;
            removed =
                    removed.thenCompose(
                            before ->
                                    before instanceof WriteResult.Done
                                            ? removeSome(some, origin)
                                                    .thenApply(now -> first ? now : partly(now))
                                            : done(before));
        }
        return removed.thenCompose(
                before ->
                        before instanceof WriteResult.Done
                                ? send(ServicesState.remove(entry.key()), origin)
                                        .thenApply(now -> instances.isEmpty() ? now : partly(now))
                                : done(before));
    }

    /** What is certain of a part is not certain of the whole. */
    private static WriteResult partly(WriteResult later) {
        return later instanceof WriteResult.Done
                ? later
                : new WriteResult.Unknown("only a part was removed: " + later);
    }

    private CompletableFuture<WriteResult> removeSome(
            List<InstanceRecord> instances, WriteOrigin origin) {
        long nowMs = System.currentTimeMillis();
        List<CompletableFuture<WriteResult>> sent =
                instances.stream()
                        .map(instance -> send(InstancesState.delete(instance, nowMs), origin))
                        .toList();
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .thenApply(
                        all -> {
                            List<WriteResult> ends =
                                    sent.stream().map(CompletableFuture::join).toList();
                            return WholeResult.of(ends);
                        });
    }

    private CompletableFuture<WriteResult> send(WriteRequest request, WriteOrigin origin) {
        String name = request.getGroup();
        Optional<Door> open = door;
        Optional<String> leader = group(name).leader();
        if (open.isEmpty() || leader.isEmpty()) {
            return done(new WriteResult.NotNow("group " + name + " has no leader"));
        }
        WriteRequest signed = Origins.put(request, origin);
        if (!leader.get().equals(self)) {
            return open.get().client().send(leader.get(), signed);
        }
        return requireNonNull(open.get().desks().get(name))
                .take(signed)
                .thenApply(Function.identity())
                .completeOnTimeout(
                        new WriteResult.Unknown("no majority answered the leader in time"),
                        WRITE_TIMEOUT.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<StackPosition> barrier(Duration timeout) {
        Map<String, CompletableFuture<Optional<Long>>> asked =
                Groups.REGISTRY.stream()
                        .collect(
                                Collectors.toMap(
                                        Function.identity(),
                                        name ->
                                                group(name)
                                                        .readIndex(timeout)
                                                        .thenApply(Optional::of)));
        return position(asked);
    }

    @Override
    public CompletableFuture<StackPosition> seal(long epoch, Duration timeout) {
        Map<String, LeaderDesk> desks = door.map(Door::desks).orElse(Map.of());
        Map<String, CompletableFuture<Optional<Long>>> asked =
                desks.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        desk -> desk.getValue().seal(epoch, timeout)));
        return position(asked);
    }

    @Override
    public void giveUpLeadership(String because) {
        Groups.REGISTRY.forEach(name -> group(name).giveUpLeadership(because));
    }

    private CompletableFuture<StackPosition> position(
            Map<String, CompletableFuture<Optional<Long>>> asked) {
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        all -> {
                            SortedMap<String, Long> positions = new TreeMap<>();
                            asked.forEach(
                                    (name, index) ->
                                            index.join().ifPresent(at -> positions.put(name, at)));
                            return new StackPosition(positions);
                        },
                        results);
    }

    @Override
    public CompletableFuture<Void> awaitPosition(StackPosition position, Duration timeout) {
        if (!Groups.REGISTRY.containsAll(position.groups().keySet())) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("not a position of jraft: " + position));
        }
        return CompletableFuture.allOf(
                        position.groups().entrySet().stream()
                                .map(at -> group(at.getKey()).awaitApplied(at.getValue(), timeout))
                                .toArray(CompletableFuture[]::new))
                .thenRunAsync(() -> {}, results);
    }

    @Override
    public StackStatus status() {
        SortedMap<String, String> leaders = new TreeMap<>();
        StringBuilder detail = new StringBuilder();
        for (String name : Groups.REGISTRY) {
            RaftGroup group = group(name);
            leaders.put(name, group.leader().orElse(""));
            group.machine()
                    .error()
                    .ifPresent(error -> detail.append(name).append(": ").append(error));
            long skipped = group.machine().skipped();
            if (skipped > 0) {
                detail.append(name).append(": ").append(skipped).append(" unreadable entries; ");
            }
        }
        boolean working =
                Groups.REGISTRY.stream().allMatch(name -> group(name).machine().error().isEmpty());
        boolean ready =
                working && loaded.containsAll(Groups.REGISTRY) && !leaders.containsValue("");
        return new StackStatus(leaders, ready, detail.toString());
    }

    @Override
    public Optional<String> broken() {
        List<String> errors =
                Groups.REGISTRY.stream()
                        .flatMap(
                                name ->
                                        group(name).machine().error().stream()
                                                .map(error -> name + ": " + error))
                        .toList();
        return errors.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", errors));
    }

    private RaftGroup group(String name) {
        return requireNonNull(groups.get(name), name);
    }

    private static CompletableFuture<WriteResult> done(WriteResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
