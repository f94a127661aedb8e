package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.ByteString;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The strings are what a real 2.5.1 server put into its log (spec: jraft-groups 3.2 to 3.4). */
class GroupPayloadsTest {

    private static final String REAL_INSTANCE =
            "C0gcom.alibaba.nacos.naming.core.v2.service.impl.PersistentClientOperationServiceImpl"
                + "$InstanceStoreRequest<93><08>clientId<07>service<08>instance<60><11>10.0.0.1:80#false"
                + "C0-com.alibaba.nacos.naming.core.v2.pojo.Service<96><09>namespace<05>group<04>name"
                + "<09>ephemeral<0f>lastUpdatedTime<08>revisiona<06>public<0d>DEFAULT_GROUP<02>p1F"
                + "L<00><00><01><a2><00>4<cc>mC0&java.util.concurrent.atomic.AtomicLong<91><05>value"
                + "b<e0>C0*com.alibaba.nacos.api.naming.pojo.Instance<9a><0a>instanceId<02>ip<04>port"
                + "<06>weight<07>healthy<07>enabled<09>ephemeral<0b>clusterName<0b>serviceName"
                + "<08>metadatac0%10.0.0.1#80#DEFAULT#DEFAULT_GROUP@@p1<08>10.0.0.1<c8>P]<02>TTF"
                + "<07>DEFAULT<11>DEFAULT_GROUP@@p1H<01>a<01>bZ";

    private static final long REAL_UPDATED_AT_MS = 0x000001a20034cc6dL;

    private static final String REAL_OPERATION =
            "C0;com.alibaba.nacos.naming.core.v2.metadata.MetadataOperation<95><09>namespace"
                    + "<05>group<0b>serviceName<03>tag<08>metadata<60><06>public<0d>DEFAULT_GROUP";

    private static final String REAL_SERVICE =
            REAL_OPERATION
                    + "<04>svcANC09com.alibaba.nacos.naming.core.v2.metadata.ServiceMetadata<95>"
                    + "<09>ephemeral<10>protectThreshold<08>selector<0a>extendData<08>clustersaF"
                    + "_<00><00><01><f4>C0.com.alibaba.nacos.naming.selector.NoneSelector<90>b"
                    + "M<17>java.util.LinkedHashMap<01>k<01>vZM0&java.util.concurrent.ConcurrentHashMapZ";

    private static final String REAL_OVERRIDE =
            REAL_OPERATION
                    + "<02>p1<13>10.0.0.1:80:DEFAULTC0:com.alibaba.nacos.naming.core.v2.metadata"
                    + ".InstanceMetadata<93><06>weight<07>enabled<0a>extendDataa]<03>F"
                    + "M0&java.util.concurrent.ConcurrentHashMap<01>a<01>cZ";

    private static final ServiceKey P1 = ServiceKey.of("", "", "p1");
    private static final InstanceKey FIRST = new InstanceKey(P1, "10.0.0.1", 80, "");

    @Test
    void writesAnInstanceByteForByteAsARealServer() {
        InstanceRecord record = InstanceRecord.persistent(FIRST, 2, true, Map.of("a", "b"));

        assertThat(WireText.text(GroupPayloads.encodeInstance(record, REAL_UPDATED_AT_MS)))
                .isEqualTo(REAL_INSTANCE);
        assertThat(GroupPayloads.decodeInstance(WireText.bytes(REAL_INSTANCE)).orThrow())
                .isEqualTo(record);
    }

    /** Spec jraft-groups 13: 38 02 0a 1c "…_v2" 1a length payload 2a 03 "ADD". */
    @Test
    void writesTheEntryOfTheLogAroundItAsARealServer() {
        WriteRequest request =
                WriteRequest.newBuilder()
                        .setGroup(GroupPayloads.INSTANCES)
                        .setOperation(GroupPayloads.ADD)
                        .setData(ByteString.copyFrom(WireText.bytes(REAL_INSTANCE)))
                        .build();
        byte[] entry = LogEntries.encode(request);

        assertThat(WireText.text(entry))
                .startsWith("8<02><0a><1c>naming_persistent_service_v2<1a>")
                .endsWith(REAL_INSTANCE + "*<03>ADD");
        assertThat(LogEntries.decode(entry).orThrow()).isEqualTo(new LogEntries.Write(request));
    }

    @Test
    void readsTheAddressOfARemoval() {
        assertThat(GroupPayloads.decodeInstanceRemoval(WireText.bytes(REAL_INSTANCE)).orThrow())
                .isEqualTo(new InstanceAddress(P1, "10.0.0.1", 80));
    }

    @Test
    void writesAServiceByteForByteAsARealServer() {
        ServiceRecord record =
                ServiceRecord.of(ServiceKey.of("", "", "svcA"), 0.5f, Map.of("k", "v"));

        assertThat(WireText.text(GroupPayloads.encodeService(record, List.of())))
                .isEqualTo(REAL_SERVICE);
        assertThat(GroupPayloads.decodeService(WireText.bytes(REAL_SERVICE)).orThrow())
                .isEqualTo(ServiceEntry.of(record));
    }

    @Test
    void writesAnOverrideByteForByteAsARealServer() {
        OverrideRecord record =
                new OverrideRecord(FIRST, 3, false, new TreeMap<>(Map.of("a", "c")));

        assertThat(WireText.text(GroupPayloads.encodeOverride(record))).isEqualTo(REAL_OVERRIDE);
        assertThat(GroupPayloads.decodeOverride(WireText.bytes(REAL_OVERRIDE)).orThrow())
                .isEqualTo(record);
        assertThat(GroupPayloads.decodeOverrideRemoval(WireText.bytes(REAL_OVERRIDE)).orThrow())
                .isEqualTo(FIRST);
    }

    @Test
    void carriesEveryCheckerAndSelector() {
        ServiceKey key = new ServiceKey("ns-1", "G", "s");
        List<HealthChecker> checkers =
                List.of(
                        new HealthChecker.Tcp(),
                        new HealthChecker.Http("/h?a=b", "x:y", 204),
                        new HealthChecker.Mysql("u", "p", "select 1"),
                        new HealthChecker.None());
        List<Selector> selectors =
                List.of(
                        new Selector.None(),
                        new Selector.Label(
                                "CONSUMER.label.a = PROVIDER.label.a", Set.of("a", "b")));
        for (Selector selector : selectors) {
            ServiceEntry entry =
                    ServiceEntry.of(
                            new ServiceRecord(
                                    key, 0.1f, new TreeMap<>(), selector, LegacyExtras.NONE));
            for (HealthChecker checker : checkers) {
                entry =
                        entry.withCluster(
                                new ClusterRecord(
                                        new ClusterKey(key, "c-" + checker.type()),
                                        checker,
                                        8081,
                                        false,
                                        new TreeMap<>(Map.of("cm", "c1")),
                                        LegacyExtras.NONE));
            }
            byte[] data = GroupPayloads.encodeService(entry.service(), entry.clusters().values());

            assertThat(GroupPayloads.decodeService(data).orThrow()).isEqualTo(entry);
        }
    }

    @Test
    void carriesRemovals() {
        ServiceKey key = new ServiceKey("ns-1", "G", "s");
        InstanceKey six = new InstanceKey(key, "fe80::1", 8080, "C2");

        assertThat(
                        GroupPayloads.decodeServiceRemoval(GroupPayloads.encodeServiceRemoval(key))
                                .orThrow())
                .isEqualTo(key);
        assertThat(
                        GroupPayloads.decodeOverrideRemoval(
                                        GroupPayloads.encodeOverrideRemoval(six))
                                .orThrow())
                .isEqualTo(six);
    }
}
