package dev.catamaran.it.dump;

import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three real servers of each line take the golden load, say it, and say it again after a restart.
 */
@Tag("full")
class GoldenLoadIT {

    @ParameterizedTest
    @ValueSource(strings = {"2.0.4", "2.1.2", "2.2.3", "2.3.2", "2.4.1", "2.4.3", "2.5.0"})
    void realServersKeepTheGoldenLoadOverARestart(String version) throws Exception {
        try (ServerCluster cluster = RealServers.nacos(version).cluster(3)) {
            cluster.start();
            cluster.awaitUp();
            LiveClusters.awaitSteady(cluster);
            GoldenLoad.into(cluster.node(0).api());
            LiveClusters.assertAllSay(cluster, GoldenLoad.expected());

            cluster.stop();
            cluster.start();
            cluster.awaitUp();
            LiveClusters.assertAllSayAfterStart(cluster, GoldenLoad.expected());
        }
    }
}
