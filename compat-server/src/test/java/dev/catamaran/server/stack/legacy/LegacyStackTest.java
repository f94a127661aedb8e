package dev.catamaran.server.stack.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.transition.ManualWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three stacks in one JVM, with real clocks, files and wire forms. */
class LegacyStackTest {

    private static final List<String> MEMBERS =
            List.of("127.0.0.1:8848", "127.0.0.1:8858", "127.0.0.1:8868");
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final ServiceKey SERVICE = ServiceKey.of("public", "G", "orders");

    @TempDir private Path homes;

    private final Map<String, LegacyStack> stacks = new ConcurrentHashMap<>();
    private final Map<String, ManualWatch> watches = new ConcurrentHashMap<>();
    private final Set<String> cutOff = LoopbackClient.nobodyCutOff();

    LegacySettings.Rules rules() {
        return LegacySettings.Rules.OWN;
    }

    @BeforeEach
    void start() throws IOException {
        for (String member : MEMBERS) {
            start(member);
        }
        awaitLeader();
    }

    @AfterEach
    void stop() {
        stacks.values().forEach(LegacyStack::close);
    }

    @Test
    void aWriteThroughAnyMemberIsSeenByAll() {
        for (int i = 0; i < MEMBERS.size(); i++) {
            assertThat(submit(MEMBERS.get(i), put(i))).isEqualTo(new WriteResult.Done());
        }
        awaitEqual();
        assertThat(stack(0).table().entry(SERVICE).orElseThrow().instances()).hasSize(3);
        assertThat(stack(0).table().entry(SERVICE).orElseThrow().instances().get(key(1)).metadata())
                .containsEntry("text", "a+b % 中文 &=%2B");
    }

    @Test
    void concurrentWritersOfOneServiceLoseNothing() {
        assertThat(submit(MEMBERS.get(0), put(0))).isEqualTo(new WriteResult.Done());
        List<CompletableFuture<WriteResult>> results = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            results.add(stack(i % 3).submit(put(i), client(0)));
        }
        results.forEach(result -> assertThat(result.join()).isEqualTo(new WriteResult.Done()));
        awaitEqual();
        assertThat(stack(1).table().instanceCount()).isEqualTo(45);

        assertThat(submit(MEMBERS.get(2), new RegistryCommand.RemoveService(SERVICE)))
                .isEqualTo(new WriteResult.Done());
        awaitEqual();
        assertThat(stack(0).table().serviceCount()).isZero();
    }

    @Test
    void aMemberThatWasDownIsBroughtUpToDateAndAnotherLeaderKeepsAll() throws IOException {
        assertThat(submit(MEMBERS.get(0), put(1))).isEqualTo(new WriteResult.Done());
        String leader = stack(0).leader().orElseThrow();
        LegacyStack stopped = stacks.remove(leader);
        assertThat(stopped).isNotNull();
        stopped.close();
        String other =
                MEMBERS.stream().filter(name -> !name.equals(leader)).findAny().orElseThrow();
        await().atMost(LONG).until(() -> submit(other, put(2)).equals(new WriteResult.Done()));

        start(leader);

        awaitEqual();
        assertThat(stacks.get(leader)).isNotNull();
        assertThat(stack(0).table().instanceCount()).isEqualTo(2);
    }

    @Test
    void aLeaderThatIsCutOffAcknowledgesNothing() {
        String leader = stack(0).leader().orElseThrow();
        cutOff.add(leader);

        WriteResult result = submit(leader, put(7));

        assertThat(result).isInstanceOfAny(WriteResult.Unknown.class, WriteResult.NotNow.class);
        cutOff.clear();
        awaitEqual();
    }

    @Test
    void aFenceStopsClientsAndTheSealNamesTheLastPosition() {
        assertThat(submit(MEMBERS.get(0), put(1))).isEqualTo(new WriteResult.Done());
        UpgradeState fenced = UpgradeState.START.movedTo(Phase.MIRRORING).fencedFor(Phase.JRAFT);
        watches.values().forEach(watch -> watch.move(fenced));

        List<StackPosition> sealed =
                stacks.values().stream()
                        .map(stack -> stack.seal(fenced.epoch(), LONG).join())
                        .filter(position -> !position.equals(StackPosition.NONE))
                        .toList();

        assertThat(sealed).hasSize(1);
        assertThat(submit(MEMBERS.get(1), put(2))).isInstanceOf(WriteResult.NotNow.class);
        stacks.values().forEach(stack -> stack.awaitPosition(sealed.get(0), LONG).join());
        awaitEqual();
        assertThat(stack(2).table().instanceCount()).isEqualTo(1);
    }

    @Test
    void takesTheMirrorOnlyWhereItIsTheTarget() {
        UpgradeState jraft =
                UpgradeState.START
                        .movedTo(Phase.MIRRORING)
                        .fencedFor(Phase.JRAFT)
                        .movedTo(Phase.JRAFT);
        WriteOrigin mirror = new WriteOrigin(WriteOrigin.Kind.MIRROR, jraft.epoch());
        assertThat(stack(0).submit(put(1), mirror).join()).isInstanceOf(WriteResult.NotNow.class);

        watches.values().forEach(watch -> watch.move(jraft));

        await().atMost(LONG)
                .until(() -> stack(0).submit(put(1), mirror).join().equals(new WriteResult.Done()));
        assertThat(stack(0).submit(put(2), client(jraft.epoch())).join())
                .isInstanceOf(WriteResult.NotNow.class);
    }

    @Test
    void aBarrierBringsWhatWasCommittedBefore() {
        assertThat(submit(MEMBERS.get(0), put(1))).isEqualTo(new WriteResult.Done());
        for (LegacyStack stack : stacks.values()) {
            stack.barrier(LONG).join();
            assertThat(stack.table().instanceCount()).isEqualTo(1);
        }
    }

    @Test
    void archivingEndsTheRaftAndKeepsTheTable() {
        assertThat(submit(MEMBERS.get(0), put(1))).isEqualTo(new WriteResult.Done());
        awaitEqual();

        stack(0).archive(watches.get(MEMBERS.get(0)).view()).join();

        assertThat(stack(0).table().instanceCount()).isEqualTo(1);
        assertThat(homes.resolve("m8848/data/naming/data")).doesNotExist();
        assertThat(homes.resolve("m8848/data/catamaran/archive")).isNotEmptyDirectory();
        assertThat(stack(0).submit(put(2), client(0)).join())
                .isInstanceOf(WriteResult.NotNow.class);
        assertThatThrownBy(() -> stack(0).barrier(Duration.ofMillis(200)).join())
                .hasMessageContaining("no leader");
    }

    private void start(String member) throws IOException {
        ManualWatch watch =
                watches.computeIfAbsent(member, any -> new ManualWatch(UpgradeState.START));
        LegacyStack stack =
                new LegacyStack(
                        new LegacySettings(
                                member,
                                MEMBERS,
                                Duration.ofMillis(2_500),
                                Duration.ofMillis(400),
                                rules()),
                        homes.resolve("m" + member.substring(member.indexOf(':') + 1)),
                        new LoopbackClient(member, stacks, cutOff),
                        watch,
                        () -> MEMBERS);
        stack.start();
        stacks.put(member, stack);
    }

    private LegacyStack stack(int index) {
        return stacks.get(MEMBERS.get(index));
    }

    /** As a client's write is: refused ones are offered again for a while. */
    private WriteResult submit(String member, RegistryCommand command) {
        long epoch = watches.get(member).view().upgrade().epoch();
        WriteResult result = new WriteResult.NotNow("not tried");
        for (int i = 0; i < 20 && result instanceof WriteResult.NotNow; i++) {
            result = stacks.get(member).submit(command, client(epoch)).join();
            if (result instanceof WriteResult.NotNow) {
                awaitPause();
            }
        }
        return result;
    }

    private static void awaitPause() {
        await().pollDelay(Duration.ofMillis(50)).until(() -> true);
    }

    private void awaitLeader() {
        await().atMost(LONG)
                .until(() -> stacks.values().stream().allMatch(stack -> stack.status().ready()));
    }

    private void awaitEqual() {
        await().atMost(LONG)
                .until(
                        () ->
                                IntStream.range(0, 3)
                                                .mapToObj(i -> stack(i).table().digest())
                                                .distinct()
                                                .count()
                                        == 1);
    }

    private static WriteOrigin client(long epoch) {
        return new WriteOrigin(WriteOrigin.Kind.CLIENT, epoch);
    }

    private static InstanceKey key(int i) {
        return new InstanceKey(SERVICE, "10.0.0." + i, 8080, "DEFAULT");
    }

    private static RegistryCommand put(int i) {
        return new RegistryCommand.PutInstance(
                InstanceRecord.persistent(key(i), 1.5, true, Map.of("text", "a+b % 中文 &=%2B")));
    }
}
