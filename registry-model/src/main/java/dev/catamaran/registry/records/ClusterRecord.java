package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.SortedMap;

/**
 * A cluster of a service that somebody configured. (A cluster that instances merely name is implied
 * and has no record.)
 *
 * @param key identity
 * @param checker how its instances are probed
 * @param checkPort port probed unless {@code useInstancePort}; 1.x {@code defCkport}, 2.x {@code
 *     healthyCheckPort}
 * @param useInstancePort whether each instance's own port is probed
 * @param metadata labels of the cluster, sorted
 * @param extras 1.x fields without a place in 2.x; not part of the digest
 */
public record ClusterRecord(
        ClusterKey key,
        HealthChecker checker,
        int checkPort,
        boolean useInstancePort,
        SortedMap<String, String> metadata,
        LegacyExtras extras)
        implements RegistryRecord {

    /** The port 1.x and 2.x both assume when none is said. */
    public static final int DEFAULT_CHECK_PORT = 80;

    public ClusterRecord {
        requireNonNull(key, "key is null");
        requireNonNull(checker, "checker is null");
        metadata = FrozenMap.copyOf(metadata);
        requireNonNull(extras, "extras is null");
    }

    /** A cluster as both worlds create it when nobody configured it. */
    public static ClusterRecord ofDefaults(ClusterKey key) {
        return new ClusterRecord(
                key,
                HealthChecker.DEFAULT,
                DEFAULT_CHECK_PORT,
                true,
                FrozenMap.empty(),
                LegacyExtras.NONE);
    }

    /** The same record with other 1.x extras. */
    public ClusterRecord withExtras(LegacyExtras other) {
        return new ClusterRecord(key, checker, checkPort, useInstancePort, metadata, other);
    }

    @Override
    public ServiceKey service() {
        return key.service();
    }
}
