package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any client may send these labels; one of them must not make a group's snapshot unreadable. */
class ReservedLabelsTest {

    private static final InstanceKey KEY =
            new InstanceKey(ServiceKey.of("", "", "orders"), "10.0.0.1", 80, "DEFAULT");

    @ParameterizedTest
    @CsvSource({
        "publishInstanceWeight, heavy",
        "publishInstanceWeight, 3.0",
        "publishInstanceEnable, false",
        "customInstanceId, mine"
    })
    void aReservedLabelIsReadAwayWhenItComesAndNeverWritten(String label, String value) {
        InstanceRecord plain = InstanceRecord.persistent(KEY, 1, true, Map.of("k", "v"));
        InstanceRecord sent =
                InstanceRecord.persistent(KEY, 1, true, Map.of("k", "v", label, value));

        assertThat(GroupPayloads.decodeInstance(GroupPayloads.encodeInstance(sent, 1)).orThrow())
                .isEqualTo(plain);
        byte[] body = SnapshotBodies.encodeInstances(List.of(sent));
        assertThat(SnapshotBodies.decodeInstances(body).orThrow()).containsExactly(plain);
    }
}
