package dev.catamaran.tool.home;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The group of services and their clusters (spec: jraft-groups 3.3). */
final class ServicesReplay implements GroupReplay {

    private final Map<ServiceKey, ServiceEntry> services = new TreeMap<>();

    @Override
    public void clear() {
        services.clear();
    }

    @Override
    public String snapshotFile() {
        return SnapshotArchive.SERVICE_METADATA.fileName();
    }

    @Override
    public void load(byte[] archive) {
        List<ServiceEntry> loaded =
                SnapshotBodies.decodeServices(SnapshotArchive.unpack(archive, "").orThrow())
                        .orThrow();
        clear();
        loaded.forEach(entry -> services.put(entry.key(), entry));
    }

    @Override
    public void apply(WriteRequest request) {
        byte[] data = request.getData().toByteArray();
        switch (request.getOperation()) {
            case GroupPayloads.CHANGE -> {
                ServiceEntry sent = GroupPayloads.decodeService(data).orThrow();
                services.merge(sent.key(), sent, ServicesReplay::changed);
            }
            case GroupPayloads.ADD -> {
                ServiceEntry sent = GroupPayloads.decodeService(data).orThrow();
                services.merge(sent.key(), sent, ServicesReplay::withClusters);
            }
            case GroupPayloads.DELETE ->
                    services.remove(GroupPayloads.decodeServiceRemoval(data).orThrow());
            default ->
                    throw new DecodeException(
                            "has operation " + request.getOperation(), "service request");
        }
    }

    /** A service keeps the clusters it has. */
    private static ServiceEntry changed(ServiceEntry known, ServiceEntry sent) {
        return known.withService(sent.service());
    }

    private static ServiceEntry withClusters(ServiceEntry known, ServiceEntry sent) {
        SortedMap<String, ClusterRecord> clusters = new TreeMap<>(known.clusters());
        clusters.putAll(sent.clusters());
        return new ServiceEntry(known.service(), clusters, known.instances());
    }

    /** Services by key, without instances. */
    Map<ServiceKey, ServiceEntry> services() {
        return services;
    }
}
