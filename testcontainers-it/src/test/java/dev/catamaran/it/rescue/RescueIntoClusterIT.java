package dev.catamaran.it.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.dump.GoldenLoad;
import dev.catamaran.it.dump.LiveClusters;
import dev.catamaran.it.dump.LiveDump;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever jumped from 1.x straight to 2.2 or later gets every record back, on every member, though
 * the tool is killed again and again on the way.
 */
@Tag("full")
class RescueIntoClusterIT {

    /** The first write, the first of a cluster, half-way, nearly the last. */
    private static final List<Integer> KILLED_AT = List.of(1, 7, 20, 38);

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"1.4.2, 2.2.3", "1.1.4, 2.5.0", "1.1.4, 2.2.3", "1.4.2, 2.5.0"})
    void everyMemberAnswersAsTheOldClusterDidThoughTheToolWasKilled(String from, String to)
            throws Exception {
        Tool tool = new Tool(folder);
        String home = Golden.home(from).toString();
        try (ServerCluster cluster = RealServers.nacos(to).cluster(3)) {
            cluster.start();
            cluster.awaitUp();
            for (ServerNode node : cluster.nodes()) {
                assertThat(new LiveDump(node.api(), GoldenLoad.groups()).read().fields()).isEmpty();
            }
            try (WriteGate gate = new WriteGate(cluster.node(1).address())) {
                Tool.Ended dry =
                        tool.run("migrate", "--from", home, "--to", gate.url(), "--dry-run");
                assertThat(dry.text()).contains("41 needed").contains("dry run: 41 writes");
                assertThat(dry.exit()).isZero();
                assertThat(gate.writes()).isZero();

                String job = killedAgainAndAgain(tool, home, gate);
                Tool.Ended resumed = tool.run("jobs", "resume", job);
                assertThat(resumed.exit()).as(resumed.text()).isZero();
                assertThat(resumed.text()).contains("every record was read back");
                assertNothingIsDoubled(gate);
            }
            LiveClusters.assertAllSay(cluster, Golden.answers(from));
            for (ServerNode node : cluster.nodes()) {
                String url = "http://" + node.address();
                Tool.Ended verified = tool.run("verify", home, url);
                assertThat(verified.exit()).as(verified.text()).isZero();
                Tool.Ended again = tool.run("migrate", "--from", home, "--to", url);
                assertThat(again.text()).contains("0 done, 0 needed");
            }
        }
    }

    private static String killedAgainAndAgain(Tool tool, String home, WriteGate gate)
            throws Exception {
        String job = "";
        for (int number : KILLED_AT) {
            Tool.Running[] running = new Tool.Running[1];
            Object begun = new Object();
            synchronized (begun) {
                gate.atWrite(
                        number,
                        () -> {
                            synchronized (begun) {
                                running[0].process().destroyForcibly();
                            }
                        });
                running[0] =
                        job.isEmpty()
                                ? tool.start(
                                        "migrate",
                                        "--from",
                                        home,
                                        "--to",
                                        gate.url(),
                                        "--parallel",
                                        "4")
                                : tool.start("jobs", "resume", job);
            }
            assertThat(running[0].await().exit()).as("killed at write " + number).isEqualTo(137);
            job = tool.run("jobs", "list").job();
            assertThat(job).isNotEmpty();
        }
        return job;
    }

    /** A write that was on its way when the tool was killed may be made again; no other. */
    private static void assertNothingIsDoubled(WriteGate gate) {
        int most = 41 + 4 * KILLED_AT.size();
        assertThat(gate.writes()).isBetween(41, most);
        assertThat(new HashSet<>(gate.log())).as("no two values for one record").hasSize(41);
    }
}
