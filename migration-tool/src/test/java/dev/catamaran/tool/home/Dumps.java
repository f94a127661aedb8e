package dev.catamaran.tool.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real cluster answered over HTTP for the data of a home. */
final class Dumps {

    private Dumps() {}

    /** Compares the records with a dump, field by field. */
    static void check(RegistryTable table, Path file) throws IOException {
        JsonNode dump = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(table.serviceCount()).isEqualTo(dump.size()).isEqualTo(11);
        for (Map.Entry<String, JsonNode> expected : dump.properties()) {
            ServiceEntry entry =
                    table.entry(ServiceKey.of("public", "", expected.getKey())).orElseThrow();
            JsonNode service = expected.getValue().path("service");
            assertThat(entry.service().protectThreshold())
                    .isEqualTo((float) service.path("protectThreshold").asDouble());
            assertThat(entry.service().metadata()).isEqualTo(labels(service.path("metadata")));
            assertInstances(entry, expected.getValue());
            assertClusters(entry, expected.getValue().path("clusters"));
        }
    }

    private static void assertInstances(ServiceEntry entry, JsonNode expected) {
        List<String> wanted = new ArrayList<>();
        for (String cluster : List.of("C2", "DEFAULT")) {
            JsonNode list = expected.path("cat_" + cluster);
            for (JsonNode one : list.isArray() ? list : JsonMapper.shared().createArrayNode()) {
                wanted.add(
                        "%s:%s#%s %s %s %s %s"
                                .formatted(
                                        one.get(0).asString(),
                                        one.get(1).asInt(),
                                        cluster,
                                        one.get(2).asDouble(),
                                        one.get(3).asBoolean(),
                                        one.get(4).asBoolean(),
                                        labels(one.get(5))));
            }
        }
        assertThat(entry.instances().values().stream().map(Dumps::text))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static String text(InstanceRecord instance) {
        return "%s#%s %s %s %s %s"
                .formatted(
                        instance.key().address(),
                        instance.key().cluster(),
                        instance.weight(),
                        instance.enabled(),
                        instance.ephemeral(),
                        instance.metadata());
    }

    private static void assertClusters(ServiceEntry entry, JsonNode expected) {
        for (ClusterRecord cluster : entry.clusters().values()) {
            JsonNode wanted = expected.path(cluster.key().name());
            assertThat(cluster.checker().type())
                    .isEqualTo(wanted.path("healthChecker").path("type").asString());
            assertThat(cluster.useInstancePort())
                    .isEqualTo(wanted.path("useIPPort4Check").asBoolean());
            assertThat(cluster.metadata()).isEqualTo(labels(wanted.path("metadata")));
        }
        if (!expected.isEmpty()) {
            assertThat(entry.clusters()).containsKey("C2");
        }
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        node.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }
}
