package dev.catamaran.tool.members;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a member answers to {@code GET /catamaran/v1/records}: one JSON object per line, each
 * service before its clusters and instances, with all fields that count in digests.
 */
final class RecordLines {

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<ServiceKey, ServiceEntry> entries = new TreeMap<>();

    private RecordLines() {}

    /**
     * The table of these lines.
     *
     * @throws IOException if a line has another form
     */
    static RegistryTable read(String lines) throws IOException {
        RecordLines reader = new RecordLines();
        for (String line : lines.split("\n", -1)) {
            if (!line.isBlank()) {
                reader.add(line);
            }
        }
        return RegistryTable.of(reader.entries.values());
    }

    private void add(String line) throws IOException {
        try {
            JsonNode node = json.readTree(line);
            ServiceKey key =
                    new ServiceKey(
                            text(node, "namespace"), text(node, "group"), text(node, "service"));
            String kind = text(node, "kind");
            switch (kind) {
                case "service" -> {
                    if (entries.put(key, ServiceEntry.of(service(key, node))) != null) {
                        throw new IOException("the same service twice: " + line);
                    }
                }
                case "cluster" -> {
                    ClusterKey cluster = new ClusterKey(key, text(node, "cluster"));
                    entries.computeIfPresent(
                            key, (k, entry) -> entry.withCluster(cluster(cluster, node)));
                }
                case "instance" ->
                        entries.computeIfPresent(
                                key, (k, entry) -> entry.withInstance(instance(key, node)));
                default -> throw new IOException("no such kind of record: " + line);
            }
            if (!entries.containsKey(key)) {
                throw new IOException("a record before its service: " + line);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("not a record: " + line, e);
        }
    }

    private static ServiceRecord service(ServiceKey key, JsonNode node) {
        return new ServiceRecord(
                key,
                (float) node.path("protectThreshold").asDouble(),
                labels(node),
                selector(node.path("selector")),
                LegacyExtras.NONE);
    }

    private static ClusterRecord cluster(ClusterKey key, JsonNode node) {
        return new ClusterRecord(
                key,
                checker(node.path("checker")),
                node.path("checkPort").asInt(),
                node.path("useInstancePort").asBoolean(),
                labels(node),
                LegacyExtras.NONE);
    }

    private static InstanceRecord instance(ServiceKey service, JsonNode node) {
        return new InstanceRecord(
                new InstanceKey(
                        service,
                        text(node, "ip"),
                        node.path("port").asInt(),
                        text(node, "cluster")),
                node.path("weight").asDouble(),
                node.path("enabled").asBoolean(),
                node.path("healthy").asBoolean(),
                node.path("ephemeral").asBoolean(),
                labels(node),
                text(node, "instanceId"),
                LegacyExtras.NONE);
    }

    private static Selector selector(JsonNode node) {
        if (!text(node, "type").equals("label")) {
            return new Selector.None();
        }
        Set<String> labels = new TreeSet<>();
        node.path("labels").forEach(label -> labels.add(label.asString()));
        return new Selector.Label(text(node, "expression"), labels);
    }

    private static HealthChecker checker(JsonNode node) {
        String type = text(node, "type");
        return switch (type) {
            case "TCP" -> new HealthChecker.Tcp();
            case "HTTP" ->
                    new HealthChecker.Http(
                            text(node, "path"),
                            text(node, "headers"),
                            node.path("expectedResponseCode").asInt());
            case "MYSQL" ->
                    new HealthChecker.Mysql(
                            text(node, "user"), text(node, "pwd"), text(node, "cmd"));
            case "NONE" -> new HealthChecker.None();
            default -> throw new IllegalArgumentException("no such checker: " + type);
        };
    }

    private static SortedMap<String, String> labels(JsonNode node) {
        SortedMap<String, String> labels = new TreeMap<>();
        node.path("metadata")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("has no text '" + name + "'");
        }
        return value.stringValue();
    }
}
