package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.Outcome;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.members.MemberProcess;
import dev.catamaran.tool.members.PortChoice;
import dev.catamaran.tool.writers.Load;
import dev.catamaran.tool.writers.LoadSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What makes a real 2.0.3 cluster fall back to 1.x and lose writes (spec: upgrade-machinery D3):
 * all upgraded, one member stopped, another one restarted. Ours stays where it is, in every order,
 * and loses nothing. {@code -Dcatamaran.it.rounds=10} plays each order ten times.
 */
class RestartIT {

    private static final int WRITES_PER_SECOND = 40;
    private static final int MEMBERS = 3;

    @TempDir Path folder;

    /** The order in which one member is stopped and another restarted. */
    private enum Order {
        STOP_THEN_RESTART,
        RESTART_BEGUN_THEN_STOP,
        STOPPED_COMES_BACK_FIRST,
        RESTART_BEGUN_STOPPED_COMES_BACK_FIRST
    }

    @Test
    void noOrderOfStopsAndRestartsMovesTheClusterOrLosesAWrite() throws Exception {
        int rounds = Integer.getInteger("catamaran.it.rounds", 1);
        List<Integer> ports = PortChoice.choose(MEMBERS);
        try (Fleet fleet = Fleet.prepare(Distribution.here().server(), folder, ports, List.of());
                MemberApi api = new MemberApi()) {
            MemberCluster cluster = new MemberCluster(api);
            for (MemberProcess member : fleet.members()) {
                member.start();
            }
            fleet.members().forEach(cluster::awaitReady);
            cluster.climb(fleet.addresses(), Phase.MIRRORING);
            cluster.climb(fleet.addresses(), Phase.JRAFT);
            long epoch =
                    cluster.status(fleet.addresses().get(0))
                            .map(ClusterStatus::epoch)
                            .orElseThrow();

            History history = new History();
            try (Load load = load(fleet, history);
                    PhaseWatch watch = PhaseWatch.start(fleet.addresses(), Phase.JRAFT, epoch)) {
                load.start();
                play(fleet, cluster, history, rounds);
                load.stop();

                assertThat(watch.strays()).isEmpty();
                assertThat(watch.looks()).isGreaterThan(100);
                assertThat(cluster.judge(fleet.addresses(), load, history)).isEmpty();
                long acknowledged = acknowledged(history, 0);
                assertThat(acknowledged).isGreaterThan(200);
                System.out.printf(
                        "rounds=%d orders=%d acknowledged=%d records=%d phase-looks=%d%n",
                        rounds,
                        Order.values().length,
                        acknowledged,
                        load.records().size(),
                        watch.looks());
            }
        }
    }

    private void play(Fleet fleet, MemberCluster cluster, History history, int rounds)
            throws Exception {
        int turn = 0;
        for (int round = 0; round < rounds; round++) {
            for (Order order : Order.values()) {
                // the pair moves on, so that each member is once stopped and once restarted
                int first = turn++ % MEMBERS;
                MemberProcess restarted = fleet.members().get(first);
                MemberProcess stopped = fleet.members().get((first + 2) % MEMBERS);
                awaitWrites(history);
                play(order, stopped, restarted, cluster, turn % 2 == 0);
            }
        }
        awaitWrites(history);
    }

    private static void play(
            Order order,
            MemberProcess stopped,
            MemberProcess restarted,
            MemberCluster cluster,
            boolean gently)
            throws Exception {
        switch (order) {
            case STOP_THEN_RESTART -> {
                end(stopped, gently);
                end(restarted, !gently);
                restarted.start();
                cluster.awaitReady(restarted);
                stopped.start();
            }
            case RESTART_BEGUN_THEN_STOP -> {
                end(restarted, gently);
                end(stopped, !gently);
                restarted.start();
                cluster.awaitReady(restarted);
                stopped.start();
            }
            case STOPPED_COMES_BACK_FIRST -> {
                end(stopped, gently);
                end(restarted, !gently);
                stopped.start();
                cluster.awaitReady(stopped);
                restarted.start();
            }
            case RESTART_BEGUN_STOPPED_COMES_BACK_FIRST -> {
                end(restarted, gently);
                restarted.start();
                end(stopped, !gently);
                stopped.start();
            }
        }
        cluster.awaitReady(restarted);
        cluster.awaitReady(stopped);
    }

    private static void end(MemberProcess member, boolean gently) throws Exception {
        if (gently) {
            MemberCluster.terminate(member);
        } else {
            member.kill();
        }
    }

    /** Waits until members take writes again. */
    private static void awaitWrites(History history) {
        int from = history.size();
        await("acknowledged writes")
                .atMost(MemberCluster.SOON)
                .until(() -> acknowledged(history, from) >= 10);
    }

    private static long acknowledged(History history, int from) {
        return history.since(from).stream().filter(RestartIT::isAcknowledged).count();
    }

    private static boolean isAcknowledged(Call call) {
        return call instanceof Call.Write write && write.outcome() == Outcome.ACKNOWLEDGED;
    }

    private Load load(Fleet fleet, History history) throws Exception {
        long beganNs = System.nanoTime();
        LongSupplier clock = () -> System.nanoTime() - beganNs;
        return Load.connect(
                new LoadSettings(fleet.addresses(), WRITES_PER_SECOND, folder.resolve("clients")),
                history,
                clock,
                address -> fleet.member(address).starts());
    }
}
