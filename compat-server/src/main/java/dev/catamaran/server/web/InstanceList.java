package dev.catamaran.server.web;

import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to {@code GET /instance/list} (spec: legacy-raft 8.2). */
final class InstanceList {

    /** How long clients may keep it when no push comes. */
    private static final int CACHE_MS = 3_000;

    private InstanceList() {}

    static ObjectNode unknown(ServiceKey key, String clusters) {
        ObjectNode node = Forms.JSON.createObjectNode();
        node.put("name", key.grouped());
        node.put("clusters", clusters);
        node.put("cacheMillis", CACHE_MS);
        node.putArray("hosts");
        return node;
    }

    static ObjectNode of(
            ServiceEntry entry, String clusters, boolean healthyOnly, boolean grouped) {
        ServiceKey key = entry.key();
        String shown = grouped ? key.grouped() : key.name();
        List<InstanceRecord> instances = inClusters(entry, clusters);
        boolean all = protect(instances, entry.service().protectThreshold());
        ObjectNode node = Forms.JSON.createObjectNode();
        ArrayNode hosts = node.putArray("hosts");
        for (InstanceRecord instance : instances) {
            boolean healthy = instance.healthy() || all;
            if (instance.enabled() && (healthy || !healthyOnly)) {
                hosts.add(Forms.host(instance, healthy, shown));
            }
        }
        node.put("dom", shown);
        node.put("name", key.grouped());
        node.put("cacheMillis", CACHE_MS);
        node.put("lastRefTime", System.currentTimeMillis());
        node.put("checksum", Integer.toHexString(entry.hashCode()));
        node.put("useSpecifiedURL", false);
        node.put("clusters", clusters);
        node.put("env", "");
        node.set("metadata", Forms.labels(entry.service().metadata()));
        return node;
    }

    private static List<InstanceRecord> inClusters(ServiceEntry entry, String clusters) {
        if (clusters.isBlank()) {
            return List.copyOf(entry.instances().values());
        }
        Set<String> wanted =
                Arrays.stream(clusters.split(",", -1))
                        .map(String::trim)
                        .collect(Collectors.toSet());
        return entry.instances().values().stream()
                .filter(instance -> wanted.contains(instance.key().cluster()))
                .toList();
    }

    /** Whether so few are healthy that all are shown, so that the few are not overrun. */
    private static boolean protect(List<InstanceRecord> instances, float threshold) {
        long healthy = instances.stream().filter(InstanceRecord::healthy).count();
        return !instances.isEmpty() && (float) healthy / instances.size() <= threshold;
    }
}
