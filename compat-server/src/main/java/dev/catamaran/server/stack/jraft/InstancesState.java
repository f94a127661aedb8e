package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.InstanceAddress;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The group of persistent instances (spec: jraft-groups 3.2). */
final class InstancesState implements RegistryGroupState {

    private final JRaftRegistry registry;

    InstancesState(JRaftRegistry registry) {
        this.registry = requireNonNull(registry, "registry is null");
    }

    /** ADD of an instance. */
    static WriteRequest add(InstanceRecord instance, long nowMs) {
        return Payloads.request(
                Groups.INSTANCES, GroupPayloads.ADD, GroupPayloads.encodeInstance(instance, nowMs));
    }

    /** DELETE that a leader of ours turns into nothing unless the cluster there is the key's. */
    static WriteRequest delete(InstanceRecord instance, long nowMs) {
        return Origins.putCondition(
                Payloads.request(
                        Groups.INSTANCES,
                        GroupPayloads.DELETE,
                        GroupPayloads.encodeInstanceRemoval(instance, nowMs)),
                instance.key().cluster());
    }

    static InstanceAddress address(InstanceKey key) {
        return new InstanceAddress(key.service(), key.ip(), key.port());
    }

    @Override
    public String apply(WriteRequest request, long index) throws UnreadableEntryException {
        byte[] data = Payloads.data(request);
        switch (request.getOperation()) {
            case GroupPayloads.ADD ->
                    registry.putInstance(Payloads.read(GroupPayloads.decodeInstance(data)));
            case GroupPayloads.CHANGE -> {
                InstanceRecord instance = Payloads.read(GroupPayloads.decodeInstance(data));
                if (registry.instanceAt(address(instance.key())).isPresent()) {
                    registry.putInstance(instance);
                }
            }
            case GroupPayloads.DELETE ->
                    registry.deleteInstance(
                            Payloads.read(GroupPayloads.decodeInstanceRemoval(data)));
            default -> throw Payloads.unknownOperation(request);
        }
        return "";
    }

    @Override
    public InstanceAddress check(WriteRequest request) throws UnreadableEntryException {
        byte[] data = Payloads.data(request);
        return switch (request.getOperation()) {
            case GroupPayloads.ADD, GroupPayloads.CHANGE ->
                    address(Payloads.read(GroupPayloads.decodeInstance(data)).key());
            case GroupPayloads.DELETE -> Payloads.read(GroupPayloads.decodeInstanceRemoval(data));
            default -> throw Payloads.unknownOperation(request);
        };
    }

    /**
     * A real node up to 2.1.1 stops at a DELETE of an unknown client, so each DELETE looks first.
     */
    @Override
    public boolean dependsOnState(WriteRequest request) {
        return request.getOperation().equals(GroupPayloads.DELETE);
    }

    @Override
    public List<WriteRequest> plan(WriteRequest request) throws UnreadableEntryException {
        if (!dependsOnState(request)) {
            return List.of(request);
        }
        InstanceAddress address =
                Payloads.read(GroupPayloads.decodeInstanceRemoval(Payloads.data(request)));
        String cluster = Origins.condition(request);
        Optional<InstanceRecord> there = registry.instanceAt(address);
        boolean meant =
                there.isPresent()
                        && (cluster.isEmpty() || there.get().key().cluster().equals(cluster));
        return meant ? List.of(request) : List.of();
    }

    @Override
    public Callable<SnapshotFile> capture() {
        RegistryTable captured = registry.table();
        return () -> {
            List<InstanceRecord> instances =
                    captured.entries().values().stream()
                            .flatMap(entry -> entry.instances().values().stream())
                            .toList();
            return Payloads.pack(
                    SnapshotArchive.INSTANCES, SnapshotBodies.encodeInstances(instances));
        };
    }

    @Override
    public String snapshotFileName() {
        return SnapshotArchive.INSTANCES.fileName();
    }

    @Override
    public void load(SnapshotFile file) throws IOException {
        byte[] body = Payloads.unpack(file);
        registry.loadInstances(Payloads.loaded(SnapshotBodies.decodeInstances(body)));
    }
}
