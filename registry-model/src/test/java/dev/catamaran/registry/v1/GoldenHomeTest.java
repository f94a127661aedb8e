package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.golden.Golden;
import dev.catamaran.registry.golden.GoldenDump;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real 1.x servers wrote, against what they answered (see golden/ORIGIN.md). */
class GoldenHomeTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.4.2", "2.0.3"})
    void readsAHomeAsItsServerDid(String version) {
        RegistryTable table = home(version);

        assertThat(table.serviceCount()).isEqualTo(11);
        assertThat(table.instanceCount()).isEqualTo(20);
        GoldenDump.of(version).check(key -> table.entry(key).orElseThrow(), List.of());
    }

    @Test
    void bothNodesOfACluster11HoldTheSameButHealth() {
        GoldenDump dump = GoldenDump.of("1.1.4");
        RegistryTable other = home("1.1.4-node2");
        dump.check(key -> other.entry(key).orElseThrow(), List.of());

        assertThat(Diff.between(home("1.1.4"), other, 1_000))
                .allSatisfy(one -> assertThat(one.field()).isEqualTo("healthy"));
    }

    /** The cluster of 2.0.3 took over these very files, and answered from them. */
    @Test
    void readsTheFilesOf14AsTheServersThatTookThemOverDid() {
        RegistryTable table = home("1.4.2");

        GoldenDump.of("2.0.3-before").check(key -> table.entry(key).orElseThrow(), List.of());
    }

    @Test
    void readsWhatADowngradedServerWroteWhileItWasChanged() {
        RegistryTable table = home("2.0.3-downgraded");

        assertThat(table.serviceCount()).isEqualTo(4);
        assertThat(table.instanceCount()).isPositive();
    }

    /** Its homes hold no records; what its members sent each other last is what they answered. */
    @Test
    void readsWhatServersOf13SentAsTheyAnsweredIt() {
        GoldenDump dump = GoldenDump.of("1.3.2");
        Map<String, LegacyDatum> newest = new TreeMap<>();
        for (String line : Golden.lines("wire-datums-1.3.2.jsonl")) {
            LegacyDatum datum = LegacyDatum.decode(line).orThrow();
            newest.merge(datum.key(), datum, (a, b) -> b.timestamp() > a.timestamp() ? b : a);
        }
        int checked = 0;
        for (LegacyDatum datum : newest.values()) {
            LegacyKey key = LegacyKey.parse(datum.key()).orThrow();
            if (key instanceof LegacyKey.Instances list && datum.timestamp() == 3) {
                SortedMap<InstanceKey, InstanceRecord> instances =
                        InstancesJson.decode(list.key(), datum.value()).orThrow();
                dump.checkInstances(
                        new ServiceEntry(
                                ServiceRecord.ofDefaults(list.key()), new TreeMap<>(), instances));
                checked++;
            } else if (key instanceof LegacyKey.Service service) {
                ServiceEntry entry = ServiceJson.decode(service.key(), datum.value()).orThrow();
                dump.checkService(entry);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(5);
    }

    /** 1.3 writes the class of the checker that never probes; all others write NONE. */
    @Test
    void takesTheNameThat13HasForNoHealthCheckForWhatItIs() {
        ServiceKey key = ServiceKey.of("", "", "svc-00");
        String json =
                "{\"clusterMap\":{\"C2\":{\"healthChecker\":{\"type\":\"AbstractHealthChecker$None\"}}}}";
        ServiceEntry entry = ServiceJson.decode(key, json).orThrow();
        ClusterRecord cluster = Objects.requireNonNull(entry.clusters().get("C2"));

        assertThat(cluster.checker()).isEqualTo(new HealthChecker.None());
        assertThat(cluster.extras()).isEqualTo(LegacyExtras.NONE);
        assertThat(ServiceJson.encode(entry)).contains("\"healthChecker\":{\"type\":\"NONE\"}");
    }

    @Test
    void keepsWhatTheRecordsHaveNoPlaceFor() {
        ServiceEntry entry = home("1.4.2").entry(ServiceKey.of("", "", "svc-01")).orElseThrow();
        InstanceKey key = new InstanceKey(entry.key(), "10.1.1.1", 9000, "C2");
        InstanceRecord instance = Objects.requireNonNull(entry.instances().get(key));
        ClusterRecord cluster = Objects.requireNonNull(entry.clusters().get("C2"));

        assertThat(entry.service().extras().fields())
                .containsEntry("checksum", "\"0a3ef403d9e6d87402ab40dc2139ce9e\"")
                .containsEntry("lastModifiedMillis", "1795301120568")
                .containsEntry("owners", "[]");
        assertThat(instance.extras().fields())
                .containsEntry("app", "\"DEFAULT\"")
                .containsEntry("lastBeat", "1795301120435");
        assertThat(cluster.checkPort()).isEqualTo(8081);
        assertThat(cluster.extras().fields()).containsEntry("defIPPort", "8081");
    }

    /** Fields are those of 1.4.2 in its order, but for two it derives and never reads. */
    @Test
    void writesAsTheRealServerDoes() {
        for (String line : lines("1.4.2")) {
            LegacyDatum datum = LegacyDatum.decode(line).orThrow();
            if (LegacyKey.parse(datum.key()).orThrow() instanceof LegacyKey.Service service) {
                String ours =
                        ServiceJson.encode(
                                ServiceJson.decode(service.key(), datum.value()).orThrow());

                String theirs =
                        datum.value()
                                .replaceAll(",\"empty\":(true|false)", "")
                                .replace("\"groupName\":\"DEFAULT_GROUP\",", "");
                String named = ours.replace("\"groupName\":\"DEFAULT_GROUP\",", "");
                assertThat(Json.read(named, "ours")).isEqualTo(Json.read(theirs, "theirs"));
                // clusters apart, which real servers write in no order
                assertThat(named.replaceAll("\"clusterMap.*", ""))
                        .isEqualTo(theirs.replaceAll("\"clusterMap.*", ""));
            } else {
                ServiceKey key =
                        ((LegacyKey.Instances) LegacyKey.parse(datum.key()).orThrow()).key();
                String ours =
                        InstancesJson.encode(
                                InstancesJson.decode(key, datum.value()).orThrow().values());

                assertThat(elements(ours))
                        .containsExactlyInAnyOrderElementsOf(elements(datum.value()));
            }
            assertThat(datum.encode()).isEqualTo(line);
        }
    }

    private static List<String> elements(String instances) {
        List<String> elements = new ArrayList<>();
        Json.read(instances, "instances")
                .path("instanceList")
                .forEach(element -> elements.add(element.toString()));
        return elements;
    }

    static RegistryTable home(String version) {
        RegistryTable table = RegistryTable.EMPTY;
        for (String line : lines(version)) {
            LegacyDatum datum = LegacyDatum.decodeStored(line).orThrow();
            LegacyKey key = LegacyKey.parse(datum.key()).orThrow();
            if (key instanceof LegacyKey.Service service) {
                ServiceEntry read = ServiceJson.decode(service.key(), datum.value()).orThrow();
                ServiceEntry known = table.entry(service.key()).orElse(read);
                table =
                        table.with(
                                new ServiceEntry(
                                        read.service(), read.clusters(), known.instances()));
            } else if (key instanceof LegacyKey.Instances list) {
                ServiceEntry known =
                        table.entry(list.key())
                                .orElse(
                                        ServiceEntry.of(
                                                dev.catamaran.registry.records.ServiceRecord
                                                        .ofDefaults(list.key())));
                table =
                        table.with(
                                new ServiceEntry(
                                        known.service(),
                                        known.clusters(),
                                        InstancesJson.decode(list.key(), datum.value()).orThrow()));
            }
        }
        return table;
    }

    static List<String> lines(String version) {
        return Golden.lines("datums-" + version + ".jsonl");
    }
}
