package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.server.Addresses;
import dev.catamaran.it.server.CatamaranServer;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.NacosServer;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One member of ours in the list of two real servers. They upgrade as among themselves, and no
 * restart of ours makes one fall back; where their own code does, it was said beforehand. {@code
 * -Dcatamaran.it.rounds=3} restarts ours three times in every way.
 */
class RealMembersIT {

    /** Longer than a real server's report to a member that hangs takes to fail. */
    private static final Duration HANG = Duration.ofSeconds(12);

    private static final Duration SOON = Duration.ofSeconds(90);

    private static final int ROUNDS = Integer.getInteger("catamaran.it.rounds", 1);

    /** What happens to ours while the real servers go on. */
    private enum Misfortune {
        KILLED,
        STOPPED,
        /** Back before they have noticed. */
        KILLED_AND_BACK_AT_ONCE,
        STOPPED_AND_BACK_AT_ONCE,
        HANGING
    }

    @Test
    void servers204UpgradeWithOneOfOursPresentAndItsDeathMovesNone() throws Exception {
        try (Beside beside = Beside.upgraded(RealServers.nacos("2.0.4"))) {
            beside.suffer(Misfortune.KILLED);
        }
    }

    @Test
    @Tag("full")
    void noRestartOfOursMakesA204ServerFallBackAndWhatItsOwnDoesIsForetold() throws Exception {
        try (Beside beside = Beside.upgraded(RealServers.nacos("2.0.4"))) {
            restartOursInEveryWay(beside);
            beside.theRestartOfARealServerWhileOursIsDownIsForetold();
            beside.theRestartOfARealServerWhileAnotherIsDownIsForetold();
        }
    }

    @Test
    @Tag("full")
    void norDoesItMakeA212ServerThatSupportsUpgrades() throws Exception {
        NacosServer server =
                RealServers.nacos("2.1.2").setting("nacos.core.support.upgrade.from.1x", "true");
        try (Beside beside = Beside.upgraded(server)) {
            restartOursInEveryWay(beside);
            beside.theRestartOfARealServerWhileOursIsDownIsForetold();
        }
    }

    private static void restartOursInEveryWay(Beside beside) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (Misfortune misfortune : Misfortune.values()) {
                beside.suffer(misfortune);
            }
        }
    }

    /** Ours and two real servers that have upgraded. */
    private static final class Beside implements AutoCloseable {

        private final ServerCluster cluster;
        private final OursSeat ours;
        private final List<RealSeat> reals;
        private int writes;

        private Beside(ServerCluster cluster) {
            this.cluster = cluster;
            this.ours = new OursSeat(cluster.node(0));
            this.reals = cluster.nodes().subList(1, 3).stream().map(RealSeat::new).toList();
        }

        static Beside upgraded(NacosServer real) throws Exception {
            List<String> addresses = Addresses.free(3);
            CatamaranServer catamaran =
                    new CatamaranServer(Distribution.here().server(), List.of())
                            .setting("catamaran.planned", addresses.get(0));
            Beside beside =
                    new Beside(
                            ClusterPlan.of(List.of(catamaran, real, real)).at(addresses).prepare());
            try {
                beside.start();
                return beside;
            } catch (Throwable failure) {
                beside.close();
                throw failure;
            }
        }

        private void start() throws Exception {
            ours.start();
            for (RealSeat real : reals) {
                real.start();
            }
            for (RealSeat real : reals) {
                real.awaitUp();
                real.awaitUpgraded();
                real.awaitState(ours.address(), "UP");
            }
            write();
            assertNobodyFell();
        }

        void suffer(Misfortune misfortune) throws Exception {
            switch (misfortune) {
                case KILLED, STOPPED -> {
                    end(misfortune == Misfortune.KILLED);
                    for (RealSeat real : reals) {
                        real.awaitState(ours.address(), "DOWN");
                    }
                    ours.start();
                }
                case KILLED_AND_BACK_AT_ONCE, STOPPED_AND_BACK_AT_ONCE -> {
                    end(misfortune == Misfortune.KILLED_AND_BACK_AT_ONCE);
                    ours.start();
                }
                case HANGING -> {
                    ours.node().pause();
                    LockSupport.parkNanos(HANG.toNanos());
                    ours.node().resume();
                }
            }
            for (RealSeat real : reals) {
                real.awaitState(ours.address(), "UP");
            }
            write();
            assertNobodyFell();
        }

        private void end(boolean hard) {
            if (hard) {
                ours.node().kill();
            } else {
                ours.node().stop();
            }
        }

        /**
         * The real servers pass on to ours what they think is ours by its address, and ours refuses
         * it (ADR 5), so an address that is theirs is looked for.
         */
        private void write() {
            await("a write through a real server")
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(
                            () -> {
                                writes++;
                                String ip = "10.9." + writes / 200 + "." + writes % 200;
                                return reals.get(writes % 2).acknowledges(ip);
                            });
        }

        private void assertNobodyFell() throws Exception {
            for (RealSeat real : reals) {
                assertThat(real.isUpgraded()).as("%s is upgraded", real).isTrue();
                assertThat(real.falls()).as("falls of %s", real).isZero();
            }
            // they ask to be let into groups of the same names all the while
            ours.assertVotesAlone();
            assertThat(ours.phase()).isEqualTo("LEGACY");
        }

        /** Their own code: a server forgets at its start what the others are. */
        void theRestartOfARealServerWhileOursIsDownIsForetold() throws Exception {
            RealSeat restarted = reals.get(0);
            assertThat(ours.preflight())
                    .contains("real-restart-needs-everybody " + restarted.address())
                    .noneMatch(finding -> finding.startsWith("real-restart-while"));

            restarted.node().stop();
            ours.awaitPreflight("real-restart-while-a-member-is-down", restarted.address());
            restarted.start();
            restarted.awaitUp();
            restarted.awaitUpgraded();
            assertThat(restarted.falls()).as("restarted while everybody is there").isZero();

            ours.node().stop();
            reals.get(1).awaitState(ours.address(), "DOWN");
            restarted.node().stop();
            restarted.start();
            restarted.awaitFalls(1);
            assertThat(reals.get(1).falls()).isZero();
        }

        /** The member that is down need not be ours. */
        void theRestartOfARealServerWhileAnotherIsDownIsForetold() throws Exception {
            ours.start();
            RealSeat down = reals.get(0);
            RealSeat restarted = reals.get(1);
            restarted.awaitState(ours.address(), "UP");
            assertThat(restarted.falls()).isZero();

            down.node().stop();
            ours.awaitPreflight("real-restart-while-a-member-is-down", down.address());
            assertThat(Distribution.here().output("doctor", "--members", ours.address()))
                    .contains("real-restart-while-a-member-is-down")
                    .contains(down.address());
            restarted.node().stop();
            restarted.start();
            restarted.awaitFalls(1);
        }

        @Override
        public void close() throws IOException {
            cluster.close();
        }
    }
}
