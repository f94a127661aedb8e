package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.golden.Golden;
import dev.catamaran.registry.records.ServiceKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRequestsTest {

    private static final ServiceKey SVC = ServiceKey.of("", "", "svc");
    private static final LegacyKey META = new LegacyKey.Service(SVC);
    private static final LegacyKey LIST = new LegacyKey.Instances(SVC);

    @ParameterizedTest
    @ValueSource(strings = {"1.4.2", "2.0.3-upgraded", "2.0.3-downgraded"})
    void writesTheRequestsOfRealLogsByteForByteAsItReadThem(String log)
            throws InvalidProtocolBufferException {
        int writes = 0;
        int deletes = 0;
        for (Golden.Entry entry : Golden.entries(log)) {
            if (!entry.group().equals(BatchRequests.GROUP)) {
                continue;
            }
            WriteRequest request = WriteRequest.parseFrom(entry.bytes());
            byte[] data = request.getData().toByteArray();
            if (request.getOperation().equals(BatchRequests.WRITE)) {
                List<LegacyDatum> datums = BatchRequests.decodeWrite(data).orThrow();
                assertThat(text(BatchRequests.encodeWrite(datums))).isEqualTo(text(data));
                datums.forEach(BatchRequestsTest::checkRecord);
                writes++;
            } else {
                assertThat(request.getOperation()).isEqualTo(BatchRequests.DELETE);
                List<LegacyKey> keys = BatchRequests.decodeDelete(data).orThrow();
                assertThat(text(BatchRequests.encodeDelete(keys))).isEqualTo(text(data));
                deletes++;
            }
        }
        assertThat(writes).isGreaterThan(40);
        assertThat(deletes).isEqualTo(log.equals("2.0.3-downgraded") ? 3 : 0);
    }

    private static void checkRecord(LegacyDatum datum) {
        LegacyKey key = LegacyKey.parse(datum.key()).orThrow();
        if (key instanceof LegacyKey.Service service) {
            assertThat(ServiceJson.decode(service.key(), datum.value()).orThrow()).isNotNull();
        } else if (key instanceof LegacyKey.Instances list) {
            assertThat(InstancesJson.decode(list.key(), datum.value()).orThrow()).isNotNull();
        } else {
            throw new AssertionError("unexpected key " + key);
        }
    }

    @Test
    void carriesReadsAndTheirAnswers() {
        List<LegacyDatum> found = List.of(new LegacyDatum(META.text(), 0, "{\"name\":\"x\"}"));

        assertThat(
                        BatchRequests.decodeRead(BatchRequests.encodeRead(List.of(META, LIST)))
                                .orThrow())
                .containsExactly(META, LIST);
        assertThat(BatchRequests.decodeWrite(BatchRequests.encodeWrite(found)).orThrow())
                .isEqualTo(found);
        assertThat(text(BatchRequests.encodeWrite(List.of())))
                .isEqualTo("{\"keys\":[],\"values\":[]}");
    }

    @Test
    void refusesAKeyThatLeavesItsFolder() {
        String evil = base64("com.alibaba.nacos.naming.iplist.../../x##G@@s");
        byte[] read = bytes("[\"" + evil + "\"]");
        byte[] delete = bytes("{\"keys\":[\"" + evil + "\"],\"values\":[\"\"]}");
        byte[] write = bytes("{\"keys\":[\"" + evil + "\"],\"values\":[\"" + base64("{}") + "\"]}");

        assertThat(BatchRequests.decodeRead(read)).isInstanceOf(Decoded.Refused.class);
        assertThat(BatchRequests.decodeDelete(delete)).isInstanceOf(Decoded.Refused.class);
        assertThat(BatchRequests.decodeWrite(write)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void refusesADatumUnderTheKeyOfAnother() {
        String datum = new LegacyDatum(LIST.text(), 0, "{}").encode();
        byte[] write =
                bytes(
                        "{\"keys\":[\""
                                + base64(META.text())
                                + "\"],\"values\":[\""
                                + base64(datum)
                                + "\"]}");

        assertThat(((Decoded.Refused<?>) BatchRequests.decodeWrite(write)).refusal().toString())
                .startsWith("values[0].key: is the datum of another key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\":[],\"values\":[\"\"]}",
                "{\"keys\":{},\"values\":{}}",
                "{\"keys\":[1],\"values\":[\"\"]}",
                "{\"keys\":[\"%\"],\"values\":[\"\"]}",
                "{\"keys\":[\"/w==\"],\"values\":[\"\"]}",
                "{\"keys\":[null],\"values\":[null]}"
            })
    void refusesWhatIsNoBatch(String json) {
        assertThat(BatchRequests.decodeWrite(bytes(json))).isInstanceOf(Decoded.Refused.class);
        assertThat(BatchRequests.decodeDelete(bytes(json))).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void refusesTooMuch() {
        String key = "\"" + base64(META.text()) + "\"";
        String keys = (key + ",").repeat(BatchRequests.MAX_KEYS) + key;

        assertThat(BatchRequests.decodeRead(bytes("[" + keys + "]")))
                .isInstanceOf(Decoded.Refused.class);
        assertThat(BatchRequests.decodeRead(new byte[BatchRequests.MAX_BYTES + 1]))
                .isInstanceOf(Decoded.Refused.class);
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
