package dev.catamaran.tool.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static final String IDENTITY =
            "\"namespace\":\"staging\",\"group\":\"G\",\"service\":\"orders\"";
    private static final String SERVICE =
            "{\"kind\":\"service\","
                    + IDENTITY
                    + ",\"protectThreshold\":0.3,\"metadata\":{\"t\":\"a+b % &"
                    + " 中文\"},\"selector\":{\"type\":\"label\",\"expression\":\"x ="
                    + " y\",\"labels\":[\"y\"]}}";
    private static final String CLUSTER =
            "{\"kind\":\"cluster\","
                    + IDENTITY
                    + ",\"cluster\":\"C\",\"checker\":{\"type\":\"HTTP\",\"path\":\"/h\","
                    + "\"headers\":\"\",\"expectedResponseCode\":204},\"checkPort\":81,"
                    + "\"useInstancePort\":false,\"metadata\":{}}";
    private static final String INSTANCE =
            "{\"kind\":\"instance\","
                    + IDENTITY
                    + ",\"ip\":\"10.0.0.1\",\"port\":80,\"cluster\":\"C\",\"weight\":7.5,"
                    + "\"enabled\":false,\"healthy\":true,\"ephemeral\":false,\"metadata\":{},"
                    + "\"instanceId\":\"i-1\"}";

    @Test
    void readsServicesClustersAndInstancesWithAllTheirFields() throws IOException {
        RegistryTable table =
                RecordReader.read(SERVICE + "\n" + CLUSTER + "\n" + INSTANCE + "\n").table();
        ServiceEntry entry = table.entry(new ServiceKey("staging", "G", "orders")).orElseThrow();

        assertThat(entry.service().protectThreshold()).isEqualTo(0.3f);
        assertThat(entry.service().metadata()).isEqualTo(Map.of("t", "a+b % & 中文"));
        assertThat(entry.service().selector()).isEqualTo(new Selector.Label("x = y", Set.of("y")));
        assertThat(entry.clusters().values())
                .singleElement()
                .satisfies(
                        cluster -> {
                            assertThat(cluster.checker())
                                    .isEqualTo(new HealthChecker.Http("/h", "", 204));
                            assertThat(cluster.checkPort()).isEqualTo(81);
                            assertThat(cluster.useInstancePort()).isFalse();
                        });
        assertThat(entry.instances().values())
                .singleElement()
                .satisfies(
                        instance -> {
                            assertThat(instance.key().address()).isEqualTo("10.0.0.1:80");
                            assertThat(instance.weight()).isEqualTo(7.5);
                            assertThat(instance.enabled()).isFalse();
                            assertThat(instance.instanceId()).isEqualTo("i-1");
                        });
    }

    @Test
    void refusesWhatItDoesNotUnderstandInsteadOfSkippingIt() {
        assertThatThrownBy(() -> RecordReader.read(INSTANCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a record before its service");
        assertThatThrownBy(() -> RecordReader.read(SERVICE + "\n" + SERVICE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> RecordReader.read(SERVICE.replace("service\",", "other\",")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such kind");
        assertThatThrownBy(() -> RecordReader.read("{\"kind\""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a record");
    }
}
