package dev.catamaran.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import dev.catamaran.server.stack.MemoryStack;
import dev.catamaran.server.transition.ManualWatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpgradeMetricsTest {

    /** Captured from a real 2.0.3 server after its upgrade. */
    private static final String REAL =
            """
            upgraded                       = true
            isAll20XVersion                = true
            isDoubleWriteEnabled           = true
            doubleWriteDelayTaskCount      =     0
            serviceCountV1                 =     6
            instanceCountV1                =    26
            serviceCountV2                 =     6
            instanceCountV2                =    26
            subscribeCountV2               =     0
            responsibleServiceCountV1      =     3
            responsibleInstanceCountV1     =    13
            ephemeralServiceCountV2        =     2
            persistentServiceCountV2       =     4
            ephemeralInstanceCountV2       =     6
            persistentInstanceCountV2      =    20
            service.V1.not.in.V2           =\s
            service.V2.not.in.V1           =\s
            """;

    private final MemoryStack legacy = new MemoryStack(Stack.LEGACY);
    private final MemoryStack jraft = new MemoryStack(Stack.JRAFT);
    private final ManualWatch watch = new ManualWatch(UpgradeState.START);
    private final UpgradeMetrics metrics =
            new UpgradeMetrics(
                    new OneUnknown(), watch, Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft));

    @Test
    void printsTheSameLinesAsARealServer() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String line : REAL.lines().toList()) {
            values.put(line.substring(0, 30).trim(), value(line.substring(33).trim()));
        }

        assertThat(UpgradeMetrics.text(values)).isEqualTo(REAL).hasSize(650);
        assertThat(metrics.values(0).keySet()).containsExactlyElementsOf(values.keySet());
    }

    @Test
    void countsTheRecordsOfBothStacksAndNamesTheServicesOfOneAlone() {
        legacy.put(put("both"));
        jraft.put(put("both"));
        legacy.put(put("one"));
        legacy.put(put("two"));

        Map<String, Object> values = metrics.values(7);

        assertThat(values)
                .containsEntry("upgraded", false)
                .containsEntry("isAll20XVersion", false)
                .containsEntry("isDoubleWriteEnabled", true)
                .containsEntry("doubleWriteDelayTaskCount", 7L)
                .containsEntry("serviceCountV1", 3L)
                .containsEntry("instanceCountV2", 1L)
                .containsEntry("persistentServiceCountV2", 1L)
                .containsEntry("ephemeralInstanceCountV2", 0L)
                .containsEntry(
                        "service.V1.not.in.V2",
                        "public##DEFAULT_GROUP@@one\npublic##DEFAULT_GROUP@@two")
                .containsEntry("service.V2.not.in.V1", "");
        assertThat(UpgradeMetrics.json(values))
                .startsWith("{\"upgraded\":false,\"isAll20XVersion\":false,")
                .contains("\"serviceCountV1\":3,");
    }

    @Test
    void doubleWriteIsOverOnlyWhenTheClusterIsFinalized() {
        UpgradeState jraftPhase = UpgradeState.START.movedTo(Phase.JRAFT);
        watch.move(jraftPhase);
        assertThat(metrics.values(0))
                .containsEntry("upgraded", true)
                .containsEntry("isDoubleWriteEnabled", true);

        watch.move(jraftPhase.movedTo(Phase.FINALIZED));
        assertThat(metrics.values(0))
                .containsEntry("upgraded", true)
                .containsEntry("isDoubleWriteEnabled", false);
    }

    private static Object value(String text) {
        if (text.equals("true")) {
            return true;
        }
        return text.isEmpty() ? text : Long.valueOf(text);
    }

    private static RegistryCommand put(String service) {
        return new RegistryCommand.PutInstance(
                InstanceRecord.persistent(
                        new InstanceKey(ServiceKey.of("", "", service), "10.0.0.1", 80, ""),
                        1,
                        true,
                        Map.of()));
    }

    private static final class OneUnknown implements MemberDirectory {
        @Override
        public String self() {
            return "127.0.0.1:8848";
        }

        @Override
        public List<String> addresses() {
            return List.of("127.0.0.1:8848", "127.0.0.1:8858");
        }

        @Override
        public List<String> planned() {
            return List.of("127.0.0.1:8848");
        }

        @Override
        public List<MemberInfo> members() {
            return List.of(MemberInfo.unknown("127.0.0.1:8858", MemberInfo.Reach.NEVER));
        }
    }
}
