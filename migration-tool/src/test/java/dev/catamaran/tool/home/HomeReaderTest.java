package dev.catamaran.tool.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HomeReaderTest {

    @TempDir Path folder;

    private static RegistryTable records(Path... homes) throws IOException {
        HomeContents contents = HomeReader.read(List.of(homes));
        assertThat(contents).isInstanceOf(HomeContents.Records.class);
        return ((HomeContents.Records) contents).records();
    }

    private static String refusal(Path... homes) throws IOException {
        HomeContents contents = HomeReader.read(List.of(homes));
        return assertThat(contents).asInstanceOf(type(HomeContents.Refused.class)).actual().text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.4.2"})
    void findsEveryRecordThatTheRealClusterAnswered(String version) throws IOException {
        RegistryTable table = records(GoldenHomes.of(version));
        JsonNode dump =
                JsonMapper.shared()
                        .readTree(
                                Files.readString(
                                        GoldenHomes.of(version).resolve("expected-dump.json")));

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
        assertThat(entry.instances().values().stream().map(HomeReaderTest::text))
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

    @Test
    void refusesAHomeWhoseFilesDoNotHoldTheRecords() throws IOException {
        assertThat(refusal(GoldenHomes.of("1.3.2")))
                .contains("its files do not hold the records")
                .contains("meta.properties")
                .contains("Export the records from a live member first");
    }

    @Test
    void refusesAFolderThatIsNoHome() throws IOException {
        assertThat(refusal(folder)).contains("not the home of a 1.x server");
    }

    @Test
    void refusesABrokenRecordAndNamesItsFile() throws IOException {
        SampleHome.writeTo(folder);
        String name = "com.alibaba.nacos.naming.iplist.public##DEFAULT_GROUP@@implied";
        Path file = folder.resolve("data/naming/data/public").resolve(name);
        String whole = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(file, whole.substring(0, whole.length() / 2));

        assertThat(refusal(folder)).contains("not a 1.x record").contains(name);
    }

    @Test
    void takesOfEachRecordTheOneWrittenLastInAnyHome() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        SampleHome.writeTo(first);
        SampleHome.writeTo(second);
        String name = "com.alibaba.nacos.naming.iplist.public##DEFAULT_GROUP@@implied";
        Path file = second.resolve("data/naming/data/public").resolve(name);
        String newer =
                Files.readString(file, StandardCharsets.UTF_8)
                        .replace("\"weight\":1.0", "\"weight\":3.0")
                        .replace("\"timestamp\":1", "\"timestamp\":2");
        Files.writeString(file, newer);

        assertThat(records(first, second).digest()).isEqualTo(records(second).digest());
        assertThat(records(second, first).digest()).isEqualTo(records(second).digest());
        assertThat(Diff.between(records(first), records(second), 10)).hasSize(1);
    }

    @Test
    void theSampleHoldsWhatTripsOthers() throws IOException {
        SampleHome.writeTo(folder);
        RegistryTable table = records(folder);

        assertThat(table.entries().keySet().stream().map(ServiceKey::namespace).distinct())
                .hasSize(3);
        assertThat(table.entries().keySet().stream().map(ServiceKey::group).distinct()).hasSize(2);
        assertThat(table.entries().values().stream().flatMap(e -> e.clusters().values().stream()))
                .extracting(cluster -> cluster.checker().type())
                .contains("TCP", "HTTP", "MYSQL", "NONE");
        assertThat(table.entries().values().stream().flatMap(e -> e.instances().values().stream()))
                .anySatisfy(one -> assertThat(one.enabled()).isFalse())
                .anySatisfy(one -> assertThat(one.weight()).isEqualTo(7.5))
                .anySatisfy(
                        one ->
                                assertThat(one.metadata())
                                        .containsEntry("text", "a+b 100% & 中文 \"quoted\" <é>"));
        assertThat(table.instanceCount()).isGreaterThan(80);
    }

    @Test
    void copiesTheDataAndLeavesTheSourceAlone() throws IOException {
        Path source = folder.resolve("source");
        Path copy = folder.resolve("copy");
        SampleHome.writeTo(source);
        Files.createDirectories(source.resolve("conf"));
        Files.writeString(source.resolve("conf").resolve("cluster.conf"), "10.0.0.1:8848");

        HomeCopy.data(source, copy);

        assertThat(records(copy).digest()).isEqualTo(records(source).digest());
        assertThat(copy.resolve("conf")).doesNotExist();
        HomeCopy.remove(copy);
        assertThat(copy).doesNotExist();
        assertThat(records(source).instanceCount()).isPositive();
    }
}
