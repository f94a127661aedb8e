package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.InstancesJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    /** One client in a real snapshot (spec: jraft-groups 4.3). */
    private static final String REAL_CLIENT =
            "M0&java.util.concurrent.ConcurrentHashMap<11>10.0.0.7:70#false"
                + "C06com.alibaba.nacos.naming.core.v2.client.ClientSyncData<97><08>clientId"
                + "<0a>attributes<0a>namespaces<0a>groupNames<0c>serviceNames<14>instancePublishInfos"
                + "<11>batchInstanceData<60><11>10.0.0.7:70#false"
                + "C08com.alibaba.nacos.naming.core.v2.client.ClientAttributes<91><10>clientAttributesa"
                + "H<08>revision<e0>Zq<14>java.util.LinkedList<06>publicq<91><0d>DEFAULT_GROUPq<91>"
                + "<0a>viaForeignq<91>"
                + "C0Dcom.alibaba.nacos.naming.core.v2.pojo.HealthCheckInstancePublishInfo<97>"
                + "<11>lastHeartBeatTime<02>ip<04>port<07>healthy<07>cluster<11>healthCheckStatus"
                + "<0b>extendDatumbL<00><00><01><a2><00>5<e3><e0><08>10.0.0.7<c8>FT<07>DEFAULT"
                + "C06com.alibaba.nacos.naming.healthcheck.HealthCheckStatus<94><07>checkRt"
                + "<0e>isBeingChecked<0e>checkFailCount<0c>checkOkCountc<df>"
                + "C0)java.util.concurrent.atomic.AtomicBoolean<91><05>valued<90>"
                + "C0)java.util.concurrent.atomic.AtomicInteger<91><05>valuee<90>e<90>"
                + "H<10>customInstanceId0-10.0.0.7#70#DEFAULT#DEFAULT_GROUP@@viaForeignZ"
                + "C07com.alibaba.nacos.naming.core.v2.pojo.BatchInstanceData<94><0a>namespaces"
                + "<0a>groupNames<0c>serviceNames<19>batchInstancePublishInfosfNNNNZ";

    private static final InstanceRecord VIA_FOREIGN =
            InstanceRecord.persistent(
                    new InstanceKey(ServiceKey.of("", "", "viaForeign"), "10.0.0.7", 70, ""),
                    1,
                    true,
                    Map.of());

    @Test
    void writesAClientByteForByteAsARealServerButForTheTimeOfItsLastBeat() {
        String ours = WireText.text(SnapshotBodies.encodeInstances(List.of(VIA_FOREIGN)));

        assertThat(ours).isEqualTo(REAL_CLIENT.replace("L<00><00><01><a2><00>5<e3><e0>", "<e0>"));
        assertThat(SnapshotBodies.decodeInstances(WireText.bytes(REAL_CLIENT)).orThrow())
                .containsExactly(VIA_FOREIGN);
    }

    /** 2.x keeps one instance per address and service: who has two is no 2.x server. */
    @Test
    void refusesAClientThatNamesOneServiceTwiceOrAnotherAddress() {
        InstanceKey key = VIA_FOREIGN.key();
        InstanceRecord other =
                InstanceRecord.persistent(
                        new InstanceKey(key.service(), key.ip(), key.port(), "C2"),
                        1,
                        true,
                        Map.of());
        byte[] twice = SnapshotBodies.encodeInstances(List.of(VIA_FOREIGN, other));
        String elsewhere =
                WireText.text(SnapshotBodies.encodeInstances(List.of(VIA_FOREIGN)))
                        .replace("10.0.0.7:70#false", "10.0.0.8:70#false");

        assertThat(refusal(SnapshotBodies.decodeInstances(twice)))
                .contains("is no client with one instance of public##DEFAULT_GROUP@@viaForeign");
        assertThat(refusal(SnapshotBodies.decodeInstances(WireText.bytes(elsewhere))))
                .contains("is no client with this address");
    }

    /** The text of spec jraft-groups 4.2, to the letter. */
    @Test
    void readsTheChecksumBesideARealFileUnderBothItsNames() {
        byte[] archive = SnapshotArchive.INSTANCES.pack(new byte[] {1});
        String own = SnapshotArchive.checksum(archive);
        for (String name : List.of("checksum", "checkSum")) {
            String real = "{\"fileMeta\":{\"" + name + "\":\"62f35e8664c2f658\"}}";

            assertThat(refusal(SnapshotArchive.unpack(archive, real))).contains("62f35e8664c2f658");
            assertThat(SnapshotArchive.unpack(archive, real.replace("62f35e8664c2f658", own)))
                    .isInstanceOf(Decoded.Ok.class);
        }
        assertThat(SnapshotArchive.fileMeta(archive))
                .isEqualTo("{\"fileMeta\":{\"checksum\":\"" + own + "\"}}");
    }

    @Test
    void carriesInstancesOfOneAddressInSeveralServices() {
        InstanceRecord other =
                InstanceRecord.persistent(
                        new InstanceKey(new ServiceKey("n", "G", "s"), "10.0.0.7", 70, "C2"),
                        0,
                        false,
                        Map.of("k", "v"));

        assertThat(
                        SnapshotBodies.decodeInstances(
                                        SnapshotBodies.encodeInstances(List.of(VIA_FOREIGN, other)))
                                .orThrow())
                .containsExactlyInAnyOrder(VIA_FOREIGN, other);
    }

    @Test
    void carriesServicesAndOverrides() {
        ServiceKey key = new ServiceKey("n", "G", "s");
        ServiceEntry service =
                ServiceEntry.of(ServiceRecord.of(key, 0.3f, Map.of("k", "v")))
                        .withCluster(ClusterRecord.ofDefaults(new ClusterKey(key, "C2")));
        ServiceEntry empty = ServiceEntry.of(ServiceRecord.ofDefaults(key));
        List<OverrideRecord> overrides =
                List.of(
                        new OverrideRecord(
                                VIA_FOREIGN.key(), 2.5, true, new TreeMap<>(Map.of("a", "b"))),
                        new OverrideRecord(
                                new InstanceKey(key, "h", 1, "C"), 0, false, new TreeMap<>()));

        assertThat(
                        SnapshotBodies.decodeServices(
                                        SnapshotBodies.encodeServices(List.of(service), 5))
                                .orThrow())
                .containsExactly(service)
                .doesNotContain(empty);
        assertThat(
                        SnapshotBodies.decodeOverrides(SnapshotBodies.encodeOverrides(overrides, 5))
                                .orThrow())
                .containsExactlyInAnyOrderElementsOf(overrides);
    }

    @Test
    void checksumIsThatOfJRaft() {
        // catalogue value of CRC-64/ECMA-182
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(SnapshotArchive.checksum(check)).isEqualTo("6c40df5f0b497347");
        assertThat(SnapshotArchive.checksum(new byte[0])).isEqualTo("0");
        assertThat(SnapshotArchive.fileMeta(check))
                .isEqualTo("{\"fileMeta\":{\"checksum\":\"6c40df5f0b497347\"}}");
    }

    @Test
    void packsAndUnpacks() {
        byte[] body = SnapshotBodies.encodeInstances(List.of(VIA_FOREIGN));
        byte[] archive = SnapshotArchive.INSTANCES.pack(body);
        byte[] torn = archive.clone();
        torn[torn.length / 2] ^= 1;
        String meta = SnapshotArchive.fileMeta(archive);

        assertThat(SnapshotArchive.unpack(archive, meta).orThrow()).isEqualTo(body);
        assertThat(SnapshotArchive.unpack(archive, "").orThrow()).isEqualTo(body);
        assertThat(SnapshotArchive.INSTANCES.pack(body)).isEqualTo(archive);
        assertThat(SnapshotArchive.unpack(torn, meta)).isInstanceOf(Decoded.Refused.class);
        assertThat(SnapshotArchive.unpack(new byte[] {1, 2, 3}, ""))
                .isInstanceOf(Decoded.Refused.class);
    }

    /** Thirty megabytes of objects of one byte each would take a gigabyte of memory. */
    @Test
    void refusesSmallArchivesOfMillionsOfTinyObjects() {
        byte[] body = new byte[30_000_000];
        Arrays.fill(body, (byte) 'N');
        byte[] start = WireText.bytes("H<01>aW");
        System.arraycopy(start, 0, body, 0, start.length);
        byte[] archive = SnapshotArchive.INSTANCES.pack(body);

        assertThat(archive).hasSizeLessThan(64 * 1024);
        assertThat(refusal(SnapshotArchive.unpack(archive, ""))).contains("unpacks to over");
        assertThat(refusal(SnapshotBodies.decodeInstances(body)))
                .contains("has more than 15065536 elements");
    }

    @Test
    void takesWhatRealArchivesShrinkTo() {
        List<InstanceRecord> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            InstanceKey key = new InstanceKey(VIA_FOREIGN.service(), "10.0.0.7", 1 + i, "");
            many.add(InstanceRecord.persistent(key, 1, true, Map.of()));
        }
        byte[] archive = SnapshotArchive.INSTANCES.pack(SnapshotBodies.encodeInstances(many));
        byte[] json = InstancesJson.encode(many).getBytes(StandardCharsets.UTF_8);
        byte[] files = SnapshotArchive.KEY_VALUES.packFiles(Map.of("a", json));

        assertThat(
                        SnapshotBodies.decodeInstances(
                                        SnapshotArchive.unpack(archive, "").orThrow())
                                .orThrow())
                .hasSize(many.size());
        assertThat(SnapshotArchive.KEY_VALUES.unpackFiles(files, "").value()).isPresent();
    }

    private static String refusal(Decoded<?> decoded) {
        return ((Decoded.Refused<?>) decoded).refusal().toString();
    }

    @Test
    void refusesAnArchiveThatUnpacksToTooMuch() {
        byte[] bomb = SnapshotArchive.INSTANCES.pack(new byte[8 * 1024 * 1024]);

        assertThat(bomb).hasSizeLessThan(16 * 1024);
        assertThat(Decoded.of(() -> SnapshotArchive.inflate(bomb, 1024 * 1024)))
                .isInstanceOf(Decoded.Refused.class);
    }
}
