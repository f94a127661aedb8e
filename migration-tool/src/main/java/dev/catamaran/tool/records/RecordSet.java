package dev.catamaran.tool.records;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything persistent that a source holds.
 *
 * @param table services, clusters and instances as they were registered
 * @param overrides what operators have laid over instances (2.x only; spec: jraft-groups 3.4), by
 *     instance, whether that is registered or not
 */
public record RecordSet(RegistryTable table, SortedMap<InstanceKey, OverrideRecord> overrides) {

    public static final RecordSet EMPTY = of(RegistryTable.EMPTY);

    public RecordSet {
        requireNonNull(table, "table is null");
        overrides = Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
    }

    /** Records without overrides. */
    public static RecordSet of(RegistryTable table) {
        return new RecordSet(table, new TreeMap<>());
    }

    /** Records with these overrides; of two for one instance the later counts. */
    public static RecordSet of(RegistryTable table, Collection<OverrideRecord> overrides) {
        SortedMap<InstanceKey, OverrideRecord> byKey = new TreeMap<>();
        overrides.forEach(override -> byKey.put(override.key(), override));
        return new RecordSet(table, byKey);
    }

    /** The namespaces that records lie in. */
    public Set<String> namespaces() {
        return table.entries().keySet().stream()
                .map(ServiceKey::namespace)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The records as clients are shown them: weight and state of an override replace those of its
     * instance, its metadata are laid over the instance's.
     */
    public RegistryTable effective() {
        RegistryTable shown = table;
        for (OverrideRecord override : overrides.values()) {
            ServiceEntry entry = shown.entry(override.key().service()).orElse(null);
            InstanceRecord instance = entry == null ? null : entry.instances().get(override.key());
            if (entry != null && instance != null) {
                shown = shown.with(entry.withInstance(laidOver(instance, override)));
            }
        }
        return shown;
    }

    private static InstanceRecord laidOver(InstanceRecord instance, OverrideRecord override) {
        SortedMap<String, String> metadata = new TreeMap<>(instance.metadata());
        metadata.putAll(override.metadata());
        return new InstanceRecord(
                instance.key(),
                override.weight(),
                override.enabled(),
                instance.healthy(),
                instance.ephemeral(),
                metadata,
                instance.instanceId(),
                instance.extras());
    }
}
