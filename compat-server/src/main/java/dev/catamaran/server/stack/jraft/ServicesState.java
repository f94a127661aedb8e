package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The group of service and cluster metadata (spec: jraft-groups 3.3). */
final class ServicesState implements RegistryGroupState {

    /**
     * What no entry of a real node says: take one cluster away. A leader of ours writes a DELETE of
     * the service's metadata and, right behind it, a CHANGE with the clusters that remain;
     * instances are of another group and stay. A real leader does not know the word and changes
     * nothing.
     */
    private static final String REMOVE_CLUSTER = "CATAMARAN_REMOVE_CLUSTER";

    private static final String IF_ABSENT = "absent";

    private final JRaftRegistry registry;

    ServicesState(JRaftRegistry registry) {
        this.registry = requireNonNull(registry, "registry is null");
    }

    /** CHANGE: creates or updates a service. */
    static WriteRequest put(ServiceRecord record) {
        return Payloads.request(
                Groups.SERVICES,
                GroupPayloads.CHANGE,
                GroupPayloads.encodeService(record, List.of()));
    }

    /** CHANGE that a leader of ours turns into nothing when the service has metadata. */
    static WriteRequest putDefaultsIfAbsent(ServiceKey key) {
        return Origins.putCondition(put(ServiceRecord.ofDefaults(key)), IF_ABSENT);
    }

    /** ADD: adds or replaces a cluster. */
    static WriteRequest putCluster(ServiceRecord service, ClusterRecord cluster) {
        return Payloads.request(
                Groups.SERVICES, GroupPayloads.ADD, GroupPayloads.encodeCluster(service, cluster));
    }

    static WriteRequest removeCluster(ClusterKey key) {
        return Origins.putCondition(
                Payloads.request(
                        Groups.SERVICES,
                        REMOVE_CLUSTER,
                        GroupPayloads.encodeServiceRemoval(key.service())),
                key.name());
    }

    /** DELETE of a service's metadata. */
    static WriteRequest remove(ServiceKey key) {
        return Payloads.request(
                Groups.SERVICES, GroupPayloads.DELETE, GroupPayloads.encodeServiceRemoval(key));
    }

    @Override
    public String apply(WriteRequest request, long index) throws UnreadableEntryException {
        byte[] data = Payloads.data(request);
        switch (request.getOperation()) {
            case GroupPayloads.CHANGE ->
                    registry.changeService(Payloads.read(GroupPayloads.decodeService(data)));
            case GroupPayloads.ADD ->
                    registry.addClusters(Payloads.read(GroupPayloads.decodeService(data)));
            case GroupPayloads.DELETE ->
                    registry.deleteService(Payloads.read(GroupPayloads.decodeServiceRemoval(data)));
            default -> throw Payloads.unknownOperation(request);
        }
        return "";
    }

    @Override
    public ServiceKey check(WriteRequest request) throws UnreadableEntryException {
        byte[] data = Payloads.data(request);
        return switch (request.getOperation()) {
            case GroupPayloads.CHANGE, GroupPayloads.ADD ->
                    Payloads.read(GroupPayloads.decodeService(data)).key();
            case GroupPayloads.DELETE, REMOVE_CLUSTER ->
                    Payloads.read(GroupPayloads.decodeServiceRemoval(data));
            default -> throw Payloads.unknownOperation(request);
        };
    }

    @Override
    public boolean dependsOnState(WriteRequest request) {
        return request.getOperation().equals(REMOVE_CLUSTER)
                || Origins.condition(request).equals(IF_ABSENT);
    }

    @Override
    public List<WriteRequest> plan(WriteRequest request) throws UnreadableEntryException {
        if (!dependsOnState(request)) {
            return List.of(request);
        }
        ServiceKey service = check(request);
        Optional<ServiceEntry> now = registry.explicitEntry(service);
        if (request.getOperation().equals(REMOVE_CLUSTER)) {
            return now.map(entry -> without(entry, Origins.condition(request))).orElse(List.of());
        }
        return now.isPresent() ? List.of() : List.of(request);
    }

    private static List<WriteRequest> without(ServiceEntry entry, String cluster) {
        if (!entry.clusters().containsKey(cluster)) {
            return List.of();
        }
        Collection<ClusterRecord> rest = entry.withoutCluster(cluster).clusters().values();
        byte[] change = GroupPayloads.encodeService(entry.service(), rest);
        return List.of(
                remove(entry.key()),
                Payloads.request(Groups.SERVICES, GroupPayloads.CHANGE, change));
    }

    @Override
    public Callable<SnapshotFile> capture() {
        Collection<ServiceEntry> captured = registry.explicitEntries();
        long nowMs = System.currentTimeMillis();
        return () ->
                Payloads.pack(
                        SnapshotArchive.SERVICE_METADATA,
                        SnapshotBodies.encodeServices(captured, nowMs));
    }

    @Override
    public String snapshotFileName() {
        return SnapshotArchive.SERVICE_METADATA.fileName();
    }

    @Override
    public void load(SnapshotFile file) throws IOException {
        byte[] body = Payloads.unpack(file);
        registry.loadServices(Payloads.loaded(SnapshotBodies.decodeServices(body)));
    }
}
