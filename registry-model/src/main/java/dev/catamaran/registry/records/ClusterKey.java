package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Identity of a cluster inside a service.
 *
 * @param service the service
 * @param name cluster name; a blank one is {@value #DEFAULT_CLUSTER}
 */
public record ClusterKey(ServiceKey service, String name) implements Comparable<ClusterKey> {

    public static final String DEFAULT_CLUSTER = "DEFAULT";

    private static final Comparator<ClusterKey> ORDER =
            Comparator.comparing(ClusterKey::service).thenComparing(ClusterKey::name);

    public ClusterKey {
        requireNonNull(service, "service is null");
        name = requireNonNull(name, "name is null").isBlank() ? DEFAULT_CLUSTER : name;
    }

    @Override
    public int compareTo(ClusterKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return service.text() + "/" + name;
    }
}
