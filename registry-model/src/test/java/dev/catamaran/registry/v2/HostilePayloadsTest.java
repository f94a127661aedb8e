package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.nacos.consistency.entity.ReadRequest;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.caucho.hessian.io.Hessian2Output;
import com.caucho.hessian.io.SerializerFactory;
import com.google.protobuf.ByteString;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.AnyRecords;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostilePayloadsTest {

    /** A class of the test's that must never be made from bytes. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;
        final String command = "rm";
    }

    static Stream<Object> evil() {
        Map<String, Object> map = new HashMap<>();
        map.put("k", new Gadget());
        return Stream.of(
                new Gadget(),
                new java.util.BitSet(3),
                String.class,
                new File("/tmp/x"),
                new TreeMap<>(Map.of("k", "v")),
                new java.util.ArrayDeque<>(List.of("a")),
                new Gadget[] {new Gadget()},
                new Class<?>[] {String.class},
                TimeUnit.SECONDS,
                new int[] {1, 2},
                map,
                new ArrayList<>(List.of(new Gadget())));
    }

    @ParameterizedTest
    @MethodSource("evil")
    void refusesEveryTypeThatIsNotOnTheList(Object evil) throws IOException {
        byte[] bytes = stockHessian(evil);

        assertThat(Decoded.of(() -> Hessian.read(bytes, limit(10_000), "test")))
                .isInstanceOf(Decoded.Refused.class);
        assertThat(GroupPayloads.decodeService(bytes)).isInstanceOf(Decoded.Refused.class);
        assertThat(SnapshotBodies.decodeInstances(bytes)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void refusesNamesOfRealServersThatNoPayloadHolds() {
        byte[] bytes = WireText.bytes("C0(com.alibaba.nacos.naming.pojo.RecordXXXX<90><60>");

        assertThat(Decoded.of(() -> Hessian.read(bytes, limit(100), "test")))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void refusesAnEvilObjectInAFieldThatNobodyReads() {
        String allowed = "C0)java.util.concurrent.atomic.AtomicBoolean<91>";
        String evil = "C<0c>java.io.File<91><04>patha<01>x";

        assertThat(
                        Decoded.of(
                                () ->
                                        Hessian.read(
                                                WireText.bytes(allowed + "<05>other<60><90>"),
                                                limit(1_000),
                                                "test")))
                .isInstanceOf(Decoded.Ok.class);
        assertThat(
                        Decoded.of(
                                () ->
                                        Hessian.read(
                                                WireText.bytes(allowed + "<05>other<60>" + evil),
                                                limit(1_000),
                                                "test")))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void writesNothingThatIsNotOnTheList() {
        assertThatThrownBy(() -> Hessian.write(new Gadget()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesDeepNestingOfAnyKind() {
        String definition = "C0)java.util.concurrent.atomic.AtomicBoolean<91><05>value";
        for (String text :
                List.of(
                        "W".repeat(100_000),
                        "H<01>a".repeat(100_000),
                        "y".repeat(100_000),
                        definition.repeat(20_000),
                        definition + "<60>".repeat(100_000))) {
            assertThat(
                            Decoded.of(
                                    () ->
                                            Hessian.read(
                                                    WireText.bytes(text),
                                                    limit(5_000_000),
                                                    "test")))
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void refusesCountsThatNothingFollows() {
        for (String text :
                List.of(
                        "X" + "I<7f><ff><ff><ff>",
                        "V<13>java.util.ArrayList" + "I<7f><ff><ff><ff>",
                        "C0)java.util.concurrent.atomic.AtomicBooleanI<7f><ff><ff><ff>",
                        "C0)java.util.concurrent.atomic.AtomicBooleanI<ff><ff><ff><ff>",
                        "S<ff><ff>a",
                        "QI<7f><ff><ff><ff>",
                        "O<90>",
                        "Q<90>",
                        "")) {
            assertThat(Decoded.of(() -> Hessian.read(WireText.bytes(text), limit(1_000), "test")))
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void refusesAPayloadThatWasCutAnywhere() {
        ServiceEntry entry = new AnyRecords(3).entry();
        byte[] whole = SnapshotBodies.encodeServices(List.of(entry), 1);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThat(SnapshotBodies.decodeServices(cut)).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void refusesAMapThatIsItsOwnValueOrKey() {
        assertThat(
                        Decoded.of(
                                () ->
                                        Hessian.read(
                                                WireText.bytes("H<01>aQ<90>Z"), limit(99), "test")))
                .isInstanceOf(Decoded.Refused.class);
        assertThat(
                        Decoded.of(
                                () ->
                                        Hessian.read(
                                                WireText.bytes("HQ<90><01>aZ"), limit(99), "test")))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Property(tries = 1_000)
    void brokenBytesAreRefusedAndNothingElse(@ForAll long seed) {
        Random random = new Random(seed);
        ServiceEntry entry = new AnyRecords(seed % 50).entry();
        List<byte[]> forms = new ArrayList<>();
        forms.add(GroupPayloads.encodeService(entry.service(), entry.clusters().values()));
        forms.add(SnapshotBodies.encodeInstances(entry.instances().values()));
        forms.add(SnapshotBodies.encodeServices(List.of(entry), 1));
        entry.instances()
                .values()
                .forEach(instance -> forms.add(GroupPayloads.encodeInstance(instance, 1)));
        byte[] bytes = forms.get(random.nextInt(forms.size())).clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        for (byte[] input : List.of(bytes, cut)) {
            assertThat(GroupPayloads.decodeInstance(input)).isNotNull();
            assertThat(GroupPayloads.decodeInstanceRemoval(input)).isNotNull();
            assertThat(GroupPayloads.decodeService(input)).isNotNull();
            assertThat(GroupPayloads.decodeOverride(input)).isNotNull();
            assertThat(GroupPayloads.decodeServiceRemoval(input)).isNotNull();
            assertThat(SnapshotBodies.decodeInstances(input)).isNotNull();
            assertThat(SnapshotBodies.decodeServices(input)).isNotNull();
            assertThat(SnapshotBodies.decodeOverrides(input)).isNotNull();
            assertThat(LogEntries.decode(input)).isNotNull();
            assertThat(SnapshotArchive.unpack(input, "")).isNotNull();
        }
    }

    @Property(tries = 1_000)
    void recordsComeBackFromPayloadsAndSnapshots(@ForAll long seed) {
        ServiceEntry entry = new AnyRecords(seed).entry();
        ServiceEntry bare = ServiceEntry.of(entry.service());
        for (ClusterRecord cluster : entry.clusters().values()) {
            bare = bare.withCluster(cluster);
        }
        byte[] payload = GroupPayloads.encodeService(entry.service(), entry.clusters().values());
        List<OverrideRecord> overrides =
                entry.instances().values().stream()
                        .filter(i -> !i.key().cluster().contains(":"))
                        .map(
                                i ->
                                        new OverrideRecord(
                                                i.key(), i.weight(), i.enabled(), i.metadata()))
                        .toList();

        assertThat(GroupPayloads.decodeService(payload).orThrow()).isEqualTo(bare);
        assertThat(
                        SnapshotBodies.decodeServices(
                                        SnapshotBodies.encodeServices(List.of(entry), 1))
                                .orThrow())
                .containsExactly(bare);
        for (InstanceRecord instance : entry.instances().values()) {
            byte[] data = GroupPayloads.encodeInstance(instance, 1);
            assertThat(GroupPayloads.decodeInstance(data).orThrow()).isEqualTo(instance);
        }
        Map<String, InstanceRecord> onePerAddress = new TreeMap<>();
        entry.instances().values().forEach(i -> onePerAddress.put(i.key().address(), i));
        assertThat(
                        SnapshotBodies.decodeInstances(
                                        SnapshotBodies.encodeInstances(onePerAddress.values()))
                                .orThrow())
                .containsExactlyInAnyOrderElementsOf(onePerAddress.values());
        assertThat(
                        SnapshotBodies.decodeOverrides(SnapshotBodies.encodeOverrides(overrides, 1))
                                .orThrow())
                .containsExactlyInAnyOrderElementsOf(overrides);
    }

    @Test
    void refusesNamesThatAreTooLongOrHalf() {
        for (String name : List.of("n".repeat(513), "\ud800", " ")) {
            byte[] data = GroupPayloads.encodeServiceRemoval(new ServiceKey("public", "G", name));

            assertThat(GroupPayloads.decodeServiceRemoval(data))
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void readsLogEntriesOfEveryVersion() {
        WriteRequest write =
                WriteRequest.newBuilder()
                        .setGroup(GroupPayloads.INSTANCES)
                        .setOperation(GroupPayloads.ADD)
                        .setData(ByteString.copyFromUtf8("C0"))
                        .putExtendInfo("a", "b")
                        .build();
        ReadRequest read = ReadRequest.newBuilder().setGroup("g").build();
        byte[] marked = LogEntries.encode(write);
        byte[] markedRead = new byte[2 + read.getSerializedSize()];
        markedRead[0] = 0x38;
        markedRead[1] = 1;
        System.arraycopy(read.toByteArray(), 0, markedRead, 2, markedRead.length - 2);

        assertThat(marked).startsWith(0x38, 2, 0x0a);
        assertThat(LogEntries.decode(marked).orThrow())
                .isInstanceOfSatisfying(
                        LogEntries.Write.class,
                        entry -> assertThat(withoutUnknown(entry.request())).isEqualTo(write));
        assertThat(LogEntries.decode(write.toByteArray()).orThrow())
                .isEqualTo(new LogEntries.Write(write));
        assertThat(LogEntries.decode(markedRead).orThrow()).isEqualTo(new LogEntries.Read());
        assertThat(LogEntries.decode(new byte[0])).isInstanceOf(Decoded.Refused.class);
        assertThat(LogEntries.decode(new byte[] {0x38, 2, 0x0a, 99}))
                .isInstanceOf(Decoded.Refused.class);
    }

    private static Hessian.Limits limit(int most) {
        return new Hessian.Limits(most, most);
    }

    private static WriteRequest withoutUnknown(WriteRequest request) {
        return request.toBuilder()
                .setUnknownFields(com.google.protobuf.UnknownFieldSet.getDefaultInstance())
                .build();
    }

    private static byte[] stockHessian(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hessian2Output output = new Hessian2Output(bytes);
        SerializerFactory factory = new SerializerFactory();
        factory.setAllowNonSerializable(true);
        output.setSerializerFactory(factory);
        output.writeObject(value);
        output.close();
        return bytes.toByteArray();
    }
}
