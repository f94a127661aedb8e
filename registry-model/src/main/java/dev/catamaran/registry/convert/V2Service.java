package dev.catamaran.registry.convert;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service as a 2.x cluster holds it: one kind, one instance per address, no 1.x fields, and what
 * operators set apart from what clients registered (spec: jraft-groups 3.2 to 3.4). The 1.x form is
 * {@link ServiceEntry}.
 *
 * @param service the service; its {@code ephemeral} is the kind of all instances
 * @param clusters configured clusters by name
 * @param instances instances by address
 * @param overrides what operators set, by instance, whether that is registered or not
 */
public record V2Service(
        ServiceRecord service,
        SortedMap<String, ClusterRecord> clusters,
        SortedMap<String, InstanceRecord> instances,
        SortedMap<InstanceKey, OverrideRecord> overrides) {

    /**
     * @throws IllegalArgumentException if the parts are of two services, or what 2.x cannot hold
     */
    public V2Service {
        requireNonNull(service, "service is null");
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
        overrides = Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
        require(service.extras().equals(LegacyExtras.NONE), service.key().text());
        for (ClusterRecord cluster : clusters.values()) {
            require(cluster.service().equals(service.key()), cluster.key().toString());
            require(cluster.extras().equals(LegacyExtras.NONE), cluster.key().toString());
        }
        for (InstanceRecord instance : instances.values()) {
            require(instance.service().equals(service.key()), instance.key().toString());
            require(instance.ephemeral() == service.ephemeral(), instance.key().toString());
            require(instance.extras().equals(LegacyExtras.NONE), instance.key().toString());
        }
        for (InstanceKey key : overrides.keySet()) {
            require(key.service().equals(service.key()), key.toString());
        }
    }

    private static void require(boolean fits, String record) {
        if (!fits) {
            throw new IllegalArgumentException("a 2.x service cannot hold " + record);
        }
    }

    /**
     * The service from the records of the groups, which hold persistent instances only: what it has
     * instances of is its kind, and while it has none the kind that is noted.
     *
     * @param entry read from payloads or snapshots of 2.x
     * @param overrides those of other services do not count
     */
    public static V2Service of(ServiceEntry entry, Collection<OverrideRecord> overrides) {
        boolean ephemeral =
                entry.instances().isEmpty()
                        ? entry.service().ephemeral()
                        : entry.instances().values().stream().allMatch(InstanceRecord::ephemeral);
        SortedMap<String, InstanceRecord> instances = new TreeMap<>();
        for (InstanceRecord one : entry.instances().values()) {
            require(instances.put(one.key().address(), one) == null, one.key().toString());
        }
        SortedMap<InstanceKey, OverrideRecord> own = new TreeMap<>();
        overrides.stream()
                .filter(override -> override.key().service().equals(entry.key()))
                .forEach(override -> own.put(override.key(), override));
        return new V2Service(
                entry.service().withEphemeral(ephemeral), entry.clusters(), instances, own);
    }

    public ServiceKey key() {
        return service.key();
    }

    /** The records without the overrides, as stacks hold them. */
    public ServiceEntry entry() {
        SortedMap<InstanceKey, InstanceRecord> byKey = new TreeMap<>();
        instances.values().forEach(instance -> byKey.put(instance.key(), instance));
        return new ServiceEntry(service, clusters, byKey);
    }
}
