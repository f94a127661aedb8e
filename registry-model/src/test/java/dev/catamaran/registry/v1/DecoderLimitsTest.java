package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.LogEntries;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page on the decoders' limits says what the code does. */
class DecoderLimitsTest {

    private static final Map<String, Integer> LIMITS =
            Map.ofEntries(
                    Map.entry("`Json.MAX_CHARS`", Json.MAX_CHARS),
                    Map.entry("`Json.MAX_DEPTH`", Json.MAX_DEPTH),
                    Map.entry("`Json.MAX_TOKENS`", Json.MAX_TOKENS),
                    Map.entry("`Json.MAX_STRING`", Json.MAX_STRING),
                    Map.entry("`Json.MAX_NUMBER`", Json.MAX_NUMBER),
                    Map.entry("`InstancesJson.MAX_INSTANCES`", InstancesJson.MAX_INSTANCES),
                    Map.entry("`InstancesJson.MAX_IP_LENGTH`", InstancesJson.MAX_IP_LENGTH),
                    Map.entry("`ServiceJson.MAX_CLUSTERS`", ServiceJson.MAX_CLUSTERS),
                    Map.entry("`SwitchesJson.MAX_FIELDS`", SwitchesJson.MAX_FIELDS),
                    Map.entry("`FastjsonReferences.MAX_UNFOLDED`", FastjsonReferences.MAX_UNFOLDED),
                    Map.entry("`FastjsonReferences.MAX_PATH`", FastjsonReferences.MAX_PATH),
                    Map.entry("`LegacyKey.MAX_LENGTH`", LegacyKey.MAX_LENGTH),
                    Map.entry("`LegacyPeer.MAX_IP_LENGTH`", LegacyPeer.MAX_IP_LENGTH),
                    Map.entry("`BatchRequests.MAX_BYTES`", BatchRequests.MAX_BYTES),
                    Map.entry("`BatchRequests.MAX_KEYS`", BatchRequests.MAX_KEYS),
                    Map.entry("`LogEntries.MAX_BYTES`", LogEntries.MAX_BYTES),
                    Map.entry("`Hessian.Limits.PAYLOAD`", GroupPayloads.MAX_BYTES),
                    Map.entry("`Hessian.Limits.SNAPSHOT`", SnapshotBodies.MAX_BYTES));

    @Test
    void thePageNamesEachLimitWithItsValue() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "decoder-limits.md"));

        LIMITS.forEach(
                (name, value) ->
                        assertThat(page.lines().filter(line -> line.contains(name)))
                                .as(name)
                                .singleElement()
                                .asString()
                                .contains("| " + String.format(Locale.ROOT, "%,d", value) + " |"));
    }
}
