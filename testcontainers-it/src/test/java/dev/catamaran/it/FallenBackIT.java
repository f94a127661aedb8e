package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What Catamaran is for, on real servers alone: a 2.0.4 server that is restarted while another is
 * down falls back and does not heal (incident 2, D3). {@code explain} tells it from the log, and
 * the way out that it names is gone here.
 */
@Tag("full")
class FallenBackIT {

    /** Its check runs every 5 s. */
    private static final Duration MANY_CHECKS = Duration.ofSeconds(40);

    @Test
    void theWayOutOfAFallThatExplainNamesLeadsBackTo2x() throws Exception {
        try (ServerCluster cluster = RealServers.nacos("2.0.4").cluster(3)) {
            List<RealSeat> reals = cluster.nodes().stream().map(RealSeat::new).toList();
            RealSeat fallen = reals.get(0);
            RealSeat down = reals.get(2);
            cluster.start();
            cluster.awaitUp();
            reals.forEach(RealSeat::awaitUpgraded);
            List<String> written = List.of("10.9.1.0", "10.9.1.1", "10.9.1.2");
            for (int i = 0; i < reals.size(); i++) {
                reals.get(i).write(written.get(i));
            }
            for (RealSeat real : reals) {
                real.awaitListed(written);
            }

            down.node().stop();
            fallen.node().stop();
            fallen.start();
            fallen.awaitFalls(1);
            down.start();
            down.awaitUp();
            for (RealSeat real : reals) {
                fallen.awaitState(real.address(), "UP");
            }
            LockSupport.parkNanos(MANY_CHECKS.toNanos());
            assertThat(fallen.isUpgraded()).as("it does not heal by itself").isFalse();
            assertThat(Distribution.here().output("explain", fallen.log().toString()))
                    .contains("fell-back-on-unknown-version")
                    .contains(down.address())
                    .contains("set upgraded=true in its data/upgrade.state");

            fallen.node().stop();
            Files.writeString(fallen.stateFile(), "upgraded=true\n");
            fallen.start();
            fallen.awaitUp();
            fallen.awaitUpgraded();

            assertThat(fallen.falls()).as("no further fall").isEqualTo(1);
            for (RealSeat real : reals) {
                real.awaitListed(written);
            }
            fallen.write("10.9.1.3");
            for (RealSeat real : reals) {
                real.awaitListed(List.of("10.9.1.0", "10.9.1.1", "10.9.1.2", "10.9.1.3"));
                assertThat(real.isUpgraded()).as("%s", real).isTrue();
            }
        }
    }
}
