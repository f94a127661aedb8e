package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.golden.Golden;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SwitchesJsonTest {

    /** Changed by the operator, or by a server of 1.1 for a minute after its list changed. */
    private static final Set<SwitchField> CHANGED =
            Set.of(SwitchField.DOUBLE_WRITE_ENABLED, SwitchField.HEALTH_CHECK_ENABLED);

    /** What real servers from 1.1.4 to 2.4.1 answered to {@code GET /operator/switches}. */
    @Test
    void readsTheSwitchesOfEveryVersionWithoutLoss() {
        for (String line : Golden.lines("switches.jsonl")) {
            SwitchRecord record = SwitchesJson.decode(line).orThrow();
            ObjectNode theirs = Json.object(Json.read(line, "theirs"), "theirs");
            theirs.properties().stream()
                    .filter(field -> field.getValue().isNull())
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(theirs::remove);

            assertThat(record.others()).isEmpty();
            assertThat(Json.read(SwitchesJson.encode(record), "ours")).isEqualTo(theirs);
        }
    }

    @Test
    void takesWhatIsMissingForWhatTheServersTake() {
        for (String line : Golden.lines("switches.jsonl")) {
            SwitchRecord record = SwitchesJson.decode(line).orThrow();
            for (SwitchField field : SwitchField.values()) {
                if (field.kind() == SwitchField.Kind.FLAG && !CHANGED.contains(field)) {
                    assertThat(record.flag(field))
                            .as(field.jsonName())
                            .isEqualTo(SwitchRecord.DEFAULTS.flag(field));
                }
            }
        }
        assertThat(SwitchRecord.DEFAULTS.whole(SwitchField.CLIENT_BEAT_INTERVAL)).isEqualTo(5_000);
        assertThat(SwitchRecord.DEFAULTS.number(SwitchField.DISTRO_THRESHOLD)).isEqualTo(0.7);
    }

    /** Whatever order a server writes them in. */
    @Test
    void aTreeThatIsTheDefaultIsTheDefault() {
        for (String line : Golden.lines("switches.jsonl")) {
            SwitchRecord record = SwitchesJson.decode(line).orThrow();
            for (SwitchField field : SwitchField.values()) {
                if (field.kind() == SwitchField.Kind.TREE) {
                    assertThat(record.text(field))
                            .as(field.jsonName())
                            .isEqualTo(SwitchRecord.DEFAULTS.text(field));
                }
            }
        }
    }

    @Test
    void theOrderOfNamesIsNoDifference() {
        SwitchRecord one =
                SwitchesJson.decode(
                                "{\"adWeightMap\":{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]},"
                                        + "\"later\":{\"x\":1,\"y\":2}}")
                        .orThrow();
        SwitchRecord other =
                SwitchesJson.decode(
                                "{\"later\":{\"y\":2,\"x\":1},"
                                        + "\"adWeightMap\":{\"b\":[{\"d\":3,\"c\":2}],\"a\":1}}")
                        .orThrow();

        assertThat(one).isEqualTo(other);
        assertThat(RegistryView.EMPTY.with(one).digest())
                .isEqualTo(RegistryView.EMPTY.with(other).digest());
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() {
        String json =
                "{\"sendBeatOnly\":\"true\",\"clientBeatInterval\":\"7000\",\"masters\":[\"a\"],"
                        + "\"later\":{\"a\":[1]},\"name\":\"n\"}";
        SwitchRecord record = SwitchesJson.decode(json).orThrow();

        assertThat(record.flag(SwitchField.SEND_BEAT_ONLY)).isTrue();
        assertThat(record.whole(SwitchField.CLIENT_BEAT_INTERVAL)).isEqualTo(7_000);
        assertThat(record.others()).containsExactly(Map.entry("later", "{\"a\":[1]}"));
        assertThat(SwitchesJson.encode(record))
                .isEqualTo(
                        "{\"masters\":[\"a\"],\"clientBeatInterval\":7000,\"sendBeatOnly\":true,"
                                + "\"name\":\"n\",\"later\":{\"a\":[1]}}");
        assertThat(SwitchesJson.decode(SwitchesJson.encode(record)).orThrow()).isEqualTo(record);
    }

    @Test
    void alwaysWritesTheNameThatServersLookAt() {
        assertThat(SwitchesJson.encode(SwitchRecord.DEFAULTS))
                .isEqualTo("{\"name\":\"00-00---000-NACOS_SWITCH_DOMAIN-000---00-00\"}");
        SwitchRecord set = SwitchRecord.DEFAULTS.with(SwitchField.DOUBLE_WRITE_ENABLED, "false");
        JsonNode json = Json.read(SwitchesJson.encode(set), "ours");
        assertThat(json.path("doubleWriteEnabled").booleanValue()).isFalse();
    }

    @Test
    void readsAValueThatIsAString() {
        assertThat(SwitchesJson.decode("\"{\\\"checkTimes\\\":4}\"").orThrow())
                .isEqualTo(SwitchRecord.DEFAULTS.with(SwitchField.CHECK_TIMES, "4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"checkTimes\":1.5}",
                "{\"checkTimes\":\"x\"}",
                "{\"pushEnabled\":\"maybe\"}",
                "{\"pushEnabled\":{}}",
                "{\"distroThreshold\":1e999}",
                "{\"masters\":1}",
                "{\"name\":[]}"
            })
    void refusesSwitchesThatHoldTheWrongThing(String json) {
        assertThat(SwitchesJson.decode(json)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void noRecordHoldsWhatNoServerCouldRead() {
        assertThatThrownBy(() -> SwitchRecord.DEFAULTS.with(SwitchField.PUSH_ENABLED, "maybe"))
                .hasMessageContaining("pushEnabled");
        assertThatThrownBy(
                        () -> new SwitchRecord(new TreeMap<>(), new TreeMap<>(Map.of("name", "1"))))
                .hasMessageContaining("field of its own");
        assertThatThrownBy(() -> SwitchRecord.DEFAULTS.flag(SwitchField.CHECK_TIMES))
                .hasMessageContaining("checkTimes");
    }
}
