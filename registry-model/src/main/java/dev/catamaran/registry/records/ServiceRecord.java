package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;

/**
 * A service.
 *
 * @param key identity
 * @param protectThreshold share of healthy instances, 0 to 1, at or below which all are returned
 * @param metadata labels of the service, sorted
 * @param selector which consumers see which instances
 * @param ephemeral the kind 2.x has noted for the service's instances, which matters to it while
 *     there are none; 1.x has no such field and says {@code false}. Not part of the digest
 * @param extras 1.x fields without a place in 2.x; not part of the digest
 */
public record ServiceRecord(
        ServiceKey key,
        float protectThreshold,
        SortedMap<String, String> metadata,
        Selector selector,
        boolean ephemeral,
        LegacyExtras extras)
        implements RegistryRecord {

    public ServiceRecord {
        requireNonNull(key, "key is null");
        protectThreshold += 0f;
        metadata = FrozenMap.copyOf(metadata);
        requireNonNull(selector, "selector is null");
        requireNonNull(extras, "extras is null");
    }

    /** A service of persistent instances. */
    public ServiceRecord(
            ServiceKey key,
            float protectThreshold,
            SortedMap<String, String> metadata,
            Selector selector,
            LegacyExtras extras) {
        this(key, protectThreshold, metadata, selector, false, extras);
    }

    /** The service as both worlds create it when an instance of an unknown service arrives. */
    public static ServiceRecord ofDefaults(ServiceKey key) {
        return of(key, 0f, Map.of());
    }

    /** A service of persistent instances, without selector and 1.x extras. */
    public static ServiceRecord of(
            ServiceKey key, float protectThreshold, Map<String, String> metadata) {
        return new ServiceRecord(
                key,
                protectThreshold,
                FrozenMap.copyOf(metadata),
                new Selector.None(),
                false,
                LegacyExtras.NONE);
    }

    /** The same record with other 1.x extras. */
    public ServiceRecord withExtras(LegacyExtras other) {
        return new ServiceRecord(key, protectThreshold, metadata, selector, ephemeral, other);
    }

    /** The same record with another kind. */
    public ServiceRecord withEphemeral(boolean other) {
        return new ServiceRecord(key, protectThreshold, metadata, selector, other, extras);
    }

    @Override
    public ServiceKey service() {
        return key;
    }
}
