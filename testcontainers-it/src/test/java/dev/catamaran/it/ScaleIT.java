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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fourth member comes and goes while clients write: as it should be done (the new member first,
 * then the lists; when it goes, the lists first) and the wrong way round. A list change makes every
 * running real 2.0 server fall back to 1.x (spec: upgrade-machinery D3); here nothing moves,
 * whatever the order.
 */
@Tag("full")
class ScaleIT {

    /** Four members on a busy machine elect for a while. */
    private static final Duration UP = Duration.ofMinutes(3);

    /** Four members on two busy cores stand still for seconds; that is no matter of lists. */
    private static final String PATIENCE = "5s";

    private static final int WRITES_PER_SECOND = 30;

    @TempDir Path folder;

    @Test
    void aMemberComesAndGoesInTheRightOrderAndNothingMovesOrIsLost() throws Exception {
        try (Scene scene = Scene.begin(folder)) {
            scene.startTheNewMember();
            scene.relist(scene.four);
            scene.awaitFour();

            scene.relist(scene.three);
            scene.awaitVoters(3);
            scene.newMember().stop();
            scene.judge(scene.three);
        }
    }

    @Test
    void aMemberComesAndGoesInTheWrongOrderAndNothingMovesOrIsLost() throws Exception {
        try (Scene scene = Scene.begin(folder)) {
            scene.relist(scene.four);
            assertThat(scene.voters()).as("nobody votes who never listened").isEqualTo(3);
            scene.startTheNewMember();
            scene.awaitFour();

            scene.newMember().stop();
            scene.relist(scene.three);
            scene.awaitVoters(3);
            scene.judge(scene.three);
        }
    }

    /** Three members in JRAFT, a fourth that is not there yet, clients, and a watch. */
    private static final class Scene implements AutoCloseable {

        private final List<String> four = Addresses.free(4);
        private final List<String> three = four.subList(0, 3);
        private final AtomicInteger starts = new AtomicInteger(1);
        private final History history = new History();
        private final MemberApi api = new MemberApi();
        private final MemberCluster members = new MemberCluster(api);
        private final ServerCluster cluster;
        private final Load load;
        private final PhaseWatch watch;
        private final long epoch;

        private Scene(Path folder) throws Exception {
            CatamaranServer ours =
                    new CatamaranServer(Distribution.here().server(), List.of())
                            .setting("catamaran.jraft.election-timeout", PATIENCE);
            cluster = ClusterPlan.of(ours, 4).at(four).prepare();
            try {
                for (ServerNode node : old()) {
                    node.list(three);
                    node.start();
                }
                for (ServerNode node : old()) {
                    node.awaitUp(UP);
                }
                members.climb(three, Phase.MIRRORING);
                members.climb(three, Phase.JRAFT);
                epoch = members.status(three.get(0)).map(ClusterStatus::epoch).orElseThrow();
                load = load(folder);
            } catch (Throwable failure) {
                cluster.close();
                throw failure;
            }
            watch = PhaseWatch.start(four, Phase.JRAFT, epoch);
        }

        static Scene begin(Path folder) throws Exception {
            Scene scene = new Scene(folder);
            scene.load.start();
            scene.awaitWrites();
            return scene;
        }

        private Load load(Path folder) throws Exception {
            long beganNs = System.nanoTime();
            LongSupplier clock = () -> System.nanoTime() - beganNs;
            return Load.connect(
                    new LoadSettings(three, WRITES_PER_SECOND, folder.resolve("clients")),
                    history,
                    clock,
                    address -> starts.get());
        }

        private List<ServerNode> old() {
            return cluster.nodes().subList(0, 3);
        }

        private ServerNode newMember() {
            return cluster.node(3);
        }

        void startTheNewMember() throws IOException {
            newMember().list(four);
            newMember().start();
        }

        /** Until the new member votes and serves. */
        void awaitFour() throws IOException {
            awaitVoters(4);
            newMember().awaitUp(UP);
            awaitWrites();
        }

        /** Gives the three another list, one after the other. */
        void relist(List<String> list) throws IOException {
            for (ServerNode node : old()) {
                awaitWrites();
                node.stop();
                starts.incrementAndGet();
                node.list(list);
                node.start();
                node.awaitUp(UP);
            }
        }

        void awaitVoters(int count) {
            await(count + " voters").atMost(UP).ignoreExceptions().until(() -> voters() == count);
        }

        /** How many vote in the smallest group, as a member sees it. */
        int voters() throws IOException {
            NacosApi.Reply self = cluster.node(0).api().get("/v1/core/cluster/self", Map.of());
            JsonNode groups =
                    JsonMapper.shared()
                            .readTree(self.text())
                            .at("/data/extendInfo/raftMetaData/metaDataMap");
            return groups.valueStream()
                    .mapToInt(group -> group.path("raftGroupMember").size())
                    .min()
                    .orElse(0);
        }

        private void awaitWrites() {
            int from = history.size();
            await("acknowledged writes").atMost(UP).until(() -> acknowledged(from) >= 10);
        }

        private long acknowledged(int from) {
            return history.since(from).stream().filter(ScaleIT::isAcknowledged).count();
        }

        /** Nothing moved on the way, and those that are left hold every acknowledged write. */
        void judge(List<String> left) throws IOException {
            awaitWrites();
            load.stop();
            assertThat(watch.strays()).isEmpty();
            assertThat(watch.looks()).isGreaterThan(100);
            assertThat(members.judge(left, load, history)).isEmpty();
            for (String address : left) {
                ClusterStatus status = members.status(address).orElseThrow();
                assertThat(status.phase()).as(address).isEqualTo(Phase.JRAFT);
                assertThat(status.epoch()).as(address).isEqualTo(epoch);
            }
            System.out.printf(
                    "scale: acknowledged=%d records=%d phase-looks=%d%n",
                    acknowledged(0), load.records().size(), watch.looks());
        }

        @Override
        public void close() throws IOException {
            watch.close();
            load.close();
            cluster.close();
            api.close();
        }
    }

    private static boolean isAcknowledged(Call call) {
        return call instanceof Call.Write write && write.outcome() == Outcome.ACKNOWLEDGED;
    }
}
