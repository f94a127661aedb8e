package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.SortedMap;

/**
 * What an operator has set for an instance, kept apart from what its client registered, so that it
 * survives re-registration (spec: jraft-groups 3.4). Not part of a {@link ServiceEntry}.
 *
 * @param key the instance it is laid over, whether that is registered or not
 * @param weight replaces the instance's
 * @param enabled replaces the instance's
 * @param metadata laid over the instance's, sorted
 */
public record OverrideRecord(
        InstanceKey key, double weight, boolean enabled, SortedMap<String, String> metadata)
        implements RegistryRecord {

    public OverrideRecord {
        requireNonNull(key, "key is null");
        weight += 0.0;
        metadata = FrozenMap.copyOf(metadata);
    }

    @Override
    public ServiceKey service() {
        return key.service();
    }
}
