package dev.catamaran.legacyraft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Histories of a cluster by seed: delays, losses, duplicates, cut-off members, power losses in the
 * middle of a write, restarts. Run more with {@code -Dcatamaran.sim.seeds=100000}; replay one with
 * {@code -Dcatamaran.sim.from=SEED -Dcatamaran.sim.seeds=1}.
 */
class SimulatedClusterTest {

    private static final int DISTURBANCES = 120;

    @Test
    void losesNothingAcknowledgedAndConverges() {
        long from = Long.getLong("catamaran.sim.from", 1);
        long seeds = Long.getLong("catamaran.sim.seeds", 400);
        long acknowledgements = 0;
        long events = 0;
        for (long seed = from; seed < from + seeds; seed++) {
            Cluster cluster = play(seed);
            acknowledgements += cluster.checks.acknowledgements;
            events += cluster.events;
        }
        assertThat(events).as("events per seed").isGreaterThan(200 * seeds);
        assertThat(acknowledgements).as("acknowledged per seed").isGreaterThan(5 * seeds);
    }

    private static Cluster play(long seed) {
        Cluster cluster = new Cluster(seed, seed % 5 == 0 ? 5 : seed % 7 == 0 ? 1 : 3);
        try {
            for (int i = 0; i < DISTURBANCES; i++) {
                cluster.run(cluster.pause());
                cluster.disturb();
            }
            cluster.heal();
            cluster.run(90_000);
            int before = cluster.checks.acknowledgements;
            assertThat(cluster.wantAtLeader()).as("somebody leads").isTrue();
            cluster.run(15_000);
            assertThat(cluster.checks.acknowledgements)
                    .as("a write is acknowledged after healing")
                    .isEqualTo(before + 1);
            Node first = cluster.nodes.values().iterator().next();
            for (Node node : cluster.nodes.values()) {
                assertThat(node.state().held().datums())
                        .as("datums of " + node.name)
                        .isEqualTo(first.state().held().datums());
                assertThat(node.state().held().position())
                        .as("position of " + node.name)
                        .isEqualTo(first.state().held().position());
                cluster.checks.checkNothingLost(node, "seed " + seed + " at the end");
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        return cluster;
    }
}
