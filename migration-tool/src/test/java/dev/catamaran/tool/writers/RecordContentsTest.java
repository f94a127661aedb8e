package dev.catamaran.tool.writers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.tool.history.Value;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordContentsTest {

    private static final InstanceKey KEY = new WrittenRecords().take();
    private static final SeenInstance SEVENTH = SeenInstance.of(RecordContents.of(KEY, 7));

    private static Value recognise(double weight, boolean enabled, Map<String, String> metadata) {
        return RecordContents.recognise(
                KEY,
                new SeenInstance(KEY.ip(), KEY.port(), KEY.cluster(), weight, enabled, metadata));
    }

    @Test
    void knowsItsOwnVersions() {
        assertThat(RecordContents.recognise(KEY, SEVENTH)).isEqualTo(Value.version(7));
        assertThat(SEVENTH.metadata().get("text")).contains("+").contains("%").contains("中文");
    }

    @Test
    void callsAMixtureOfTwoVersionsForeign() {
        SeenInstance eighth = SeenInstance.of(RecordContents.of(KEY, 8));
        Map<String, String> torn = new TreeMap<>(SEVENTH.metadata());
        torn.put("v", "8");

        assertThat(recognise(eighth.weight(), true, SEVENTH.metadata()))
                .isInstanceOf(Value.Foreign.class);
        assertThat(recognise(SEVENTH.weight(), true, torn)).isInstanceOf(Value.Foreign.class);
        assertThat(recognise(SEVENTH.weight(), false, SEVENTH.metadata()))
                .isInstanceOf(Value.Foreign.class);
        assertThat(recognise(SEVENTH.weight(), true, Map.of())).isInstanceOf(Value.Foreign.class);
        SeenInstance elsewhere =
                new SeenInstance(
                        KEY.ip(), KEY.port(), "WEST", SEVENTH.weight(), true, SEVENTH.metadata());
        assertThat(RecordContents.recognise(KEY, elsewhere)).isInstanceOf(Value.Foreign.class);
    }
}
