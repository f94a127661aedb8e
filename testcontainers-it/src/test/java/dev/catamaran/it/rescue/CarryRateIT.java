package dev.catamaran.it.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.dump.LiveClusters;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast records are carried, beside what the same servers take from a bare loop of the same
 * writes in the same run. Prints its figures; {@code -Dcatamaran.it.services=N} for more services.
 */
@Tag("full")
class CarryRateIT {

    private static final int SERVICES = Integer.getInteger("catamaran.it.services", 300);
    private static final int INSTANCES = 5;
    private static final int PARALLEL = 8;
    private static final int ROUNDS = 2;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"2.2.3", "2.5.0"})
    void writesAtNoLessThanHalfTheRateOfABareLoop(String version) throws Exception {
        Tool tool = new Tool(folder);
        try (ServerCluster cluster = RealServers.nacos(version).cluster(3)) {
            cluster.start();
            cluster.awaitUp();
            LiveClusters.awaitSteady(cluster);
            String server = cluster.node(0).address();
            new BareWrites(server).perSecond("warm-up", 50, INSTANCES, PARALLEL);

            double ours = 0;
            double bare = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                ours = Math.max(ours, carried(tool, server, "carried-" + round, version));
                double loop =
                        new BareWrites(server)
                                .perSecond("bare-" + round, SERVICES, INSTANCES, PARALLEL);
                System.out.printf("%s, 3 members: bare loop %.0f writes/s%n", version, loop);
                bare = Math.max(bare, loop);
            }
            assertThat(ours).as("bare loop: " + bare).isGreaterThan(bare / 2);
        }
    }

    private double carried(Tool tool, String server, String namespace, String version)
            throws Exception {
        Path export =
                ManyRecords.export(
                        folder.resolve(namespace + ".jsonl"), namespace, SERVICES, INSTANCES);
        Tool.Ended ended =
                tool.run(
                        "migrate",
                        "--from",
                        export.toString(),
                        "--to",
                        "http://" + server,
                        "--parallel",
                        Integer.toString(PARALLEL),
                        "--json");
        assertThat(ended.exit()).as(ended.text()).isZero();
        List<String> lines = ended.text().lines().filter(line -> line.startsWith("{")).toList();
        JsonNode report = JsonMapper.shared().readTree(lines.get(lines.size() - 1));
        int writes = report.path("written").asInt();
        assertThat(writes).isEqualTo(SERVICES * (2 + INSTANCES));
        double rate = report.path("writesPerSecond").asDouble();
        System.out.printf(
                "%s, 3 members: migrate %d writes, %.0f writes/s; read, planned, written and read"
                        + " back in %.1f s: %.0f records/s%n",
                version,
                writes,
                rate,
                report.path("millis").asLong() / 1000.0,
                writes * 1000.0 / report.path("millis").asLong());
        return rate;
    }
}
