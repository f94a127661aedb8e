package dev.catamaran.legacyraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Homes of real servers hold what their cluster answered, field by field. */
class GoldenHomesTest {

    private static final Path HOMES = Path.of("src/test/resources/homes");

    @TempDir private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.4.2"})
    void aHomeLoadsToWhatItsClusterAnswered(String version) throws IOException {
        copy(HOMES.resolve(version), home.resolve("data"));
        Held held = new FileLegacyStore(home).load();
        JsonNode dump =
                JsonMapper.shared()
                        .readTree(
                                Files.readString(
                                        HOMES.resolve(version).resolve("expected-dump.json")));

        long services =
                held.datums().values().stream()
                        .filter(datum -> datum.key().startsWith(LegacyKey.META_PREFIX))
                        .filter(datum -> !datum.key().equals(LegacyKey.SWITCH_KEY))
                        .count();
        assertThat(services).isEqualTo(dump.size()).isEqualTo(11);
        for (Map.Entry<String, JsonNode> expected : dump.properties()) {
            ServiceKey service = ServiceKey.of("public", "", expected.getKey());
            ServiceEntry entry =
                    ServiceJson.decode(service, value(held, new LegacyKey.Service(service)))
                            .orThrow();
            assertService(entry, expected.getValue());
            Collection<InstanceRecord> instances =
                    expected.getKey().endsWith("empty-svc")
                            ? List.of()
                            : InstancesJson.decode(
                                            service, value(held, new LegacyKey.Instances(service)))
                                    .orThrow()
                                    .values();
            assertInstances(instances, expected.getValue());
        }
    }

    private static String value(Held held, LegacyKey key) {
        return held.datums().get(key.text()).orElseThrow().value();
    }

    private static void assertService(ServiceEntry entry, JsonNode expected) {
        JsonNode service = expected.path("service");
        assertThat(entry.service().protectThreshold())
                .isEqualTo((float) service.path("protectThreshold").asDouble());
        assertThat(entry.service().metadata()).isEqualTo(labels(service.path("metadata")));
        JsonNode clusters = expected.path("clusters");
        // 1.4 makes the cluster DEFAULT of its instances alone
        TreeSet<String> implied = new TreeSet<>(clusters.propertyNames());
        implied.removeAll(names(entry));
        assertThat(implied).isSubsetOf("DEFAULT");
        for (ClusterRecord cluster : entry.clusters().values()) {
            JsonNode wanted = clusters.path(cluster.key().name());
            assertThat(cluster.checker().type())
                    .isEqualTo(wanted.path("healthChecker").path("type").asString());
            assertThat(cluster.useInstancePort())
                    .isEqualTo(wanted.path("useIPPort4Check").asBoolean());
            assertThat(cluster.metadata()).isEqualTo(labels(wanted.path("metadata")));
        }
    }

    private static List<String> names(ServiceEntry entry) {
        return List.copyOf(entry.clusters().keySet());
    }

    private static void assertInstances(Collection<InstanceRecord> held, JsonNode expected) {
        List<String> wanted = new ArrayList<>();
        for (String cluster : List.of("C2", "DEFAULT")) {
            for (JsonNode one : expected.path("cat_" + cluster)) {
                if (one.isArray()) {
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
        }
        assertThat(held.stream().map(GoldenHomesTest::text))
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

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        node.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
