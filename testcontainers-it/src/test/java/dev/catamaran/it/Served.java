package dev.catamaran.it;

import dev.catamaran.it.dump.GoldenLoad;
import dev.catamaran.it.dump.LiveClusters;
import dev.catamaran.it.dump.RegistryDump;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.ServerCluster;
import java.io.IOException;
import java.time.Duration;

/** Starts servers on rebuilt homes and asks each of them for every record. */
final class Served {

    private Served() {}

    /**
     * Starts all, waits until every group is led, compares every field on every member, then has
     * each group take a write and compares again. Servers are stopped afterwards.
     *
     * @param what for the line that tells how long it took
     * @return what they say after the writes
     */
    static RegistryDump everything(String what, ClusterPlan plan, RegistryDump expected)
            throws IOException {
        try (ServerCluster cluster = plan.prepare()) {
            long started = System.nanoTime();
            cluster.start();
            cluster.awaitUp();
            RegistryDump more = ask(what, cluster, started, expected);
            cluster.stop();
            return more;
        }
    }

    /** The same on servers that run already. */
    static RegistryDump ask(
            String what, ServerCluster cluster, long startedNanos, RegistryDump expected)
            throws IOException {
        Duration led = Duration.ofNanos(System.nanoTime() - startedNanos);
        LiveClusters.awaitSteady(cluster);
        LiveClusters.assertAllSayAfterStart(cluster, expected);
        int last = cluster.nodes().size() - 1;
        RegistryDump more = GoldenLoad.oneMore(cluster.node(last).api(), expected);
        LiveClusters.assertAllSayAfterStart(cluster, more);
        System.err.printf(
                "REBUILT %s: all groups led after %.1f s, %d services, %d instances, %d fields"
                        + " equal on each member, a write taken by each group%n",
                what,
                led.toMillis() / 1000.0,
                expected.services(),
                expected.instances(),
                expected.fields().size());
        return more;
    }
}
