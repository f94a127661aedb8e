package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that was made to break its reader: each piece is refused, and nothing else happens. */
class HostileJsonTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "svc");
    private static final String META = new LegacyKey.Service(KEY).text();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.metadata.99999999999",
                "$.list.99999999999",
                "$.list[99999999999]",
                "$.list.٩",
                "$.list[",
                "$.list[]",
                "$.a\\\\",
                "$x",
                "$..",
                "$"
            })
    void aReferenceToNothingThatCanBeFollowedIsNoLabel(String path) {
        String json = "{\"list\":[{}],\"metadata\":{\"$ref\":\"" + path + "\"}}";

        assertThat(ServiceJson.decode(KEY, json).orThrow().service().metadata()).isEmpty();
        assertThat(LegacyDatum.decode("{\"key\":\"k\",\"value\":" + json + "}").value())
                .isPresent();
        assertThat(SwitchesJson.decode(json).value()).isPresent();
    }

    @Test
    void aReferenceMayNameWhatHasADotInItsName() {
        String json =
                "{\"token\":[{\"a.b\":{\"k\":\"v\"}}],\"metadata\":{\"$ref\":\"$.token[0].a\\\\.b\"}}";

        assertThat(ServiceJson.decode(KEY, json).orThrow().service().metadata())
                .isEqualTo(Map.of("k", "v"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_100, 5_000, 1_000_000})
    void aReferenceOfAnEndlessPathIsRefused(int length) {
        String json = "{\"metadata\":{\"$ref\":\"$." + "a".repeat(length) + "\"}}";

        assertThat(refusal(ServiceJson.decode(KEY, json))).contains("longer than");
    }

    @Test
    void referencesThatUnfoldToHundredsOfMegabytesAreRefused() {
        String large = "{\"s\":\"" + "x".repeat(1_000_000) + "\"}";
        StringBuilder list = new StringBuilder();
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            list.append(i == 0 ? "" : ",").append("{\"$ref\":\"$.value.a\"}");
            labels.append(i == 0 ? "" : ",").append("\"k" + i + "\":{\"$ref\":\"$.token\"}");
        }
        String datum =
                "{\"key\":\"" + META + "\",\"value\":{\"a\":" + large + ",\"l\":[" + list + "]}}";
        String service = "{\"token\":" + large + ",\"metadata\":{" + labels + "}}";

        assertThat(refusal(LegacyDatum.decode(datum))).contains("unfold");
        assertThat(refusal(ServiceJson.decode(KEY, service))).contains("unfold");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyReferencesToAWideObjectThatIsNotFlatTakeNoLongerThanTheDocument() {
        StringBuilder json = new StringBuilder("{\"a\":{");
        for (int i = 0; i < 250_000; i++) {
            json.append("\"").append(i).append("\":1,");
        }
        json.append("\"z\":[]},\"l\":[{}");
        for (int i = 0; i < 150_000; i++) {
            json.append(",{\"$ref\":\"$.a\"}");
        }
        json.append("],\"metadata\":{\"$ref\":\"$.a\"}}");

        assertThat(ServiceJson.decode(KEY, json.toString()).orThrow().service().metadata())
                .isEmpty();
    }

    @Test
    void aTreeOfMoreNodesThanAnyRecordHasIsRefused() {
        String tiny = "{},".repeat(Json.MAX_TOKENS / 2);

        assertThat(tiny.length()).isLessThan(Json.MAX_CHARS);
        assertThat(refusal(InstancesJson.decode(KEY, "[" + tiny + "{}]"))).contains("oken");
    }

    @Test
    void aPackedValueThatIsTakenIsTakenAgainUnpacked() {
        for (int depth = 28; depth < 36; depth++) {
            String value = "[".repeat(depth) + "]".repeat(depth);
            Decoded<LegacyDatum> packed =
                    LegacyDatum.decode("{\"key\":\"k\",\"value\":\"" + value + "\"}");

            assertThat(packed.value().isPresent()).isEqualTo(depth < 32);
            packed.value()
                    .ifPresent(
                            datum ->
                                    assertThat(LegacyDatum.decode(datum.encode()).orThrow())
                                            .isEqualTo(datum));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clusterMap\":{\"DEFAULT\":{},\"\":{}}}",
                "{\"clusterMap\":{\"\\ud800\":{}}}",
                "{\"selector\":{\"type\":\"label\",\"labels\":[\"\\ud800\"]}}"
            })
    void namesThatWouldNotComeBackAreRefused(String json) {
        assertThat(refusal(ServiceJson.decode(KEY, json))).containsAnyOf("twice", "surrogate");
    }

    private static String refusal(Decoded<?> decoded) {
        return ((Decoded.Refused<?>) decoded).refusal().toString();
    }
}
