package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The 1.x form of a service with its clusters (spec: legacy-raft 2.4). Instances are a datum of
 * their own: {@link InstancesJson}.
 */
public final class ServiceJson {

    /** Most clusters of one service that are taken. */
    static final int MAX_CLUSTERS = 10_000;

    /** Fields kept beside the record, in the order in which 1.4 writes them. */
    static final List<String> EXTRAS =
            List.of(
                    "appName",
                    "finalizeCount",
                    "token",
                    "owners",
                    "resetWeight",
                    "enabled",
                    "ipDeleteTimeout",
                    "lastModifiedMillis",
                    "checksum");

    static final List<String> CLUSTER_EXTRAS =
            List.of("defaultPort", "defaultCheckPort", "sitegroup", "submask", "defIPPort");

    /** Also the name of the extra that keeps a checker of a type no server knows. */
    private static final String CHECKER = "healthChecker";

    private ServiceJson() {}

    /**
     * Reads the value of a service datum.
     *
     * @param key the service, from the datum's key; names inside the value do not count
     * @return a service without instances
     */
    public static Decoded<ServiceEntry> decode(ServiceKey key, String json) {
        return Decoded.of(() -> read(key, json));
    }

    private static ServiceEntry read(ServiceKey key, String json) {
        ObjectNode service = Json.object(Json.readTyped(json, "value"), "value");
        FastjsonReferences.resolve(service);
        ServiceRecord record =
                new ServiceRecord(
                        key,
                        threshold(service),
                        Json.labels(service, "metadata"),
                        selector(service),
                        Json.extras(service, EXTRAS));
        return new ServiceEntry(record, clusters(key, service), new TreeMap<>());
    }

    private static float threshold(ObjectNode service) {
        float threshold = (float) Json.number(service, "protectThreshold", 0);
        if (!Float.isFinite(threshold)) {
            throw new DecodeException("is too large", "protectThreshold");
        }
        return threshold;
    }

    private static Selector selector(ObjectNode service) {
        if (!Json.has(service, "selector")) {
            return new Selector.None();
        }
        ObjectNode selector = Json.object(service.get("selector"), "selector");
        String type = Json.text(selector, "type", "none");
        return switch (type) {
            case "none", "unknown" -> new Selector.None();
            case "label" ->
                    new Selector.Label(Json.text(selector, "expression", ""), labels(selector));
            default -> throw new DecodeException("unknown type " + type, "selector");
        };
    }

    /** Label names; fastjson wrote them as a string with an array in it. */
    private static Set<String> labels(ObjectNode selector) {
        Set<String> labels = new TreeSet<>();
        JsonNode names = selector.path("labels");
        if (names.isString()) {
            names = Json.read(names.stringValue(), "selector.labels");
        }
        for (JsonNode name : names) {
            if (name.isString()) {
                labels.add(Json.wellFormed(name.stringValue(), "selector.labels"));
            }
        }
        return labels;
    }

    private static SortedMap<String, ClusterRecord> clusters(ServiceKey key, ObjectNode service) {
        SortedMap<String, ClusterRecord> clusters = new TreeMap<>();
        if (!Json.has(service, "clusterMap")) {
            return clusters;
        }
        ObjectNode map = Json.object(service.get("clusterMap"), "clusterMap");
        if (map.size() > MAX_CLUSTERS) {
            throw new DecodeException("has more than " + MAX_CLUSTERS + " clusters", "clusterMap");
        }
        for (Map.Entry<String, JsonNode> named : map.properties()) {
            String where = "clusterMap." + named.getKey();
            try {
                ObjectNode cluster = Json.object(named.getValue(), "");
                String name = Json.wellFormed(named.getKey(), "name");
                ClusterRecord record = cluster(new ClusterKey(key, name), cluster);
                if (clusters.put(record.key().name(), record) != null) {
                    throw new DecodeException("is there twice, once without a name", "");
                }
            } catch (DecodeException e) {
                throw new DecodeException(e.refusal().in(where));
            }
        }
        return clusters;
    }

    private static ClusterRecord cluster(ClusterKey key, ObjectNode cluster) {
        int usual = Json.port(cluster, "defaultCheckPort", ClusterRecord.DEFAULT_CHECK_PORT);
        int checkPort =
                Json.whole(cluster, "defCkport", -1) == -1
                        ? usual
                        : Json.port(cluster, "defCkport", usual);
        return new ClusterRecord(
                key,
                CheckerJson.read(cluster.path(CHECKER)),
                checkPort,
                Json.flag(cluster, "useIPPort4Check", true),
                Json.labels(cluster, "metadata"),
                clusterExtras(cluster));
    }

    private static LegacyExtras clusterExtras(ObjectNode cluster) {
        LegacyExtras extras = Json.extras(cluster, CLUSTER_EXTRAS);
        if (!CheckerJson.isUnknown(cluster.path(CHECKER))) {
            return extras;
        }
        SortedMap<String, String> fields = new TreeMap<>(extras.fields());
        fields.put(CHECKER, cluster.path(CHECKER).toString());
        return new LegacyExtras(fields);
    }

    /** The value of the service's datum, with every field that a 1.4 server reads. */
    public static String encode(ServiceEntry entry) {
        ServiceRecord record = entry.service();
        ServiceKey key = record.key();
        ObjectNode json = Json.newObject();
        json.put("name", key.grouped());
        json.put("protectThreshold", record.protectThreshold());
        put(json, record.extras(), "appName");
        json.put("groupName", key.group());
        json.set("metadata", Json.labels(record.metadata(), record.extras()));
        put(json, record.extras(), "finalizeCount", "0");
        put(json, record.extras(), "token");
        put(json, record.extras(), "owners", "[]");
        put(json, record.extras(), "resetWeight", "false");
        put(json, record.extras(), "enabled", "true");
        json.set("selector", selector(record.selector()));
        json.put("namespaceId", key.namespace());
        put(json, record.extras(), "ipDeleteTimeout", "30000");
        put(json, record.extras(), "lastModifiedMillis", "0");
        put(json, record.extras(), "checksum");
        ObjectNode clusters = json.putObject("clusterMap");
        entry.clusters().forEach((name, cluster) -> clusters.set(name, cluster(cluster)));
        return json.toString();
    }

    private static ObjectNode cluster(ClusterRecord record) {
        ObjectNode json = Json.newObject();
        json.put("serviceName", record.service().grouped());
        json.put("name", record.key().name());
        json.set(CHECKER, CheckerJson.write(record.checker()));
        if (record.checker() instanceof HealthChecker.None) {
            put(json, record.extras(), CHECKER);
        }
        put(json, record.extras(), "defaultPort", "80");
        put(json, record.extras(), "defaultCheckPort", "80");
        json.put("useIPPort4Check", record.useInstancePort());
        json.set("metadata", Json.labels(record.metadata(), record.extras()));
        put(json, record.extras(), "sitegroup", "\"\"");
        put(json, record.extras(), "submask");
        json.put("defCkport", record.checkPort());
        put(json, record.extras(), "defIPPort", Integer.toString(record.checkPort()));
        return json;
    }

    private static ObjectNode selector(Selector selector) {
        ObjectNode json = Json.newObject();
        if (selector instanceof Selector.Label label) {
            json.put("type", "label");
            json.put("expression", label.expression());
            label.labels().forEach(json.putArray("labels")::add);
        } else {
            json.put("type", "none");
        }
        return json;
    }

    static void put(ObjectNode json, LegacyExtras extras, String name) {
        String kept = extras.fields().get(name);
        if (kept != null) {
            json.set(name, Json.parseOwn(kept));
        }
    }

    static void put(ObjectNode json, LegacyExtras extras, String name, String missing) {
        json.set(name, Json.parseOwn(extras.fields().getOrDefault(name, missing)));
    }
}
