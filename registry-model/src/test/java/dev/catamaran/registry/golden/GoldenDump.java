package dev.catamaran.registry.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares records with what a real cluster answered for the same data over HTTP. */
public final class GoldenDump {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonNode dump;

    private GoldenDump(JsonNode dump) {
        this.dump = dump;
    }

    public static GoldenDump of(String version) {
        return new GoldenDump(MAPPER.readTree(Golden.text("dump-" + version + ".json")));
    }

    /**
     * Checks every service, cluster and instance of the dump.
     *
     * @param overrides laid over the instances, as real 2.x servers do when they answer
     */
    public void check(
            Function<ServiceKey, ServiceEntry> entries, Collection<OverrideRecord> overrides) {
        assertThat(dump.size()).isEqualTo(11);
        for (Map.Entry<String, JsonNode> expected : dump.properties()) {
            ServiceEntry entry = entries.apply(ServiceKey.of("", "", expected.getKey()));
            checkService(entry, expected.getValue());
            for (String cluster : List.of("C2", "DEFAULT")) {
                checkInstances(
                        entry, overrides, cluster, expected.getValue().path("cat_" + cluster));
            }
        }
    }

    /** Checks one service and its clusters, as far as they are known. */
    public void checkService(ServiceEntry entry) {
        checkService(entry, dump.path(entry.key().grouped()));
    }

    /** Checks the instances of one service. */
    public void checkInstances(ServiceEntry entry) {
        for (String cluster : List.of("C2", "DEFAULT")) {
            JsonNode expected = dump.path(entry.key().grouped()).path("cat_" + cluster);
            checkInstances(entry, List.of(), cluster, expected);
        }
    }

    private static void checkService(ServiceEntry entry, JsonNode expected) {
        JsonNode service = expected.path("service");
        assertThat(entry.service().protectThreshold())
                .isEqualTo(service.path("protectThreshold").floatValue());
        assertThat(entry.service().metadata()).isEqualTo(labels(service.path("metadata")));
        for (Map.Entry<String, JsonNode> named : expected.path("clusters").properties()) {
            ClusterKey key = new ClusterKey(entry.key(), named.getKey());
            // a cluster without a record is one that instances merely name
            ClusterRecord cluster =
                    entry.clusters().getOrDefault(key.name(), ClusterRecord.ofDefaults(key));
            // 1.3 calls it by the name of its class
            String checker = named.getValue().path("healthChecker").path("type").stringValue();
            assertThat(cluster.checker().type())
                    .isEqualTo(checker.replace("AbstractHealthChecker$None", "NONE"));
            assertThat(cluster.metadata()).isEqualTo(labels(named.getValue().path("metadata")));
            assertThat(cluster.useInstancePort())
                    .isEqualTo(named.getValue().path("useIPPort4Check").booleanValue());
        }
    }

    private static void checkInstances(
            ServiceEntry entry,
            Collection<OverrideRecord> overrides,
            String cluster,
            JsonNode expected) {
        List<List<Object>> ours =
                entry.instances().values().stream()
                        .filter(instance -> instance.key().cluster().equals(cluster))
                        .map(instance -> shown(instance, overrides))
                        .toList();
        List<List<Object>> theirs = new java.util.ArrayList<>();
        if (expected.isArray()) {
            for (JsonNode one : expected) {
                theirs.add(
                        List.of(
                                one.get(0).stringValue(),
                                one.get(1).intValue(),
                                one.get(2).doubleValue(),
                                one.get(3).booleanValue(),
                                one.get(4).booleanValue(),
                                labels(one.get(5))));
            }
        }
        assertThat(ours).as("%s %s", entry.key(), cluster).isEqualTo(theirs);
    }

    private static List<Object> shown(
            InstanceRecord instance, Collection<OverrideRecord> overrides) {
        double weight = instance.weight();
        boolean enabled = instance.enabled();
        Map<String, String> labels = new TreeMap<>(instance.metadata());
        for (OverrideRecord override : overrides) {
            if (override.key().equals(instance.key())) {
                weight = override.weight();
                enabled = override.enabled();
                labels.putAll(override.metadata());
            }
        }
        return List.of(
                instance.key().ip(),
                instance.key().port(),
                weight,
                enabled,
                instance.ephemeral(),
                labels);
    }

    private static Map<String, String> labels(JsonNode node) {
        return node.properties().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                label -> label.getValue().stringValue(),
                                (a, b) -> b,
                                TreeMap::new));
    }
}
