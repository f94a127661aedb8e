package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.golden.Golden;
import dev.catamaran.registry.golden.GoldenDump;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every data entry in the raft logs of real servers (see golden/ORIGIN.md). */
class GoldenLogTest {

    /** What the groups hold after their logs (spec: jraft-groups 3.2 to 3.4). */
    private static final class Applied {

        final Map<ServiceKey, ServiceEntry> services = new TreeMap<>();
        final Map<InstanceKey, OverrideRecord> overrides = new TreeMap<>();

        ServiceEntry entry(ServiceKey key) {
            return services.computeIfAbsent(
                    key, unknown -> ServiceEntry.of(ServiceRecord.ofDefaults(unknown)));
        }

        void apply(WriteRequest request) {
            byte[] data = request.getData().toByteArray();
            String operation = request.getOperation();
            switch (request.getGroup()) {
                case GroupPayloads.INSTANCES -> {
                    if (operation.equals(GroupPayloads.DELETE)) {
                        InstanceAddress at = GroupPayloads.decodeInstanceRemoval(data).orThrow();
                        without(at);
                    } else {
                        InstanceRecord instance = GroupPayloads.decodeInstance(data).orThrow();
                        InstanceKey key = instance.key();
                        without(new InstanceAddress(key.service(), key.ip(), key.port()));
                        services.put(key.service(), entry(key.service()).withInstance(instance));
                    }
                }
                case GroupPayloads.SERVICE_METADATA -> {
                    ServiceEntry sent = GroupPayloads.decodeService(data).orThrow();
                    ServiceEntry now = entry(sent.key());
                    Collection<dev.catamaran.registry.records.ClusterRecord> clusters =
                            sent.clusters().values();
                    if (operation.equals(GroupPayloads.CHANGE)) {
                        clusters = now.clusters().isEmpty() ? clusters : List.of();
                        now = now.withService(sent.service());
                    }
                    for (dev.catamaran.registry.records.ClusterRecord cluster : clusters) {
                        now = now.withCluster(cluster);
                    }
                    services.put(sent.key(), now);
                }
                case GroupPayloads.INSTANCE_METADATA -> {
                    OverrideRecord override = GroupPayloads.decodeOverride(data).orThrow();
                    overrides.put(override.key(), override);
                }
                default -> throw new AssertionError("unknown group " + request.getGroup());
            }
        }

        private void without(InstanceAddress at) {
            ServiceEntry now = entry(at.service());
            for (InstanceKey key : now.instances().keySet()) {
                if (key.ip().equals(at.ip()) && key.port() == at.port()) {
                    now = now.withoutInstance(key);
                }
            }
            services.put(at.service(), now);
        }
    }

    private static WriteRequest write(Golden.Entry entry) {
        return ((LogEntries.Write) LogEntries.decode(entry.bytes()).orThrow()).request();
    }

    private static List<Golden.Entry> hessian(String version) {
        return Golden.entries(version).stream()
                .filter(entry -> !entry.group().equals("naming_persistent_service"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.2,1.4.2,49",
        "2.0.3-upgraded,2.0.3,339",
        "2.0.3-before,2.0.3,171",
        "2.0.3-downgraded,2.0.3,1683",
        "2.4.1,2.4.1,54",
        "2.4.1-node1,2.4.1,52"
    })
    void writesEveryEntryByteForByteAsItWasRead(String log, String version, int count) {
        ServerVersion writer = ServerVersion.parse(version).orThrow();
        List<Golden.Entry> entries = Golden.entries(log);

        assertThat(entries).hasSize(count);
        for (Golden.Entry entry : entries) {
            WriteRequest request = write(entry);

            assertThat(request.getGroup()).isEqualTo(entry.group());
            assertThat(LogEntries.encode(request, writer)).isEqualTo(entry.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.0.3-before",
                "2.0.3-upgraded",
                "2.0.3-downgraded",
                "2.4.1",
                "2.4.1-node1"
            })
    void writesEveryPayloadByteForByteAsItWasRead(String log) {
        for (Golden.Entry entry : hessian(log)) {
            byte[] data = write(entry).getData().toByteArray();
            Object read = Hessian.read(data, Hessian.Limits.PAYLOAD, "data");

            assertThat(WireText.text(Hessian.write(read))).isEqualTo(WireText.text(data));
        }
    }

    /**
     * The kind of map differs between the ways by which a write can reach a real server, and each
     * server counts the changes of its own copy of a service.
     */
    @ParameterizedTest
    @CsvSource({
        "2.0.3-before,2.0.3",
        "2.0.3-upgraded,2.0.3",
        "2.0.3-downgraded,2.0.3",
        "2.4.1,2.4.1",
        "2.4.1-node1,2.4.1"
    })
    void writesRecordsAsTheRealServerWroteThemButForKindsOfMapsAndRevisions(
            String log, String version) {
        ServerVersion writer = ServerVersion.parse(version).orThrow();
        for (Golden.Entry entry : hessian(log)) {
            WriteRequest request = write(entry);
            byte[] data = request.getData().toByteArray();

            assertThat(plain(again(request, data, writer))).isEqualTo(plain(data));
        }
    }

    private static byte[] again(WriteRequest request, byte[] data, ServerVersion writer) {
        return switch (request.getGroup()) {
            case GroupPayloads.INSTANCES ->
                    GroupPayloads.encodeInstance(
                            GroupPayloads.decodeInstance(data).orThrow(), updatedAt(data));
            case GroupPayloads.SERVICE_METADATA -> {
                ServiceEntry sent = GroupPayloads.decodeService(data).orThrow();
                yield GroupPayloads.encodeService(sent.service(), sent.clusters().values(), writer);
            }
            default -> GroupPayloads.encodeOverride(GroupPayloads.decodeOverride(data).orThrow());
        };
    }

    private static long updatedAt(byte[] data) {
        WireObject request = Hessian.read(data, Hessian.Limits.PAYLOAD, WireType.STORE_REQUEST);
        Object time = request.object("service", WireType.SERVICE).get("lastUpdatedTime");
        return time instanceof Long ms ? ms : 0;
    }

    /** The value as text, with maps sorted, and without their types and revisions. */
    private static String plain(byte[] data) {
        return plain(Hessian.read(data, Hessian.Limits.PAYLOAD, "data"));
    }

    private static String plain(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof WireObject object && object.type() == WireType.ATOMIC_LONG) {
            return "revision";
        }
        if (value instanceof WireObject object) {
            StringBuilder text = new StringBuilder(object.type().wireName()).append('{');
            for (String field : object.fields()) {
                text.append(field).append('=').append(plain(object.get(field))).append(' ');
            }
            return text.append('}').toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, element) -> sorted.put(plain(key), plain(element)));
            return sorted.toString();
        }
        return value + (value == null ? "" : value.getClass().getSimpleName());
    }

    @ParameterizedTest
    @CsvSource({
        "2.4.1,2.4.1",
        "2.4.1-node1,2.4.1",
        "2.0.3-upgraded,2.0.3",
        "2.0.3-before,2.0.3-before"
    })
    void holdsAfterTheLogsWhatTheClusterAnswered(String log, String dump) {
        Applied applied = new Applied();
        hessian(log).forEach(entry -> applied.apply(write(entry)));

        GoldenDump.of(dump).check(applied::entry, applied.overrides.values());
    }

    @Test
    void keepsTheKindThatARealServerNotesForAnEmptyService() {
        Applied applied = new Applied();
        hessian("2.0.3-upgraded").forEach(entry -> applied.apply(write(entry)));

        assertThat(applied.entry(ServiceKey.of("", "", "empty-svc")).service().ephemeral())
                .isTrue();
        assertThat(applied.entry(ServiceKey.of("", "", "svc-00")).service().ephemeral()).isFalse();
    }

    @Test
    void readsTheSnapshotOfARealServerAndItsChecksum() {
        byte[] archive = Golden.bytes("snapshot-2.4.1.zip");
        String fileMeta = "{\"fileMeta\":{\"checksum\":\"86add056d44b84c0\"}}";
        byte[] body = SnapshotArchive.unpack(archive, fileMeta).orThrow();
        List<InstanceRecord> instances = SnapshotBodies.decodeInstances(body).orThrow();

        assertThat(SnapshotArchive.fileMeta(archive)).isEqualTo(fileMeta);
        assertThat(instances).hasSize(20);
        Object read = Hessian.read(body, Hessian.Limits.SNAPSHOT, "body");
        assertThat(WireText.text(Hessian.write(read))).isEqualTo(WireText.text(body));
        assertThat(new ArrayList<>(instances))
                .containsExactlyInAnyOrderElementsOf(
                        SnapshotBodies.decodeInstances(
                                        SnapshotBodies.encodeInstances(
                                                instances, ServerVersion.parse("2.4.1").orThrow()))
                                .orThrow());
        Optional<InstanceRecord> one =
                instances.stream()
                        .filter(instance -> instance.key().address().equals("10.1.3.1:9000"))
                        .findAny();
        assertThat(one.orElseThrow().metadata()).containsEntry("k", "v0");
        assertThat(new String(archive, StandardCharsets.ISO_8859_1)).contains("instance");
    }
}
