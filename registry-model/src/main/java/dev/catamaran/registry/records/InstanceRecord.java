package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;

/**
 * An instance of a service.
 *
 * @param key identity
 * @param weight share of traffic, 0 to 10000
 * @param enabled whether consumers are given it
 * @param healthy last known health
 * @param ephemeral whether it lives only as long as its client; persistent ones are {@code false}
 * @param metadata labels of the instance, sorted
 * @param instanceId id shown to consumers; never blank
 * @param extras 1.x fields without a place in 2.x; not part of the digest
 */
public record InstanceRecord(
        InstanceKey key,
        double weight,
        boolean enabled,
        boolean healthy,
        boolean ephemeral,
        SortedMap<String, String> metadata,
        String instanceId,
        LegacyExtras extras)
        implements RegistryRecord {

    public InstanceRecord {
        requireNonNull(key, "key is null");
        weight += 0.0;
        metadata = FrozenMap.copyOf(metadata);
        instanceId =
                requireNonNull(instanceId, "instanceId is null").isBlank()
                        ? key.defaultInstanceId()
                        : instanceId;
        requireNonNull(extras, "extras is null");
    }

    /** A healthy persistent instance with its default id and no 1.x extras. */
    public static InstanceRecord persistent(
            InstanceKey key, double weight, boolean enabled, Map<String, String> metadata) {
        return new InstanceRecord(
                key,
                weight,
                enabled,
                true,
                false,
                FrozenMap.copyOf(metadata),
                key.defaultInstanceId(),
                LegacyExtras.NONE);
    }

    /** The same record with other 1.x extras. */
    public InstanceRecord withExtras(LegacyExtras other) {
        return new InstanceRecord(
                key, weight, enabled, healthy, ephemeral, metadata, instanceId, other);
    }

    @Override
    public ServiceKey service() {
        return key.service();
    }
}
