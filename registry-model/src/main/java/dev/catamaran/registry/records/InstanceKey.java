package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

/**
 * Identity of an instance inside a service, as 1.x sees it: address and cluster. (2.x keeps one
 * instance per service and address; two that differ only in cluster cannot be carried there.)
 *
 * @param service the service
 * @param ip address or host name, as the client gave it
 * @param port port, 0 to 65535
 * @param cluster cluster name; a blank one is {@code DEFAULT}
 */
public record InstanceKey(ServiceKey service, String ip, int port, String cluster)
        implements Comparable<InstanceKey> {

    public InstanceKey {
        requireNonNull(service, "service is null");
        requireNonNull(ip, "ip is null");
        cluster =
                requireNonNull(cluster, "cluster is null").isBlank()
                        ? ClusterKey.DEFAULT_CLUSTER
                        : cluster;
    }

    /** {@code ip:port}, what 2.x keeps one instance of per service. */
    public String address() {
        return ip + ":" + port;
    }

    /** The id both worlds give an instance that has none: {@code ip#port#cluster#GROUP@@name}. */
    public String defaultInstanceId() {
        return ip + "#" + port + "#" + cluster + "#" + service.grouped();
    }

    @Override
    public int compareTo(InstanceKey other) {
        int order = service.compareTo(other.service);
        order = order != 0 ? order : ServiceKey.compare(ip, other.ip);
        order = order != 0 ? order : Integer.compare(port, other.port);
        return order != 0 ? order : ServiceKey.compare(cluster, other.cluster);
    }

    @Override
    public String toString() {
        return service.text() + "/" + address() + "#" + cluster;
    }
}
