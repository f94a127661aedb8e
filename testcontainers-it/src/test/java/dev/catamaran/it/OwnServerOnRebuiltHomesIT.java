package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.dump.GoldenLoad;
import dev.catamaran.it.dump.LiveClusters;
import dev.catamaran.it.dump.RegistryDump;
import dev.catamaran.it.server.Addresses;
import dev.catamaran.it.server.CatamaranServer;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerNode;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.tool.members.MemberApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two of three homes of real servers, rebuilt for new addresses, and our own server on them: every
 * record is there, in the phase that the real servers had reached.
 */
@Tag("full")
class OwnServerOnRebuiltHomesIT {

    private static final Duration UP = Duration.ofMinutes(2);
    private static final int RAFT_OFFSET = 1000;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"1.4.2, LEGACY", "2.0.3, JRAFT"})
    void servesEveryRecordOfHomesOfRealServers(String version, Phase begins) throws Exception {
        RegistryDump expected = GoldenHomes.said1x();
        List<Path> homes = new ArrayList<>(GoldenHomes.unpack(version, folder));
        List<String> now = Addresses.free(3);
        List<String> asked = new ArrayList<>(ToolRun.maps(GoldenHomes.MEMBERS, now));
        asked.addAll(List.of("--mode", "survivors", "--lost", GoldenHomes.MEMBERS.get(2)));
        // our own server reads and writes with the RocksDB that comes with the tool
        ToolRun tool = new ToolRun(folder, Optional.of(GoldenHomes.rocksdbOfOurs()));
        List<String> digests = inspected(tool, homes, GoldenHomes.MEMBERS.get(0));
        tool.planned(asked, homes);
        assertThat(inspected(tool, homes, now.get(0))).isEqualTo(digests);

        homes.add(Files.createDirectories(folder.resolve("replacement")));
        CatamaranServer ours = new CatamaranServer(Distribution.here().server(), List.of());
        try (ServerCluster cluster = ClusterPlan.of(ours, 3).onHomes(homes).at(now).prepare();
                MemberApi api = new MemberApi()) {
            long started = System.nanoTime();
            List<ServerNode> survivors = cluster.nodes().subList(0, 2);
            for (ServerNode survivor : survivors) {
                survivor.start();
            }
            for (ServerNode survivor : survivors) {
                survivor.awaitUp(UP);
                LiveClusters.assertSays(survivor, expected);
            }
            awaitPhase(api, survivors.get(0), begins);
            for (ServerNode survivor : survivors) {
                assertCheckPorts(
                        api.records(
                                survivor.address(),
                                begins == Phase.JRAFT ? Stack.JRAFT : Stack.LEGACY));
            }
            cluster.node(2).start();
            cluster.node(2).awaitUp(UP);

            LiveClusters.assertAllSay(cluster, expected);
            LiveClusters.assertAllSay(cluster, GoldenLoad.oneMore(cluster.node(2).api(), expected));
            System.err.printf(
                    "REBUILT two of three %s homes and an empty one on our own server: phase %s,"
                            + " %d s until all three said all%n",
                    version, begins, Duration.ofNanos(System.nanoTime() - started).toSeconds());
        }
    }

    /** Our catalog hides them, as that of 1.x does. */
    private static void assertCheckPorts(RegistryTable table) {
        List<Integer> ports = new ArrayList<>();
        for (ServiceEntry entry : table.entries().values()) {
            ClusterRecord cluster = entry.clusters().get("C2");
            if (cluster != null) {
                ports.add(cluster.checkPort());
            }
        }
        assertThat(ports)
                .containsExactly(8080, 8081, 8082, 8083, 8084, 8085, 8086, 8087, 8088, 8089);
    }

    /** The digest of each home's records, all of which it must hold. */
    private static List<String> inspected(ToolRun tool, List<Path> homes, String member)
            throws Exception {
        int colon = member.lastIndexOf(':');
        String peer =
                member.substring(0, colon + 1)
                        + (Integer.parseInt(member.substring(colon + 1)) - RAFT_OFFSET);
        List<String> digests = new ArrayList<>();
        for (Path home : homes) {
            ToolRun.Said said = tool.run(List.of("inspect", home.toString(), "--json"));
            assertThat(said.text()).contains("\"" + peer + "\"");
            JsonNode records =
                    JsonMapper.shared()
                            .readTree(said.text().substring(said.text().indexOf("[{")))
                            .path(0)
                            .path("records");
            JsonNode answered = records.path(records.path("answered").asString("none"));
            assertThat(answered.path("services").asInt(0)).as(said.text()).isEqualTo(11);
            assertThat(answered.path("instances").asInt(0)).as(said.text()).isEqualTo(20);
            digests.add(answered.path("digest").asString(""));
        }
        assertThat(digests).doesNotContain("");
        return digests;
    }

    private static void awaitPhase(MemberApi api, ServerNode node, Phase phase) {
        await().atMost(UP)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () ->
                                assertThat(api.status(node.address()).phase())
                                        .as(node.tail())
                                        .isEqualTo(phase));
    }
}
