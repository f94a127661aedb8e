package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.Task;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.RegistryCommand.PutCluster;
import dev.catamaran.registry.records.RegistryCommand.PutInstance;
import dev.catamaran.registry.records.RegistryCommand.PutService;
import dev.catamaran.registry.records.RegistryCommand.RemoveCluster;
import dev.catamaran.registry.records.RegistryCommand.RemoveInstance;
import dev.catamaran.registry.records.RegistryCommand.RemoveService;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteOrigin.Kind;
import dev.catamaran.server.stack.WriteResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JRaftStackTest {

    private static final long EPOCH = 7;
    private static final WriteOrigin CLIENT = new WriteOrigin(Kind.CLIENT, EPOCH);
    private static final WriteOrigin MIRROR = new WriteOrigin(Kind.MIRROR, EPOCH);
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final UpgradeState JRAFT = FixedWatch.in(Phase.JRAFT, EPOCH);

    @TempDir Path root;

    private final FixedWatch watch = new FixedWatch(JRAFT);
    private ThreeMembers members;

    @BeforeEach
    void start() throws IOException {
        members = ThreeMembers.started(root, watch);
        members.awaitReady();
    }

    @AfterEach
    void stop() {
        members.close();
    }

    @Test
    void takesCommandsOnEveryMemberAndShowsTheSameEverywhere() throws Exception {
        Set<ServiceKey> told = ConcurrentHashMap.newKeySet();
        JRaftServer listening = members.member(members.addresses().get(1));
        listening.stack().onChange(told::add);
        ServiceKey orders = ServiceKey.of("", "", "orders");
        ServiceKey users = ServiceKey.of("ns", "g", "users");
        InstanceRecord a = instance(orders, "10.0.0.1", "a");
        InstanceRecord b = instance(orders, "10.0.0.2", "b");
        ClusterRecord cluster = ClusterRecord.ofDefaults(new ClusterKey(orders, "a"));
        ServiceRecord named = ServiceRecord.of(users, 0.5f, Map.of("k", "v"));

        List<RegistryCommand> commands =
                List.of(
                        new PutInstance(a),
                        new PutInstance(b),
                        new PutService(named),
                        new PutCluster(cluster),
                        new PutCluster(ClusterRecord.ofDefaults(new ClusterKey(orders, "b"))),
                        new PutInstance(instance(users, "10.0.0.3", "")),
                        new RemoveInstance(new InstanceKey(orders, "10.0.0.2", 80, "other")),
                        new RemoveCluster(new ClusterKey(orders, "b")),
                        new RemoveCluster(new ClusterKey(orders, "never there")));
        for (int i = 0; i < commands.size(); i++) {
            assertThat(submit(i, commands.get(i))).as("%s", commands.get(i)).isEqualTo(done());
        }

        ServiceEntry expected =
                ServiceEntry.of(ServiceRecord.ofDefaults(orders))
                        .withCluster(cluster)
                        .withInstance(a)
                        .withInstance(b);
        RegistryTable table = tableOfAll();
        assertThat(table.entry(orders)).contains(expected);
        assertThat(table.entry(users).orElseThrow().service()).isEqualTo(named);
        assertThat(told).containsExactlyInAnyOrder(orders, users);

        assertThat(submit(0, new RemoveInstance(b.key()))).isEqualTo(done());
        assertThat(submit(1, new RemoveService(users))).isEqualTo(done());
        table = tableOfAll();
        assertThat(table.entry(orders)).contains(expected.withoutInstance(b.key()));
        assertThat(table.entry(users)).isEmpty();
    }

    @Test
    void everyMemberNamesTheVotersFromTheStart() {
        List<String> voters =
                members.addresses().stream()
                        .map(PeerAddresses::peer)
                        .map(Object::toString)
                        .toList();
        for (JRaftServer member : members.all()) {
            assertThat(member.views().values())
                    .isNotEmpty()
                    .allSatisfy(
                            view ->
                                    assertThat(view.peers())
                                            .containsExactlyInAnyOrderElementsOf(voters));
        }
    }

    @Test
    void refusesWhatTheGateDoesNotAllowAndAsksOncePerLeadership() throws Exception {
        RegistryCommand command = new PutService(service("a"));
        watch.answers(false);
        assertThat(submit(0, command)).isInstanceOf(WriteResult.NotNow.class);
        watch.answers(true);
        assertThat(submit(0, command)).isEqualTo(done());
        int asked = watch.confirmations.get();
        assertThat(submit(1, command)).isEqualTo(done());
        assertThat(watch.confirmations).hasValue(asked);

        WriteOrigin stale = new WriteOrigin(Kind.CLIENT, EPOCH - 1);
        assertThat(submit(0, command, stale))
                .isEqualTo(notNow("sent in epoch 6, the leader is in 7"));
        assertThat(submit(0, command, MIRROR).toString())
                .contains("nothing is mirrored into jraft");
        watch.set(FixedWatch.in(Phase.MIRRORING, EPOCH));
        assertThat(submit(2, command, MIRROR)).isEqualTo(done());
        assertThat(submit(2, command).toString()).contains("jraft is not the primary");
    }

    @Test
    void aRealPeersWriteIsTakenOnlyWhileJRaftIsPrimary() throws Exception {
        JRaftServer leader = members.leaderOf(Groups.SERVICES);
        LeaderDesk desk = new LeaderDesk(leader.group(Groups.SERVICES), state(leader), watch);

        assertThat(desk.take(ServicesState.put(service("real"))).get(5, TimeUnit.SECONDS))
                .isEqualTo(done());
        watch.set(FixedWatch.in(Phase.MIRRORING, EPOCH));
        assertThat(desk.take(ServicesState.put(service("late"))).get(5, TimeUnit.SECONDS))
                .isInstanceOf(WriteResult.NotNow.class);
    }

    @Test
    void sealsTheGroupsItLeadsAndMirrorsWaitForThePosition() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(submit(i, new PutInstance(instance(service("s" + i).key(), "10.0.0.1", ""))))
                    .isEqualTo(done());
        }
        StackPosition sealed = StackPosition.NONE;
        for (JRaftServer server : members.all()) {
            StackPosition own =
                    server.stack().seal(EPOCH + 1, FIVE_SECONDS).get(6, TimeUnit.SECONDS);
            java.util.TreeMap<String, Long> all = new java.util.TreeMap<>(sealed.groups());
            all.putAll(own.groups());
            sealed = new StackPosition(all);
        }

        assertThat(sealed.groups()).containsOnlyKeys(Groups.REGISTRY.toArray(String[]::new));
        for (JRaftServer server : members.all()) {
            server.stack().awaitPosition(sealed, FIVE_SECONDS).get(6, TimeUnit.SECONDS);
            assertThat(server.stack().table().instanceCount()).isEqualTo(6);
        }
        assertThat(submit(0, new PutService(service("late"))))
                .isEqualTo(notNow("sealed for epoch 8"));
        assertThat(tableOfAll().entry(service("late").key())).isEmpty();
    }

    @Test
    void goesOnWithoutALeaderAndHealsTheMemberThatComesBack() throws Exception {
        assertThat(submit(0, new PutService(service("before")))).isEqualTo(done());
        JRaftServer leader = members.leaderOf(Groups.SERVICES);
        String gone = members.addressOf(leader);
        members.stop(gone);

        JRaftServer other = members.leaderOf(Groups.SERVICES);
        members.leaderOf(Groups.INSTANCES);
        members.leaderOf(Groups.OVERRIDES);
        InstanceRecord meanwhile = instance(service("meanwhile").key(), "10.0.0.9", "");
        await().atMost(ThreeMembers.SOON)
                .until(() -> submit(other, new PutInstance(meanwhile), CLIENT).equals(done()));

        members.start(gone);
        members.awaitReady();
        RegistryTable table = tableOfAll();
        assertThat(table.entries()).containsOnlyKeys(service("before").key(), meanwhile.service());
    }

    @Test
    void aSnapshotBringsAnEmptyMemberUpToDate() throws Exception {
        InstanceRecord kept = instance(service("kept").key(), "10.0.0.1", "c");
        assertThat(submit(0, new PutInstance(kept))).isEqualTo(done());
        assertThat(
                        submit(
                                0,
                                new PutCluster(
                                        ClusterRecord.ofDefaults(
                                                new ClusterKey(kept.service(), "c")))))
                .isEqualTo(done());
        String wiped = members.addresses().get(2);
        members.stop(wiped);
        // A leader's log is cut up to the snapshot before the last, so it takes two.
        for (int round = 0; round < 2; round++) {
            for (JRaftServer server : members.all()) {
                for (String group : Groups.REGISTRY) {
                    snapshot(server.group(group));
                }
            }
            RegistryCommand more = new PutService(service("round" + round));
            await().atMost(ThreeMembers.SOON)
                    .until(
                            () ->
                                    submit(members.all().iterator().next(), more, CLIENT)
                                            .equals(done()));
        }
        deleteTree(members.home(wiped));
        JRaftServer back = members.start(wiped);
        members.awaitReady();

        assertThat(tableOfAll().entry(kept.service()).orElseThrow().instances())
                .containsOnlyKeys(kept.key());
        assertThat(back.group(Groups.SERVICES).machine().skipped()).isZero();
        assertThat(
                        members.home(wiped)
                                .resolve("data/protocol/raft/naming_service_metadata/snapshot"))
                .isDirectoryRecursivelyContaining("glob:**service_metadata.zip");
    }

    @Test
    void skipsEntriesThatNobodyCanRead() throws Exception {
        RaftGroup group = members.leaderOf(Groups.INSTANCES).group(Groups.INSTANCES);
        CompletableFuture<Status> committed = new CompletableFuture<>();
        ByteBuffer rubbish = ByteBuffer.wrap(new byte[] {0x38, 0x02, 0x7f, 0x01});
        group.node().orElseThrow().apply(new Task(rubbish, committed::complete));
        assertThat(committed.get(5, TimeUnit.SECONDS).isOk()).isTrue();

        InstanceRecord next = instance(service("next").key(), "10.0.0.1", "");
        assertThat(submit(1, new PutInstance(next))).isEqualTo(done());
        assertThat(tableOfAll().instanceCount()).isEqualTo(1);
        for (JRaftServer server : members.all()) {
            assertThat(server.group(Groups.INSTANCES).machine().skipped()).isEqualTo(1);
            assertThat(server.stack().status().detail()).contains("1 unreadable entries");
        }
    }

    @Test
    void manyWritersOfOneServiceLoseNothing() throws Exception {
        ServiceKey key = service("busy").key();
        List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            RegistryCommand put =
                    new PutInstance(instance(key, "10.0.1." + (i % 250), "c" + i % 3));
            sent.add(members.member(members.addresses().get(i % 3)).stack().submit(put, CLIENT));
            if (i % 5 == 4) {
                RegistryCommand remove =
                        new RemoveInstance(new InstanceKey(key, "10.0.1." + (i % 250), 80, "none"));
                sent.add(members.member(members.addresses().get(0)).stack().submit(remove, CLIENT));
            }
        }
        for (CompletableFuture<WriteResult> one : sent) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(done());
        }
        assertThat(tableOfAll().entry(key).orElseThrow().instances()).hasSize(250);
    }

    private static RegistryGroupState state(JRaftServer server) {
        return (RegistryGroupState) server.group(Groups.SERVICES).state();
    }

    private RegistryTable tableOfAll() throws Exception {
        for (JRaftServer server : members.all()) {
            StackPosition at = server.stack().barrier(FIVE_SECONDS).get(6, TimeUnit.SECONDS);
            assertThat(at.groups()).hasSize(Groups.REGISTRY.size());
        }
        List<RegistryTable> tables =
                members.all().stream().map(server -> server.stack().table()).toList();
        assertThat(tables.stream().map(RegistryTable::digest).distinct()).hasSize(1);
        return tables.get(0);
    }

    private WriteResult submit(int member, RegistryCommand command) throws Exception {
        return submit(member, command, CLIENT);
    }

    private WriteResult submit(int member, RegistryCommand command, WriteOrigin origin)
            throws Exception {
        List<String> addresses = members.addresses();
        return submit(members.member(addresses.get(member % 3)), command, origin);
    }

    private static WriteResult submit(
            JRaftServer server, RegistryCommand command, WriteOrigin origin) throws Exception {
        return server.stack().submit(command, origin).get(10, TimeUnit.SECONDS);
    }

    private static void snapshot(RaftGroup group) throws Exception {
        CompletableFuture<Status> taken = new CompletableFuture<>();
        group.node().orElseThrow().snapshot(taken::complete);
        assertThat(taken.get(10, TimeUnit.SECONDS).isOk()).as(group.name()).isTrue();
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static WriteResult done() {
        return new WriteResult.Done();
    }

    private static WriteResult notNow(String because) {
        return new WriteResult.NotNow(because);
    }

    private static ServiceRecord service(String name) {
        return ServiceRecord.ofDefaults(ServiceKey.of("", "", name));
    }

    private static InstanceRecord instance(ServiceKey service, String ip, String cluster) {
        return InstanceRecord.persistent(
                new InstanceKey(service, ip, 80, cluster), 2, true, Map.of("a", "b"));
    }
}
