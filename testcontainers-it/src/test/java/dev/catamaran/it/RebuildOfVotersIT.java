package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.dump.GoldenLoad;
import dev.catamaran.it.dump.LiveClusters;
import dev.catamaran.it.dump.RegistryDump;
import dev.catamaran.it.server.Addresses;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.NacosServer;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members are lost, a cluster shrinks or grows, a container moves: on real servers. */
@Tag("full")
class RebuildOfVotersIT {

    private static final Duration UP = Duration.ofSeconds(150);

    @TempDir Path folder;

    @Test
    void twoOfThreeServeEveryRecordAndTheReplacementCatchesUp() throws Exception {
        NacosServer server = RealServers.nacos("2.4.3");
        ToolRun tool = ToolRun.beside(server, folder);
        List<Path> homes = new ArrayList<>(GoldenHomes.unpack("2.4.1", folder).subList(0, 2));
        List<String> now = Addresses.free(3);
        List<String> asked = new ArrayList<>(ToolRun.maps(GoldenHomes.MEMBERS, now));
        asked.addAll(List.of("--mode", "survivors", "--lost", GoldenHomes.MEMBERS.get(2)));

        assertThat(tool.planned(asked, homes)).contains("Start the survivors first");

        homes.add(Files.createDirectories(folder.resolve("replacement")));
        try (ServerCluster cluster = ClusterPlan.of(server, 3).onHomes(homes).at(now).prepare()) {
            long started = System.nanoTime();
            List<ServerNode> survivors = cluster.nodes().subList(0, 2);
            for (ServerNode survivor : survivors) {
                survivor.start();
            }
            for (ServerNode survivor : survivors) {
                survivor.awaitUp(UP);
                LiveClusters.assertSaysAfterStart(survivor, GoldenHomes.said241());
            }
            RegistryDump more = GoldenLoad.oneMore(cluster.node(1).api(), GoldenHomes.said241());

            cluster.node(2).start();
            cluster.awaitUp();

            LiveClusters.assertAllSayAfterStart(cluster, more);
            System.err.printf(
                    "REBUILT two of three 2.4.1 homes and an empty one on 2.4.3: %d s until all"
                            + " three said all%n",
                    Duration.ofNanos(System.nanoTime() - started).toSeconds());
        }
    }

    @Test
    void threeBecomeOneAndOneBecomesThree() throws Exception {
        NacosServer server = RealServers.nacos("2.4.3");
        ToolRun tool = ToolRun.beside(server, folder);
        List<String> now = Addresses.free(3);

        Path alone = folder.resolve("alone");
        String first = now.get(0);
        List<String> shrink = new ArrayList<>(ToolRun.maps(GoldenHomes.MEMBERS, now));
        shrink.addAll(List.of("--mode", "shrink", "--members", first));
        shrink.addAll(List.of("--target", first + "=" + alone));
        tool.planned(shrink, GoldenHomes.unpack("2.4.1", folder));
        RegistryDump more =
                Served.everything(
                        "three 2.4.1 homes to one on 2.4.3",
                        ClusterPlan.of(server, 1).onHomes(List.of(alone)).at(List.of(first)),
                        GoldenHomes.said241());

        List<Path> three = new ArrayList<>();
        List<String> asked = new ArrayList<>(List.of("--keep-others", "--mode", "grow"));
        asked.addAll(List.of("--members", String.join(",", now)));
        for (int i = 0; i < now.size(); i++) {
            three.add(folder.resolve("grown" + i));
            asked.addAll(List.of("--target", now.get(i) + "=" + three.get(i)));
        }
        tool.planned(asked, List.of(alone));
        Served.everything(
                "one 2.4.3 home to three", ClusterPlan.of(server, 3).onHomes(three).at(now), more);
    }

    /** nacos#12504: a standalone server is replaced by one with another address. */
    @Test
    void aStandaloneServerOf2401IsOpenedBy241AtAnotherAddress() throws Exception {
        NacosServer next = RealServers.nacos("2.4.1");
        ToolRun tool = ToolRun.beside(next, folder);
        try (ServerCluster old = RealServers.nacos("2.4.0.1").standalone()) {
            old.start();
            old.awaitUp();
            GoldenLoad.into(old.node(0).api());
            LiveClusters.assertAllSay(old, GoldenLoad.expected());
            old.stop();

            ClusterPlan moved =
                    ClusterPlan.of(next, 1)
                            .onHomes(old.homes())
                            .at(List.of(old.addresses().get(0).replace("127.0.0.1", "127.0.0.2")))
                            .standalone();
            String home = old.homes().get(0).toString();
            tool.rebuilt(List.of("here", home, "--address", "127.0.0.2", "--yes"));

            Served.everything("standalone 2.4.0.1 as 2.4.1", moved, GoldenLoad.expected());
        }
    }
}
