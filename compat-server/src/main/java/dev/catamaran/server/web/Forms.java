package dev.catamaran.server.web;

import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records in the JSON of the 1.x client calls (spec: legacy-raft 8), both ways. */
final class Forms {

    /** Nothing a client sends as JSON in a parameter is deep or long. */
    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(16)
                                                    .maxDocumentLength(4_000_000)
                                                    .build())
                                    .build())
                    .build();

    private static final int HTTP_OK = 200;

    /** What 1.x writes in every cluster it creates. */
    private static final int DEFAULT_PORT = 80;

    private Forms() {}

    static ObjectNode labels(Map<String, String> labels) {
        ObjectNode node = JSON.createObjectNode();
        labels.forEach(node::put);
        return node;
    }

    static ObjectNode selector(Selector selector) {
        ObjectNode node = JSON.createObjectNode();
        if (selector instanceof Selector.Label label) {
            node.put("type", "label");
            node.put("expression", label.expression());
            label.labels().forEach(node.putArray("labels")::add);
        } else {
            node.put("type", "none");
        }
        return node;
    }

    static Selector readSelector(String text) {
        JsonNode node = object(text, "selector");
        String type = node.path("type").asString("none");
        if (type.equals("none")) {
            return new Selector.None();
        }
        if (!type.equals("label")) {
            throw BadRequest.illegal("not match any type of selector: " + type);
        }
        TreeSet<String> labels = new TreeSet<>();
        node.path("labels").forEach(label -> labels.add(label.asString("")));
        return new Selector.Label(node.path("expression").asString(""), labels);
    }

    static ObjectNode checker(HealthChecker checker) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", checker.type());
        if (checker instanceof HealthChecker.Http http) {
            node.put("path", http.path());
            node.put("headers", http.headers());
            node.put("expectedResponseCode", http.expectedResponseCode());
        } else if (checker instanceof HealthChecker.Mysql mysql) {
            node.put("user", mysql.user());
            node.put("pwd", mysql.pwd());
            node.put("cmd", mysql.cmd());
        }
        return node;
    }

    static HealthChecker readChecker(String text) {
        JsonNode node = object(text, "healthChecker");
        String type = node.path("type").asString("");
        return switch (type) {
            case "TCP" -> new HealthChecker.Tcp();
            case "NONE" -> new HealthChecker.None();
            case "HTTP" ->
                    new HealthChecker.Http(
                            node.path("path").asString(""),
                            node.path("headers").asString(""),
                            node.path("expectedResponseCode").asInt(HTTP_OK));
            case "MYSQL" ->
                    new HealthChecker.Mysql(
                            node.path("user").asString(""),
                            node.path("pwd").asString(""),
                            node.path("cmd").asString(""));
            default -> throw BadRequest.illegal("unknown health checker type: " + type);
        };
    }

    private static JsonNode object(String text, String name) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // told below
        }
        throw BadRequest.illegal("Param '" + name + "' is not a JSON object: " + text);
    }

    /** A host of {@code GET /instance/list}. */
    static ObjectNode host(InstanceRecord instance, boolean healthy, String serviceName) {
        ObjectNode node = JSON.createObjectNode();
        node.put("ip", instance.key().ip());
        node.put("port", instance.key().port());
        node.put("valid", healthy);
        node.put("healthy", healthy);
        node.put("marked", false);
        node.put("instanceId", instance.instanceId());
        node.set("metadata", labels(instance.metadata()));
        node.put("enabled", instance.enabled());
        node.put("weight", instance.weight());
        node.put("clusterName", instance.key().cluster());
        node.put("serviceName", serviceName);
        node.put("ephemeral", instance.ephemeral());
        return node;
    }

    /** An instance as the catalogue shows it, disabled ones too. */
    static ObjectNode catalogued(InstanceRecord instance) {
        ObjectNode node = JSON.createObjectNode();
        node.put("instanceId", instance.instanceId());
        node.put("ip", instance.key().ip());
        node.put("port", instance.key().port());
        node.put("weight", instance.weight());
        node.put("healthy", instance.healthy());
        node.put("enabled", instance.enabled());
        node.put("ephemeral", instance.ephemeral());
        node.put("clusterName", instance.key().cluster());
        node.put("serviceName", instance.service().grouped());
        node.set("metadata", labels(instance.metadata()));
        node.put("marked", false);
        return node;
    }

    /** A cluster as the catalogue shows it. */
    static ObjectNode catalogued(ClusterRecord cluster) {
        ObjectNode node = JSON.createObjectNode();
        node.put("serviceName", cluster.service().grouped());
        node.put("name", cluster.key().name());
        node.set("healthChecker", checker(cluster.checker()));
        node.set("defaultPort", extra(cluster, "defaultPort"));
        node.set("defaultCheckPort", extra(cluster, "defaultCheckPort"));
        node.put("useIPPort4Check", cluster.useInstancePort());
        node.set("metadata", labels(cluster.metadata()));
        node.put("defCkport", cluster.checkPort());
        return node;
    }

    private static JsonNode extra(ClusterRecord cluster, String field) {
        String kept = cluster.extras().fields().get(field);
        return kept == null ? JSON.getNodeFactory().numberNode(DEFAULT_PORT) : JSON.readTree(kept);
    }

    /**
     * The clusters of a service as clients see them: the configured ones, and with defaults those
     * that instances merely name.
     */
    static SortedMap<String, ClusterRecord> clusters(ServiceEntry entry) {
        SortedMap<String, ClusterRecord> clusters = new TreeMap<>(entry.clusters());
        for (InstanceRecord instance : entry.instances().values()) {
            String name = instance.key().cluster();
            clusters.computeIfAbsent(
                    name, ignored -> ClusterRecord.ofDefaults(new ClusterKey(entry.key(), name)));
        }
        return clusters;
    }
}
