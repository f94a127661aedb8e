package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.golden.Golden;
import dev.catamaran.registry.records.ServiceKey;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredDatumsTest {

    private static final LegacyKey META = new LegacyKey.Service(ServiceKey.of("", "", "svc"));
    private static final String UNGROUPED = "com.alibaba.nacos.naming.domains.meta.public##svc";

    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.1.4-node2", "1.4.2", "2.0.3", "2.0.3-downgraded"})
    void readsTheFilesOfRealHomes(String version) {
        Map<String, String> files = new HashMap<>();
        for (String line : Golden.lines("datums-" + version + ".jsonl")) {
            files.put("public/" + LegacyDatum.decode(line).orThrow().key(), line);
        }
        StoredDatums stored = StoredDatums.read(files).orThrow();

        assertThat(stored.datums()).hasSameSizeAs(files);
        assertThat(stored.shadowed()).isEmpty();
    }

    /** What travelled as publish, commit and answer between real servers. */
    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.3.2"})
    void readsTheDatumsOfRealWires(String version) {
        for (String line : Golden.lines("wire-datums-" + version + ".jsonl")) {
            LegacyDatum datum = LegacyDatum.decode(line).orThrow();
            LegacyKey key = LegacyKey.parse(datum.key()).orThrow();

            // fastjson's references to parents, in what 1.1 sends of its health checks
            String theirs = line.replace("{\"$ref\":\"..\"}", "null");
            assertThat(Json.read(datum.encode(), "ours")).isEqualTo(Json.read(theirs, "theirs"));
            if (key instanceof LegacyKey.Instances list) {
                assertThat(InstancesJson.decode(list.key(), datum.value()).orThrow()).isNotNull();
            } else if (key instanceof LegacyKey.Service service) {
                assertThat(ServiceJson.decode(service.key(), datum.value()).orThrow()).isNotNull();
            }
        }
    }

    /** What a member asked its leader to publish. */
    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.3.2"})
    void readsThePublishesOfRealWires(String version) {
        for (String line : Golden.lines("wire-publishes-" + version + ".jsonl")) {
            LegacyDatum datum = LegacyDatum.decode(line).orThrow();

            assertThat(datum.timestamp()).isZero();
            if (LegacyKey.parse(datum.key()).orThrow() instanceof LegacyKey.Instances list) {
                assertThat(InstancesJson.decode(list.key(), datum.value()).orThrow()).isNotEmpty();
            } else {
                ServiceKey key = ((LegacyKey.Service) LegacyKey.parse(datum.key()).orThrow()).key();
                assertThat(ServiceJson.decode(key, datum.value()).orThrow().key()).isEqualTo(key);
            }
        }
    }

    @Test
    void prefersTheHigherTimestampThenTheNameWithoutSuffix() {
        String name = META.text();
        StoredDatums newer =
                StoredDatums.read(Map.of(name, datum(name, 3), name + ".datum", datum(name, 4)))
                        .orThrow();
        StoredDatums same =
                StoredDatums.read(Map.of(name, datum(name, 4), name + ".datum", datum(name, 4)))
                        .orThrow();

        assertThat(newer.datums().get(name)).isEqualTo(new LegacyDatum(name, 4, "{}"));
        assertThat(newer.shadowed())
                .containsExactly(new StoredDatums.Shadowed(name, name, name, name + ".datum"));
        assertThat(same.shadowed())
                .containsExactly(new StoredDatums.Shadowed(name, name, name + ".datum", name));
        assertThat(same.shadowed().get(0).isAlias()).isFalse();
    }

    @Test
    void tellsThatTwoNamesAreOneRecord() {
        String name = META.text();
        for (long ungrouped = 1; ungrouped <= 3; ungrouped++) {
            StoredDatums stored =
                    StoredDatums.read(
                                    Map.of(
                                            "a/" + name,
                                            datum(name, 2),
                                            "a/" + UNGROUPED,
                                            datum(UNGROUPED, ungrouped)))
                            .orThrow();

            assertThat(stored.datums().keySet()).containsExactly(name);
            assertThat(stored.shadowed())
                    .singleElement()
                    .satisfies(
                            shadowed -> {
                                assertThat(shadowed.isAlias()).isTrue();
                                assertThat(shadowed.storedKey()).isEqualTo(UNGROUPED);
                            });
            assertThat(stored.shadowed().get(0).inFavourOf())
                    .isEqualTo("a/" + (ungrouped == 3 ? UNGROUPED : name));
        }
    }

    @Test
    void passesOverBlankAndForeignFilesAndNamesABrokenOne() {
        String name = META.text();
        StoredDatums stored =
                StoredDatums.read(Map.of(name, " \n", "lost+found", "x", "a/.nfs0001", "y"))
                        .orThrow();

        assertThat(stored.datums()).isEmpty();
        assertThat(StoredDatums.read(Map.of("ns/" + name, "{\"key\"")))
                .isInstanceOfSatisfying(
                        Decoded.Refused.class,
                        refused -> assertThat(refused.refusal().toString()).contains("ns/" + name));
    }

    private static String datum(String key, long timestamp) {
        return new LegacyDatum(key, timestamp, "{}").encode();
    }
}
