package dev.catamaran.tool.home;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.InstanceAddress;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The group of persistent instances: one per service and address (spec: jraft-groups 3.2). */
final class InstancesReplay implements GroupReplay {

    private final Map<ServiceKey, Map<String, InstanceRecord>> instances = new TreeMap<>();

    @Override
    public void clear() {
        instances.clear();
    }

    @Override
    public String snapshotFile() {
        return SnapshotArchive.INSTANCES.fileName();
    }

    @Override
    public void load(byte[] archive) {
        List<InstanceRecord> loaded =
                SnapshotBodies.decodeInstances(SnapshotArchive.unpack(archive, "").orThrow())
                        .orThrow();
        clear();
        loaded.forEach(this::put);
    }

    private void put(InstanceRecord instance) {
        instances
                .computeIfAbsent(instance.service(), key -> new TreeMap<>())
                .put(instance.key().address(), instance);
    }

    @Override
    public void apply(WriteRequest request) {
        byte[] data = request.getData().toByteArray();
        switch (request.getOperation()) {
            case GroupPayloads.ADD -> put(GroupPayloads.decodeInstance(data).orThrow());
            case GroupPayloads.CHANGE -> {
                InstanceRecord changed = GroupPayloads.decodeInstance(data).orThrow();
                if (of(changed.service()).containsKey(changed.key().address())) {
                    put(changed);
                }
            }
            case GroupPayloads.DELETE -> {
                InstanceAddress at = GroupPayloads.decodeInstanceRemoval(data).orThrow();
                Map<String, InstanceRecord> published = instances.get(at.service());
                if (published != null) {
                    published.remove(at.ip() + ":" + at.port());
                    if (published.isEmpty()) {
                        instances.remove(at.service());
                    }
                }
            }
            default ->
                    throw new DecodeException(
                            "has operation " + request.getOperation(), "instance request");
        }
    }

    private Map<String, InstanceRecord> of(ServiceKey service) {
        return instances.getOrDefault(service, Map.of());
    }

    /** Services that have instances. */
    Collection<ServiceKey> services() {
        return instances.keySet();
    }

    /** The instances of a service. */
    Collection<InstanceRecord> instances(ServiceKey service) {
        return of(service).values();
    }
}
