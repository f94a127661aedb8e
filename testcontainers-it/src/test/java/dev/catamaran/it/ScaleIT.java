package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.server.Addresses;
import dev.catamaran.it.server.CatamaranServer;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.NacosApi;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerNode;
import dev.catamaran.judgement.Phase;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.Outcome;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.writers.Load;
import dev.catamaran.tool.writers.LoadSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fourth member comes and goes while clients write: as it should be done (the new member first,
 * then the lists) and the wrong way round. A list change makes every running real 2.0 server fall
 * back to 1.x (spec: upgrade-machinery D3); here nothing moves, whatever the order.
 */
class ScaleIT {

    private static final Duration UP = Duration.ofSeconds(180);
    private static final int WRITES_PER_SECOND = 30;

    @TempDir Path folder;

    private final AtomicInteger starts = new AtomicInteger(1);

    @Test
    void aMemberComesAndGoesInAnyOrderAndNothingMovesOrIsLost() throws Exception {
        List<String> four = Addresses.free(4);
        List<String> three = four.subList(0, 3);
        CatamaranServer ours = new CatamaranServer(Distribution.here().server(), List.of());
        try (ServerCluster cluster = ClusterPlan.of(ours, 4).at(four).prepare();
                MemberApi api = new MemberApi()) {
            MemberCluster members = new MemberCluster(api);
            for (ServerNode node : cluster.nodes().subList(0, 3)) {
                node.list(three);
                node.start();
            }
            for (ServerNode node : cluster.nodes().subList(0, 3)) {
                node.awaitUp(UP);
            }
            members.climb(three, Phase.MIRRORING);
            members.climb(three, Phase.JRAFT);
            long epoch = members.status(three.get(0)).map(ClusterStatus::epoch).orElseThrow();

            History history = new History();
            try (Load load = load(three, history);
                    PhaseWatch watch = PhaseWatch.start(three, Phase.JRAFT, epoch)) {
                load.start();
                comeTheRightWay(cluster, four, history);
                goTheRightWay(cluster, three, history);
                comeTheWrongWay(cluster, four, history);
                load.stop();

                assertThat(watch.strays()).isEmpty();
                assertThat(members.judge(four, load, history)).isEmpty();
                for (String address : four) {
                    ClusterStatus status = members.status(address).orElseThrow();
                    assertThat(status.phase()).as(address).isEqualTo(Phase.JRAFT);
                    assertThat(status.epoch()).as(address).isEqualTo(epoch);
                }
            }
        }
    }

    /** The new member is there before anybody else lists it. */
    private void comeTheRightWay(ServerCluster cluster, List<String> four, History history)
            throws IOException {
        cluster.node(3).list(four);
        cluster.node(3).start();
        relist(cluster, four, history);
        awaitVoters(cluster.node(0), 4);
        cluster.node(3).awaitUp(UP);
        awaitWrites(history);
    }

    private void goTheRightWay(ServerCluster cluster, List<String> three, History history)
            throws IOException {
        relist(cluster, three, history);
        awaitVoters(cluster.node(0), 3);
        cluster.node(3).stop();
        awaitWrites(history);
    }

    /** All list a member that does not listen yet. */
    private void comeTheWrongWay(ServerCluster cluster, List<String> four, History history)
            throws IOException {
        relist(cluster, four, history);
        assertThat(voters(cluster.node(0))).isEqualTo(3);
        cluster.node(3).list(four);
        cluster.node(3).start();
        awaitVoters(cluster.node(0), 4);
        cluster.node(3).awaitUp(UP);
        awaitWrites(history);
    }

    /** Gives three members another list, one after the other. */
    private void relist(ServerCluster cluster, List<String> list, History history)
            throws IOException {
        for (int i : IntStream.range(0, 3).toArray()) {
            ServerNode node = cluster.node(i);
            awaitWrites(history);
            node.stop();
            starts.incrementAndGet();
            node.list(list);
            node.start();
            node.awaitUp(UP);
        }
    }

    private static void awaitVoters(ServerNode node, int count) {
        await(count + " voters").atMost(UP).ignoreExceptions().until(() -> voters(node) == count);
    }

    /** How many vote in the smallest group, as a member sees it. */
    private static int voters(ServerNode node) throws IOException {
        NacosApi.Reply self = node.api().get("/v1/core/cluster/self", Map.of());
        JsonNode groups =
                JsonMapper.shared()
                        .readTree(self.text())
                        .at("/data/extendInfo/raftMetaData/metaDataMap");
        return groups.valueStream()
                .mapToInt(group -> group.path("raftGroupMember").size())
                .min()
                .orElse(0);
    }

    private static void awaitWrites(History history) {
        int from = history.size();
        await("acknowledged writes")
                .atMost(UP)
                .until(
                        () ->
                                history.since(from).stream().filter(ScaleIT::isAcknowledged).count()
                                        >= 10);
    }

    private static boolean isAcknowledged(Call call) {
        return call instanceof Call.Write write && write.outcome() == Outcome.ACKNOWLEDGED;
    }

    private Load load(List<String> addresses, History history) throws Exception {
        long beganNs = System.nanoTime();
        LongSupplier clock = () -> System.nanoTime() - beganNs;
        return Load.connect(
                new LoadSettings(addresses, WRITES_PER_SECOND, folder.resolve("clients")),
                history,
                clock,
                address -> starts.get());
    }
}
