package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        clusters = FrozenMap.copyOf(clusters);
        instances = FrozenMap.copyOf(instances);
    }

    /** A service without clusters and instances. */
    public static ServiceEntry of(ServiceRecord service) {
        return new ServiceEntry(service, FrozenMap.empty(), FrozenMap.empty());
    }

    /** A service with its defaults, as an instance that is registered brings it about. */
    public static ServiceEntry of(InstanceRecord instance) {
        return of(ServiceRecord.ofDefaults(instance.service())).withInstance(instance);
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

    /** The entry with another service record; itself if it is equal. */
    public ServiceEntry withService(ServiceRecord other) {
        return service.equals(other) ? this : new ServiceEntry(other, clusters, instances);
    }

    /** The entry with one cluster put; itself if it has an equal one. */
    public ServiceEntry withCluster(ClusterRecord cluster) {
        return changed(FrozenMap.copyOf(clusters).with(cluster.key().name(), cluster), instances);
    }

    /** The entry without a cluster; itself if there is none of that name. */
    public ServiceEntry withoutCluster(String name) {
        return changed(FrozenMap.copyOf(clusters).without(name), instances);
    }

    /** The entry with one instance put; itself if it has an equal one. */
    public ServiceEntry withInstance(InstanceRecord instance) {
        return changed(clusters, FrozenMap.copyOf(instances).with(instance.key(), instance));
    }

    /**
     * The entry with an instance in the place of one that it holds, the very object, of the same
     * key. Does not search among the keys, each of which is elsewhere in memory.
     */
    public ServiceEntry withInstance(InstanceRecord instance, InstanceRecord known) {
        return changed(clusters, FrozenMap.copyOf(instances).replaced(known, instance));
    }

    /** The entry without an instance; itself if there is none of that key. */
    public ServiceEntry withoutInstance(InstanceKey key) {
        return changed(clusters, FrozenMap.copyOf(instances).without(key));
    }

    @SuppressWarnings("ReferenceEquality") // a frozen map that does not change stays the same
    private ServiceEntry changed(
            SortedMap<String, ClusterRecord> otherClusters,
            SortedMap<InstanceKey, InstanceRecord> otherInstances) {
        return otherClusters == clusters && otherInstances == instances
                ? this
                : new ServiceEntry(service, otherClusters, otherInstances);
    }

    /**
     * The same entry made of another's records where these are equal, so that who holds both holds
     * them once and sees what changed by looking at references; the other if all are equal.
     */
    @SuppressWarnings("ReferenceEquality") // what is equal has become the same above
    public ServiceEntry sharing(ServiceEntry other) {
        ServiceRecord sharedService = service.equals(other.service) ? other.service : service;
        FrozenMap<String, ClusterRecord> sharedClusters =
                FrozenMap.copyOf(clusters).sharing(FrozenMap.copyOf(other.clusters));
        FrozenMap<InstanceKey, InstanceRecord> sharedInstances =
                FrozenMap.copyOf(instances).sharing(FrozenMap.copyOf(other.instances));
        boolean all =
                sharedService == other.service
                        && sharedClusters == other.clusters
                        && sharedInstances == other.instances;
        return all ? other : new ServiceEntry(sharedService, sharedClusters, sharedInstances);
    }

    /** Takes what became of a record; nothing stands for none. */
    public interface Change {
        void changed(@Nullable RegistryRecord before, @Nullable RegistryRecord after);
    }

    /**
     * Names the records that are not the same objects as in an earlier entry of the service; a
     * record that is equal but another object is named too, unless {@link #sharing} came first.
     */
    @SuppressWarnings("ReferenceEquality") // that is what it is for
    public void eachChange(ServiceEntry before, Change sink) {
        if (service != before.service) {
            sink.changed(before.service, service);
        }
        FrozenMap.copyOf(clusters).eachChange(FrozenMap.copyOf(before.clusters), sink::changed);
        FrozenMap.copyOf(instances).eachChange(FrozenMap.copyOf(before.instances), sink::changed);
    }
}
