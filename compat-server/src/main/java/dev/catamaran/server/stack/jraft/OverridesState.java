package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** The group of what operators set for single instances (spec: jraft-groups 3.4). */
final class OverridesState implements RegistryGroupState {

    private final JRaftRegistry registry;

    OverridesState(JRaftRegistry registry) {
        this.registry = requireNonNull(registry, "registry is null");
    }

    @Override
    public String apply(WriteRequest request, long index) throws UnreadableEntryException {
        byte[] data = Payloads.data(request);
        switch (request.getOperation()) {
            case GroupPayloads.ADD, GroupPayloads.CHANGE ->
                    registry.putOverride(Payloads.read(GroupPayloads.decodeOverride(data)));
            case GroupPayloads.DELETE ->
                    registry.deleteOverride(
                            Payloads.read(GroupPayloads.decodeOverrideRemoval(data)));
            default -> throw Payloads.unknownOperation(request);
        }
        return "";
    }

    @Override
    public InstanceKey check(WriteRequest request) throws UnreadableEntryException {
        byte[] data = Payloads.data(request);
        return switch (request.getOperation()) {
            case GroupPayloads.ADD, GroupPayloads.CHANGE ->
                    Payloads.read(GroupPayloads.decodeOverride(data)).key();
            case GroupPayloads.DELETE -> Payloads.read(GroupPayloads.decodeOverrideRemoval(data));
            default -> throw Payloads.unknownOperation(request);
        };
    }

    @Override
    public boolean dependsOnState(WriteRequest request) {
        return false;
    }

    @Override
    public List<WriteRequest> plan(WriteRequest request) {
        return List.of(request);
    }

    @Override
    public Callable<SnapshotFile> capture() {
        OverrideTable captured = registry.overrides();
        long nowMs = System.currentTimeMillis();
        return () ->
                Payloads.pack(
                        SnapshotArchive.INSTANCE_METADATA,
                        SnapshotBodies.encodeOverrides(captured.records().values(), nowMs));
    }

    @Override
    public String snapshotFileName() {
        return SnapshotArchive.INSTANCE_METADATA.fileName();
    }

    @Override
    public void load(SnapshotFile file) throws IOException {
        byte[] body = Payloads.unpack(file);
        registry.loadOverrides(Payloads.loaded(SnapshotBodies.decodeOverrides(body)));
    }
}
