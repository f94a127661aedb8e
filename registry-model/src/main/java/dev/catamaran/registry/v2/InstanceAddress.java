package dev.catamaran.registry.v2;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ServiceKey;

/**
 * Identity of a persistent instance in 2.x, which keeps one per service and address whatever its
 * cluster (spec: jraft-groups 3.2).
 */
public record InstanceAddress(ServiceKey service, String ip, int port) {
    public InstanceAddress {
        requireNonNull(service, "service is null");
        requireNonNull(ip, "ip is null");
    }
}
