package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.AnyRecords;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyJsonTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "svc");

    @Property(tries = 1_000)
    void recordsComeBackFromJson(@ForAll long seed) {
        ServiceEntry entry = new AnyRecords(seed).entry();
        ServiceEntry service = ServiceJson.decode(entry.key(), ServiceJson.encode(entry)).orThrow();
        Map<InstanceKey, InstanceRecord> instances =
                InstancesJson.decode(entry.key(), InstancesJson.encode(entry.instances().values()))
                        .orThrow();

        assertThat(service.service().withExtras(LegacyExtras.NONE)).isEqualTo(entry.service());
        assertThat(service.clusters().values().stream().map(c -> c.withExtras(LegacyExtras.NONE)))
                .containsExactlyElementsOf(entry.clusters().values());
        assertThat(instances.values().stream().map(i -> i.withExtras(LegacyExtras.NONE)))
                .containsExactlyElementsOf(entry.instances().values());
        // the second time around nothing changes, extras included
        assertThat(ServiceJson.encode(service)).isEqualTo(ServiceJson.encode(entry));
    }

    @Property(tries = 2_000)
    void brokenTextIsRefusedAndNothingElse(@ForAll long seed) {
        Random random = new Random(seed);
        java.util.List<String> lines = GoldenHomeTest.lines("1.1.4");
        StringBuilder text = new StringBuilder(lines.get(random.nextInt(lines.size())));
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(Math.max(1, text.length()));
            if (text.isEmpty()) {
                break;
            }
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, "{}[]\",:0-e\\nt".charAt(random.nextInt(13)));
                case 2 -> text.insert(at, "[null,{\"$ref\":\"$.value\"}]");
                default -> text.setLength(Math.max(1, at));
            }
        }
        Decoded<LegacyDatum> decoded = LegacyDatum.decodeStored(text.toString());
        if (decoded instanceof Decoded.Ok<LegacyDatum> ok) {
            assertThat(ServiceJson.decode(KEY, ok.decoded().value())).isNotNull();
            assertThat(InstancesJson.decode(KEY, ok.decoded().value())).isNotNull();
            assertThat(LegacyDatum.decode(ok.decoded().encode()).orThrow()).isEqualTo(ok.decoded());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "3",
                "{}",
                "{\"key\":\"\"}",
                "{\"key\":{}}",
                "{\"key\":\"k\",\"timestamp\":\"soon\"}",
                "{\"key\":\"k\",\"value\":\"{\"}"
            })
    void refusesWhatIsNoDatum(String json) {
        assertThat(LegacyDatum.decode(json)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        String deep = "{\"key\":\"k\",\"value\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(LegacyDatum.decode(deep)).isInstanceOf(Decoded.Refused.class);
        assertThat(InstancesJson.decode(KEY, "[".repeat(1_000)))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void carriesOurOwnField() {
        LegacyDatum datum = new LegacyDatum("k", 7, "{\"a\":1}", "{\"ballot\":3,\"index\":9}");

        assertThat(datum.encode())
                .isEqualTo(
                        "{\"key\":\"k\",\"value\":{\"a\":1},\"timestamp\":7,"
                                + "\"catamaran\":{\"ballot\":3,\"index\":9}}");
        assertThat(LegacyDatum.decode(datum.encode()).orThrow()).isEqualTo(datum);
        assertThat(new LegacyDatum("k", 0, "").encode())
                .isEqualTo("{\"key\":\"k\",\"timestamp\":0}");
        assertThat(LegacyDatum.decode("{\"key\":\"k\",\"timestamp\":0}").orThrow())
                .isEqualTo(new LegacyDatum("k", 0, ""));
    }

    @Test
    void readsAFileOf08() {
        LegacyDatum datum =
                LegacyDatum.decodeStored(
                                "{\"key\":\"com.alibaba.nacos.naming.iplist.public##svc\","
                                    + "\"timestamp\":\"4\",\"value\":\"[{\\\"ip\\\":\\\"1.2.3.4\\\","
                                    + "\\\"port\\\":\\\"80\\\",\\\"weight\\\":\\\"2\\\","
                                    + "\\\"valid\\\":true,\\\"metadata\\\":{\\\"n\\\":1}}]\"}")
                        .orThrow();

        assertThat(datum.key())
                .isEqualTo("com.alibaba.nacos.naming.iplist.public##DEFAULT_GROUP@@svc");
        assertThat(datum.timestamp()).isEqualTo(4);
        assertThat(InstancesJson.decode(KEY, datum.value()).orThrow().values())
                .containsExactly(
                        InstanceRecord.persistent(
                                new InstanceKey(KEY, "1.2.3.4", 80, ""),
                                2,
                                true,
                                Map.of("n", "1")));
    }

    @Test
    void followsReferencesToLabelsAndDropsThoseToParents() {
        LegacyDatum datum =
                LegacyDatum.decode(
                                "{\"key\":\"k\",\"timestamp\":1,\"value\":{\"instanceList\":["
                                    + "{\"ip\":\"1.1.1.1\",\"port\":1,\"metadata\":{\"a\":\"b\"}},"
                                    + "{\"ip\":\"1.1.1.2\",\"port\":1,\"metadata\":"
                                    + "{\"$ref\":\"$.value.instanceList[0].metadata\"}},"
                                    + "{\"ip\":\"1.1.1.3\",\"port\":1,\"metadata\":"
                                    + "{\"$ref\":\"$.instanceList[0].metadata\"}},"
                                    + "{\"ip\":\"1.1.1.4\",\"port\":1,\"metadata\":{\"$ref\":\"..\"}},"
                                    + "{\"ip\":\"1.1.1.5\",\"port\":1,\"metadata\":{\"$ref\":\"$\"}}"
                                    + "]}}")
                        .orThrow();

        assertThat(
                        InstancesJson.decode(KEY, datum.value()).orThrow().values().stream()
                                .map(instance -> instance.metadata().getOrDefault("a", "-")))
                .containsExactly("b", "b", "b", "-", "-");
    }

    @Test
    void readsLabelSelectorsOfBothWriters() {
        String fastjson =
                "{\"selector\":{\"type\":\"label\",\"expression\":\"e\",\"labels\":\"[\\\"x\\\"]\"}}";
        String jackson =
                "{\"selector\":{\"type\":\"label\",\"expression\":\"e\",\"labels\":[\"x\"]}}";

        for (String json : new String[] {fastjson, jackson}) {
            assertThat(ServiceJson.decode(KEY, json).orThrow().service().selector())
                    .isEqualTo(new Selector.Label("e", Set.of("x")));
        }
    }

    @Test
    void takesTheEffectivePortOfAChecker() {
        ServiceEntry entry =
                ServiceJson.decode(
                                KEY,
                                "{\"clusterMap\":{\"A\":{\"defCkport\":8081,\"defaultCheckPort\":90},"
                                    + "\"B\":{\"defCkport\":-1,\"defaultCheckPort\":91},\"C\":{}}}")
                        .orThrow();

        assertThat(entry.clusters().values().stream().map(ClusterRecord::checkPort))
                .containsExactly(8081, 91, 80);
        assertThat(Objects.requireNonNull(entry.clusters().get("C")).withExtras(LegacyExtras.NONE))
                .isEqualTo(ClusterRecord.ofDefaults(new ClusterKey(KEY, "C")));
    }

    @Test
    void keepsExtrasThroughAnEdit() {
        LegacyExtras extras =
                new LegacyExtras(new TreeMap<>(Map.of("enabled", "false", "owners", "[\"me\"]")));
        ServiceEntry entry = new AnyRecords(1).entry();
        ServiceEntry kept = entry.withService(entry.service().withExtras(extras));

        assertThat(ServiceJson.encode(kept))
                .contains("\"owners\":[\"me\"]")
                .contains("\"enabled\":false");
        assertThat(
                        ServiceJson.decode(entry.key(), ServiceJson.encode(kept))
                                .orThrow()
                                .service()
                                .extras()
                                .fields())
                .containsAllEntriesOf(extras.fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null]",
                "[1]",
                "[{}]",
                "[{\"ip\":\"\",\"port\":1}]",
                "[{\"ip\":\"1.1.1.1\",\"port\":70000}]",
                "[{\"ip\":\"1.1.1.1\",\"port\":-1}]",
                "[{\"ip\":\"1.1.1.1\",\"weight\":\"NaN\"}]",
                "[{\"ip\":\"1.1.1.1\",\"weight\":1e999}]",
                "[{\"ip\":\"1.1.1.1\",\"enabled\":\"maybe\"}]",
                "[{\"ip\":\"1.1.1.1\",\"metadata\":[]}]",
                "[{\"ip\":\"1.1.1.1\",\"metadata\":{\"k\":\"\\ud800\"}}]",
                "{\"instanceList\":{}}",
                "3"
            })
    void refusesBrokenInstances(String json) {
        assertThat(InstancesJson.decode(KEY, json)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void saysWhereItIsBroken() {
        Decoded<?> decoded =
                InstancesJson.decode(
                        KEY, "[{\"ip\":\"1.1.1.1\"},{\"ip\":\"1.1.1.1\",\"port\":\"x\"}]");

        assertThat(((Decoded.Refused<?>) decoded).refusal().toString())
                .isEqualTo("instanceList[1].port: is not a whole number: x");
    }
}
