package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything a stack holds of one service: the unit of change, of mirroring and of the digest.
 *
 * @param service the service itself; implied with defaults when only instances are known
 * @param clusters configured clusters by name
 * @param instances instances by key
 */
public record ServiceEntry(
        ServiceRecord service,
        SortedMap<String, ClusterRecord> clusters,
        SortedMap<InstanceKey, InstanceRecord> instances) {

    public ServiceEntry {
        requireNonNull(service, "service is null");
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    }

    /** A service without clusters and instances. */
    public static ServiceEntry of(ServiceRecord service) {
        return new ServiceEntry(service, new TreeMap<>(), new TreeMap<>());
    }

    public ServiceKey key() {
        return service.key();
    }

    /** The service, its clusters, its instances, in that order. */
    public Stream<RegistryRecord> records() {
        return Stream.of(
                        Stream.of((RegistryRecord) service),
                        clusters.values().stream(),
                        instances.values().stream())
                .flatMap(records -> records);
    }

    public ServiceEntry withService(ServiceRecord other) {
        return new ServiceEntry(other, clusters, instances);
    }

    public ServiceEntry withCluster(ClusterRecord cluster) {
        SortedMap<String, ClusterRecord> changed = new TreeMap<>(clusters);
        changed.put(cluster.key().name(), cluster);
        return new ServiceEntry(service, changed, instances);
    }

    public ServiceEntry withoutCluster(String name) {
        SortedMap<String, ClusterRecord> changed = new TreeMap<>(clusters);
        changed.remove(name);
        return new ServiceEntry(service, changed, instances);
    }

    public ServiceEntry withInstance(InstanceRecord instance) {
        SortedMap<InstanceKey, InstanceRecord> changed = new TreeMap<>(instances);
        changed.put(instance.key(), instance);
        return new ServiceEntry(service, clusters, changed);
    }

    public ServiceEntry withoutInstance(InstanceKey key) {
        SortedMap<InstanceKey, InstanceRecord> changed = new TreeMap<>(instances);
        changed.remove(key);
        return new ServiceEntry(service, clusters, changed);
    }
}
