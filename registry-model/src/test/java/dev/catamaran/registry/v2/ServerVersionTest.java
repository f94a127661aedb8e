package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.nacos.consistency.entity.ReadRequest;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.ByteString;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v2.ServerVersion.Feature;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last version without a feature and the first with it (spec: jraft-groups 14). */
class ServerVersionTest {

    @ParameterizedTest
    @CsvSource({
        "LOG_PREFIX, 1.4.3, 1.4.4",
        "LOG_PREFIX, 2.0.4, 2.1.0",
        "OLD_MESSAGES, 1.3.2, 1.4.0",
        "TYPELESS_SELECTORS, 2.0.3, 2.0.4",
        "CHANGE_INSTANCE, 2.1.0, 2.1.1",
        "BATCH_DATA, 2.1.0, 2.1.1",
        "CLIENT_REVISION, 2.1.1, 2.1.2",
        "REMOVAL_OF_UNKNOWN, 2.1.1, 2.1.2",
        "ALLOW_LIST, 1.4.5, 1.4.6",
        "ALLOW_LIST, 2.2.2, 2.2.3",
        "SKIPS_UNREADABLE, 2.2.2, 2.2.3",
        "MERGING_LOAD, 2.2.4, 2.3.0",
        "RECORDS_IN_KEY_VALUES, 1.3.2, 1.4.0",
        "ANSWERS_UNKNOWN_OPERATION, 1.4.3, 1.4.4",
        "ANSWERS_UNKNOWN_OPERATION, 2.1.2, 2.2.0",
        "SWITCH_KEY_ONLY, 2.4.0, 2.4.1",
        "DOUBLE_WRITE, 1.4.9, 2.0.0"
    })
    void aFeatureComesWithAVersion(Feature feature, String last, String first) {
        assertThat(version(last).has(feature)).isFalse();
        assertThat(version(first).has(feature)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "OLD_MESSAGES, 2.1.9, 2.2.0",
        "RECORDS_IN_KEY_VALUES, 2.1.9, 2.2.0",
        "DOUBLE_WRITE, 2.1.9, 2.2.0",
        "LOG_PREFIX, 1.4.7, 2.0.0",
        "ALLOW_LIST, 1.4.7, 2.0.0",
        "ANSWERS_UNKNOWN_OPERATION, 1.4.7, 2.0.0"
    })
    void aFeatureGoesWithAVersion(Feature feature, String last, String first) {
        assertThat(version(last).has(feature)).isTrue();
        assertThat(version(first).has(feature)).isFalse();
    }

    @Test
    void whatOneVersionHasIsKnownWhole() {
        assertThat(of("1.3.2")).isEmpty();
        assertThat(of("2.0.3"))
                .containsExactlyInAnyOrder(
                        Feature.OLD_MESSAGES, Feature.RECORDS_IN_KEY_VALUES, Feature.DOUBLE_WRITE);
        assertThat(of("2.5.1"))
                .isEqualTo(
                        EnumSet.complementOf(
                                EnumSet.of(
                                        Feature.OLD_MESSAGES,
                                        Feature.RECORDS_IN_KEY_VALUES,
                                        Feature.DOUBLE_WRITE)));
    }

    private static Set<Feature> of(String version) {
        return Arrays.stream(Feature.values())
                .filter(feature -> version(version).has(feature))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Feature.class)));
    }

    @ParameterizedTest
    @CsvSource({
        "2.0.3, 2.0.3",
        "2.1, 2.1.0",
        "2.2.0.1, 2.2.0",
        "3.0.0-ALPHA, 3.0.0",
        "1.4.2+build.7, 1.4.2",
        "2.1-SNAPSHOT, 2.1.0",
        "9999.9999.9999, 9999.9999.9999"
    })
    void whatStandsAfterTheThirdNumberDoesNotCount(String text, String version) {
        assertThat(version(text)).hasToString(version);
    }

    /** Half a version taken for a whole one would be an older one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "v2.0.3",
                "2.0.3 ",
                "2..3",
                "-1.0.0",
                "12345.0.0",
                "2.0.x",
                "2.0.12345"
            })
    void whatIsNoVersionIsRefused(String text) {
        assertThat(ServerVersion.parse(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void versionsAreInTheOrderOfTheirNumbers() {
        assertThat(version("2.10.0")).isGreaterThan(version("2.9.9"));
        assertThat(version("1.99.99")).isLessThan(version("2.0.0"));
    }

    @Test
    void anEntryHasItsMarkFromTheVersionOnThatWritesIt() {
        WriteRequest write = write();

        assertThat(LogEntries.encode(write, version("2.0.4"))).isEqualTo(write.toByteArray());
        assertThat(LogEntries.encode(write, version("1.4.3"))).isEqualTo(write.toByteArray());
        assertThat(LogEntries.encode(write, version("2.1.0"))).startsWith(0x38, 2);
        assertThat(LogEntries.encode(write, version("1.4.4"))).startsWith(0x38, 2);
    }

    /** Leaders before 2.1 put reads into the log without a mark, too (spec: jraft-groups 2.3). */
    @Test
    void anUnmarkedReadIsTakenForNoWrite() {
        ReadRequest bare = ReadRequest.newBuilder().setGroup("naming_persistent_service").build();
        ReadRequest full =
                ReadRequest.newBuilder()
                        .setGroup("naming_persistent_service")
                        .setData(ByteString.copyFromUtf8("[\"Y29t\"]"))
                        .putExtendInfo("a", "b")
                        .build();

        assertThat(LogEntries.decode(bare.toByteArray()).orThrow())
                .isEqualTo(new LogEntries.Read());
        assertThat(LogEntries.decode(full.toByteArray()).orThrow())
                .isEqualTo(new LogEntries.Read());
        assertThat(LogEntries.decode(write().toByteArray()).orThrow())
                .isEqualTo(new LogEntries.Write(write()));
    }

    private static WriteRequest write() {
        return WriteRequest.newBuilder()
                .setGroup(GroupPayloads.INSTANCES)
                .setOperation(GroupPayloads.ADD)
                .setData(ByteString.copyFromUtf8("C0"))
                .build();
    }

    private static ServerVersion version(String text) {
        return ServerVersion.parse(text).orThrow();
    }
}
