package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.caucho.hessian.io.Hessian2Output;
import com.caucho.hessian.io.SerializerFactory;
import dev.catamaran.registry.decode.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The twelve kinds of input by which Hessian has been made to build what nobody wanted (spec:
 * jraft-disk 8), written by the stock library, one test each; and our own bounds.
 */
class HostileKindsTest {

    private static final String ATOMIC = "C0)java.util.concurrent.atomic.AtomicBoolean<91>";

    /** A bean that says when it is made. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;
        private final String command = "rm";

        @Override
        public String toString() {
            return command;
        }
    }

    @Test
    void aBeanIsRefused() throws IOException {
        assertRefused(stock(new Gadget()), "object: " + Gadget.class.getName());
    }

    @Test
    void aBeanOfTheJdkIsRefused() throws IOException {
        assertRefused(stock(new BitSet(3)), "object: java.util.BitSet");
    }

    @Test
    void aClassIsRefused() throws IOException {
        assertRefused(stock(String.class), "object: java.lang.Class");
    }

    @Test
    void aFileIsRefused() throws IOException {
        assertRefused(stock(new File("/tmp/x")), "object: java.io.File");
    }

    @Test
    void aMapOfAnotherTypeIsRefused() throws IOException {
        assertRefused(stock(new TreeMap<>(Map.of("k", "v"))), "map: java.util.TreeMap");
    }

    /**
     * Real snapshots hold linked lists (spec: jraft-groups 4.3), so the type is on the list; it is
     * no payload by itself, takes nothing evil along, and other lists are refused.
     */
    @Test
    @SuppressWarnings("JdkObsolete") // just because nobody uses them
    void aListOfAnotherTypeIsRefusedAndALinkedListIsNoPayload() throws IOException {
        assertRefused(stock(new Vector<>(List.of("a"))), "list: java.util.Vector");
        assertRefused(stock(new LinkedList<>(List.of(new Gadget()))), Gadget.class.getName());
        byte[] linked = stock(new LinkedList<>(List.of("a")));
        assertThat(GroupPayloads.decodeService(linked)).isInstanceOf(Decoded.Refused.class);
        assertThat(GroupPayloads.decodeInstance(linked)).isInstanceOf(Decoded.Refused.class);
        assertThat(SnapshotBodies.decodeInstances(linked)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void anArrayOfBeansIsRefused() throws IOException {
        assertRefused(stock(new Gadget[] {new Gadget()}), "list: [" + Gadget.class.getName());
    }

    @Test
    void anArrayOfClassesIsRefused() throws IOException {
        assertRefused(stock(new Class<?>[] {String.class}), "list: [");
    }

    @Test
    void anEnumIsRefused() throws IOException {
        assertRefused(stock(TimeUnit.SECONDS), "object: java.util.concurrent.TimeUnit");
    }

    @Test
    void aNameOfRealServersThatNoPayloadHoldsIsRefused() {
        String name = "com.alibaba.nacos.naming.pojo.Record";
        String length = "0" + (char) name.length();
        assertRefused(WireText.bytes("C" + length + name + "<90><60>"), "object: " + name);
    }

    @Test
    void anEvilValueInAnAllowedMapIsRefused() throws IOException {
        Map<String, Object> map = new HashMap<>();
        map.put("k", new Gadget());
        assertRefused(stock(map), "object: " + Gadget.class.getName());
        assertRefused(stock(new ArrayList<>(List.of(new Gadget()))), Gadget.class.getName());
    }

    @Test
    void anEvilValueInAFieldThatNobodyReadsIsRefused() {
        byte[] plain = WireText.bytes(ATOMIC + "<05>other<60><90>");
        byte[] evil = WireText.bytes(ATOMIC + "<05>other<60>C<0c>java.io.File<91><04>patha<01>x");

        assertThat(read(plain, 100)).isInstanceOf(Decoded.Ok.class);
        assertRefused(evil, "object: java.io.File");
    }

    @Test
    void whatIsNotOnTheListIsNotWrittenEither() {
        for (Object evil : List.of(new Gadget(), new File("/x"), TimeUnit.SECONDS, new int[1])) {
            assertThatThrownBy(() -> Hessian.write(evil))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no payload holds a");
        }
    }

    @Test
    void moreElementsThanTheBoundAreRefused() throws IOException {
        byte[] hundred = stock(new ArrayList<>(java.util.Collections.nCopies(99, "x")));

        assertThat(read(hundred, 100)).isInstanceOf(Decoded.Ok.class);
        assertThat(refusal(read(hundred, 99))).contains("has more than 99 elements");
    }

    /** Two bytes of a reference stand for an object each time they are read. */
    @Test
    void referencesCountAsElements() {
        byte[] many = WireText.bytes("W" + ATOMIC + "<05>value<60>T" + "Q<91>".repeat(500) + "Z");

        assertThat(read(many, 2_000)).isInstanceOf(Decoded.Ok.class);
        assertThat(refusal(read(many, 400))).contains("has more than 400 elements");
    }

    /** Each record takes its own copy of what a reference points to, so it counts each time. */
    @Test
    void whatReferencesUnfoldToCountsAsElements() {
        Map<String, Object> labels = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            labels.put("l" + i, "");
        }

        assertThat(refusal(GroupPayloads.decodeService(clustersSharing(labels, 5_000))))
                .contains("unfolds to more than 200000 elements");
    }

    @Test
    void aLongTextThatThousandsShareIsRefused() {
        Map<String, Object> labels = new HashMap<>(Map.of("k", "x".repeat(500_000)));

        assertThat(GroupPayloads.decodeService(clustersSharing(labels, 10)))
                .isInstanceOf(Decoded.Ok.class);
        assertThat(refusal(GroupPayloads.decodeService(clustersSharing(labels, 10_000))))
                .contains("unfolds to more than", "characters");
    }

    private static byte[] clustersSharing(Map<String, Object> labels, int count) {
        Map<String, Object> clusters = new HashMap<>();
        for (int i = 0; i < count; i++) {
            clusters.put(
                    "c" + i,
                    new WireObject(WireType.CLUSTER_METADATA)
                            .set("healthyCheckPort", 80)
                            .set("healthyCheckType", "TCP")
                            .set("useInstancePortForCheck", true)
                            .set("extendData", labels));
        }
        return Hessian.write(
                new WireObject(WireType.OPERATION)
                        .set("namespace", "public")
                        .set("group", "G")
                        .set("serviceName", "s")
                        .set(
                                "metadata",
                                new WireObject(WireType.SERVICE_METADATA)
                                        .set("ephemeral", false)
                                        .set("protectThreshold", 0.0)
                                        .set("clusters", clusters)));
    }

    @Test
    void clientsThatShareTheirListsAreRefused() {
        WireObject info =
                new WireObject(WireType.PUBLISH_INFO)
                        .set("ip", "1.1.1.1")
                        .set("port", 1)
                        .set("healthy", true)
                        .set("cluster", "DEFAULT")
                        .set("extendDatum", new HashMap<>());
        List<Object> names = new ArrayList<>(Collections.nCopies(1_000, "s"));
        List<Object> infos = new ArrayList<>(Collections.nCopies(1_000, info));
        Map<String, Object> clients = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            clients.put(
                    "c" + i,
                    new WireObject(WireType.CLIENT)
                            .set("clientId", "c")
                            .set("namespaces", names)
                            .set("groupNames", names)
                            .set("serviceNames", names)
                            .set("instancePublishInfos", infos));
        }

        assertThat(refusal(SnapshotBodies.decodeInstances(Hessian.write(clients))))
                .contains("unfolds to more than");
    }

    /** The chain hangs on values that a later one of the same key replaced. */
    @Test
    void aChainOfReferencesIsNoDeeperThanNesting() {
        StringBuilder chain = new StringBuilder("H");
        for (int i = 0; i < 40; i++) {
            String before = i == 0 ? "T" : "Q" + "<%02x>".formatted(0x90 + i);
            chain.append("<01>kW").append(before).append("Z");
        }

        assertThat(refusal(read(WireText.bytes(chain + "Z"), 1_000)))
                .contains("is nested deeper than");
    }

    @Test
    void anInputLongerThanTheBoundIsRefusedUnread() {
        byte[] junk = new byte[101];

        assertThat(refusal(Decoded.of(() -> Hessian.read(junk, new Hessian.Limits(100, 9), "x"))))
                .contains("is longer than 100 bytes");
    }

    @Test
    void nestingDeeperThanTheBoundIsRefused() {
        String list = "W".repeat(Hessian.MAX_DEPTH - 1);
        String end = "Z".repeat(Hessian.MAX_DEPTH - 1);

        assertThat(read(WireText.bytes(list + "T" + end), 1_000)).isInstanceOf(Decoded.Ok.class);
        assertThat(refusal(read(WireText.bytes(list + "WTZ" + end), 1_000)))
                .contains("is nested deeper than " + Hessian.MAX_DEPTH);
    }

    private static Decoded<Object> read(byte[] bytes, int maxElements) {
        return Decoded.of(() -> Hessian.read(bytes, new Hessian.Limits(10_000, maxElements), ""));
    }

    /** By the reader itself, for the type, and by what reads payloads and snapshots with it. */
    private static void assertRefused(byte[] bytes, String type) {
        assertThat(refusal(read(bytes, 1_000))).contains("type is not allowed for a", type);
        assertThat(GroupPayloads.decodeInstance(bytes)).isInstanceOf(Decoded.Refused.class);
        assertThat(GroupPayloads.decodeService(bytes)).isInstanceOf(Decoded.Refused.class);
        assertThat(GroupPayloads.decodeOverride(bytes)).isInstanceOf(Decoded.Refused.class);
        assertThat(SnapshotBodies.decodeInstances(bytes)).isInstanceOf(Decoded.Refused.class);
        assertThat(SnapshotBodies.decodeServices(bytes)).isInstanceOf(Decoded.Refused.class);
        assertThat(SnapshotBodies.decodeOverrides(bytes)).isInstanceOf(Decoded.Refused.class);
    }

    private static String refusal(Decoded<?> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused<?>) decoded).refusal().toString();
    }

    private static byte[] stock(Object value) throws IOException {
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
