package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.server.stack.jraft.GroupState.SnapshotFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JRaftRegistryTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "s");
    private static final ServiceRecord NAMED = ServiceRecord.of(KEY, 0.5f, Map.of("k", "v"));

    private final JRaftRegistry registry = new JRaftRegistry();
    private final ServicesState services = new ServicesState(registry);
    private final InstancesState instances = new InstancesState(registry);
    private final OverridesState overrides = new OverridesState(registry);

    @Test
    void anInstanceImpliesItsServiceUntilItGoes() throws Exception {
        instances.apply(InstancesState.add(instance("10.0.0.1", "c"), 1), 1);

        assertThat(entry().service()).isEqualTo(ServiceRecord.ofDefaults(KEY));
        assertThat(registry.explicitEntry(KEY)).isEmpty();
        instances.apply(InstancesState.delete(instance("10.0.0.1", "c"), 1), 2);
        assertThat(registry.table().entry(KEY)).isEmpty();
    }

    @Test
    void anAddressHasOneInstanceWhateverItsCluster() throws Exception {
        instances.apply(InstancesState.add(instance("10.0.0.1", "a"), 1), 1);
        instances.apply(InstancesState.add(instance("10.0.0.10", "a"), 1), 2);
        instances.apply(InstancesState.add(instance("10.0.0.1", "Z"), 1), 3);

        assertThat(entry().instances().keySet())
                .extracting(InstanceKey::cluster)
                .containsExactly("Z", "a");
        assertThat(instances.plan(InstancesState.delete(instance("10.0.0.1", "a"), 1))).isEmpty();
        assertThat(instances.plan(InstancesState.delete(instance("10.0.0.1", "Z"), 1))).hasSize(1);
        assertThat(instances.plan(InstancesState.delete(instance("10.0.0.2", "Z"), 1))).isEmpty();
    }

    @Test
    void aChangeOfAnInstanceNeedsOne() throws Exception {
        byte[] payload = GroupPayloads.encodeInstance(instance("10.0.0.1", "c"), 1);
        instances.apply(Payloads.request(Groups.INSTANCES, GroupPayloads.CHANGE, payload), 1);
        assertThat(registry.table().serviceCount()).isZero();
    }

    @Test
    void aChangeOfAServiceKeepsItsClustersAndInstances() throws Exception {
        instances.apply(InstancesState.add(instance("10.0.0.1", "c"), 1), 1);
        services.apply(ServicesState.putCluster(ServiceRecord.ofDefaults(KEY), cluster("c")), 2);
        services.apply(ServicesState.put(NAMED), 3);

        assertThat(entry())
                .isEqualTo(
                        ServiceEntry.of(NAMED)
                                .withCluster(cluster("c"))
                                .withInstance(instance("10.0.0.1", "c")));
        assertThat(services.plan(ServicesState.putDefaultsIfAbsent(KEY))).isEmpty();
    }

    @Test
    void removingAClusterIsADeleteAndAChangeWithTheRest() throws Exception {
        services.apply(ServicesState.put(NAMED), 1);
        services.apply(ServicesState.putCluster(NAMED, cluster("a")), 2);
        services.apply(ServicesState.putCluster(NAMED, cluster("b")), 3);
        instances.apply(InstancesState.add(instance("10.0.0.1", "b"), 1), 4);

        List<WriteRequest> entries =
                services.plan(ServicesState.removeCluster(new ClusterKey(KEY, "b")));
        assertThat(entries)
                .extracting(WriteRequest::getOperation)
                .containsExactly(GroupPayloads.DELETE, GroupPayloads.CHANGE);
        for (WriteRequest entry : entries) {
            services.apply(entry, 5);
        }
        assertThat(entry())
                .isEqualTo(
                        ServiceEntry.of(NAMED)
                                .withCluster(cluster("a"))
                                .withInstance(instance("10.0.0.1", "b")));
        assertThat(services.plan(ServicesState.removeCluster(new ClusterKey(KEY, "b")))).isEmpty();
    }

    @Test
    void snapshotsOfTheThreeGroupsMakeTheSameTableInAnyOrder() throws Exception {
        services.apply(ServicesState.put(NAMED), 1);
        services.apply(ServicesState.putCluster(NAMED, cluster("a")), 2);
        instances.apply(InstancesState.add(instance("10.0.0.1", "a"), 1), 3);
        ServiceKey implied = ServiceKey.of("ns", "g", "implied");
        instances.apply(InstancesState.add(instanceOf(implied, "10.0.0.2", "x"), 1), 4);
        OverrideRecord set =
                new OverrideRecord(
                        new InstanceKey(KEY, "10.0.0.1", 80, "a"), 3, false, new TreeMap<>());
        overrides.apply(
                Payloads.request(
                        Groups.OVERRIDES, GroupPayloads.ADD, GroupPayloads.encodeOverride(set)),
                5);

        for (boolean servicesFirst : List.of(true, false)) {
            JRaftRegistry other = new JRaftRegistry();
            other.putInstance(instanceOf(ServiceKey.of("", "", "gone"), "10.9.9.9", "x"));
            List<ServiceKey> told = new ArrayList<>();
            other.onChange(told::add);
            List<GroupState> from = List.of(services, instances);
            List<GroupState> to = List.of(new ServicesState(other), new InstancesState(other));
            for (int i = 0; i < 2; i++) {
                int at = servicesFirst ? i : 1 - i;
                to.get(at).load(from.get(at).capture().call());
            }
            new OverridesState(other).load(overrides.capture().call());

            assertThat(other.table().digest()).isEqualTo(registry.table().digest());
            assertThat(other.explicitEntry(implied)).isEmpty();
            assertThat(other.overrides().override(set.key())).contains(set);
            assertThat(told).contains(KEY, implied, ServiceKey.of("", "", "gone"));
        }
    }

    @Test
    void aDamagedSnapshotIsRefusedAndChangesNothing() throws Exception {
        services.apply(ServicesState.put(NAMED), 1);
        SnapshotFile good = services.capture().call();
        byte[] bent = good.bytes().clone();
        bent[bent.length / 2] ^= 1;

        assertThatThrownBy(() -> services.load(new SnapshotFile(bent, good.userMeta())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");
        assertThat(entry().service()).isEqualTo(NAMED);
    }

    @Test
    void aListenerThatFailsStopsNothing() throws Exception {
        registry.onChange(
                key -> {
                    throw new IllegalStateException("broken listener");
                });
        services.apply(ServicesState.put(NAMED), 1);
        assertThat(entry().service()).isEqualTo(NAMED);
    }

    private ServiceEntry entry() {
        return registry.table().entry(KEY).orElseThrow();
    }

    private static ClusterRecord cluster(String name) {
        return ClusterRecord.ofDefaults(new ClusterKey(KEY, name));
    }

    private static InstanceRecord instance(String ip, String cluster) {
        return instanceOf(KEY, ip, cluster);
    }

    private static InstanceRecord instanceOf(ServiceKey service, String ip, String cluster) {
        return InstanceRecord.persistent(
                new InstanceKey(service, ip, 80, cluster), 1, true, Map.of());
    }
}
