package dev.catamaran.tool.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.ByteString;
import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.StoredDatums;
import dev.catamaran.registry.v2.SnapshotArchive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyValueReplayTest {

    private static final String GOOD = LegacyKey.META_PREFIX + "public##DEFAULT_GROUP@@orders";
    private static final String BAD = LegacyKey.META_PREFIX + "public##DEFAULT_GROUP@@订单";

    private final KeyValueReplay replay = new KeyValueReplay(Map.of());

    /** Servers before 1.4 took such names, and 1.4 carried them into its group. */
    @Test
    void namesIllegalNamesOfTheLogAndGoesOn() {
        replay.apply(
                request(
                        BatchRequests.WRITE,
                        BatchRequests.encodeWrite(
                                List.of(
                                        new LegacyDatum(BAD, 1, "{}"),
                                        new LegacyDatum(GOOD, 1, "{}")))));

        assertThat(replay.datums()).containsOnlyKeys(GOOD);
        assertThat(replay.illegal())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.key()).isEqualTo(BAD);
                            assertThat(one.file()).isEqualTo(BatchRequests.GROUP);
                            assertThat(one.complaint()).contains("characters other than");
                        });

        replay.apply(request(BatchRequests.DELETE, batchOf(BAD)));
        assertThat(replay.illegal()).isEmpty();
    }

    @Test
    void namesIllegalNamesOfASnapshotAndGoesOn() {
        replay.load(
                SnapshotArchive.KEY_VALUES.packFiles(
                        Map.of("public/" + GOOD, file(GOOD), "public/" + BAD, file(BAD))));

        assertThat(replay.datums()).containsOnlyKeys(GOOD);
        assertThat(replay.illegal()).extracting(StoredDatums.Illegal::key).containsExactly(BAD);
        replay.clear();
        assertThat(replay.illegal()).isEmpty();
    }

    private static byte[] file(String key) {
        return new LegacyDatum(key, 1, "{}").encode().getBytes(StandardCharsets.UTF_8);
    }

    /** Our own encoder takes legal keys only. */
    private static byte[] batchOf(String key) {
        return BatchRequests.encodeWrite(List.of(new LegacyDatum(key, 1, "")));
    }

    private static WriteRequest request(String operation, byte[] data) {
        return WriteRequest.newBuilder()
                .setOperation(operation)
                .setData(ByteString.copyFrom(data))
                .build();
    }
}
