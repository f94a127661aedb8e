package dev.catamaran.tool.live;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What two sources can be compared by: what an operator configured and clients registered, without
 * what a server works out for itself. Left out are ephemeral instances, health (each server probes
 * for itself), ids of instances (each server gives its own), clusters that hold only defaults
 * (whether they are written down differs by version), and 1.x fields that 2.x has no place for.
 */
public final class VisibleRecords {

    private VisibleRecords() {}

    /**
     * The comparable part of a table.
     *
     * @param onlyFilledClusters also leaves out clusters without instances, because one of the
     *     servers does not show them
     */
    public static RegistryTable of(RegistryTable table, boolean onlyFilledClusters) {
        List<ServiceEntry> entries =
                table.entries().values().stream()
                        .map(entry -> of(entry, onlyFilledClusters))
                        .flatMap(Optional::stream)
                        .toList();
        return RegistryTable.of(entries);
    }

    /** The comparable part of one service; empty if only ephemeral instances imply it. */
    static Optional<ServiceEntry> of(ServiceEntry entry, boolean onlyFilledClusters) {
        SortedMap<InstanceKey, InstanceRecord> instances = new TreeMap<>();
        for (InstanceRecord instance : entry.instances().values()) {
            if (!instance.ephemeral()) {
                instances.put(
                        instance.key(),
                        InstanceRecord.persistent(
                                instance.key(),
                                instance.weight(),
                                instance.enabled(),
                                instance.metadata()));
            }
        }
        ServiceRecord service = entry.service().withExtras(LegacyExtras.NONE);
        SortedMap<String, ClusterRecord> clusters = new TreeMap<>();
        for (ClusterRecord cluster : entry.clusters().values()) {
            boolean filled =
                    instances.keySet().stream()
                            .anyMatch(key -> key.cluster().equals(cluster.key().name()));
            if (!isDefault(cluster) && (filled || !onlyFilledClusters)) {
                clusters.put(cluster.key().name(), cluster.withExtras(LegacyExtras.NONE));
            }
        }
        boolean implied =
                instances.isEmpty()
                        && clusters.isEmpty()
                        && !entry.instances().isEmpty()
                        && service.equals(ServiceRecord.ofDefaults(service.key()));
        return implied
                ? Optional.empty()
                : Optional.of(new ServiceEntry(service, clusters, instances));
    }

    /** Whether the cluster says nothing that a server would not assume. */
    public static boolean isDefault(ClusterRecord cluster) {
        return cluster.withExtras(LegacyExtras.NONE)
                .equals(ClusterRecord.ofDefaults(cluster.key()));
    }
}
