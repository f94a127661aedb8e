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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every member of a real cluster gets another address: without help no group elects, and the usual
 * remedy deletes every persistent service. Rebuilt, the same servers serve every record.
 */
class RebuildAfterAddressChangeIT {

    private static final int REFUSED = 3;

    @TempDir Path folder;

    @Test
    void homesOfReal241ServersServeEveryRecordAndThereIsAlwaysAWayBack() throws Exception {
        NacosServer server = RealServers.nacos("2.4.3");
        ToolRun tool = ToolRun.beside(server, folder);
        List<Path> homes = GoldenHomes.unpack("2.4.1", folder);
        List<String> before = GoldenHomes.pictures(homes);
        List<String> now = Addresses.free(3);
        List<String> maps = ToolRun.maps(GoldenHomes.MEMBERS, now);

        tool.planned(maps, homes);
        assertThat(GoldenHomes.pictures(homes)).doesNotContainAnyElementsOf(before);
        tool.rebuilt(over("undo", homes));
        assertThat(GoldenHomes.pictures(homes)).as("undone, to the byte").isEqualTo(before);

        tool.planned(maps, homes);
        Served.everything(
                "2.4.1 homes on 2.4.3",
                ClusterPlan.of(server, 3).onHomes(homes).at(now),
                GoldenHomes.said241());
        tool.verified(homes);

        ToolRun.Said undo = tool.rebuild(over("undo", homes));
        assertThat(undo.exit()).as(undo.text()).isEqualTo(REFUSED);
        assertThat(undo.text()).contains("moved on");
        List<String> back = ToolRun.maps(now, GoldenHomes.MEMBERS);
        for (int i = 1; i < back.size(); i += 2) {
            assertThat(undo.text()).as("the inverse map").contains("--map " + back.get(i));
        }
        tool.planned(back, homes);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"2.0.4", "2.1.2", "2.2.3", "2.3.2", "2.4.1", "2.5.0"})
    void aRealClusterServesEveryRecordAtNewAddressesAndAfterATurnOfThem(String version)
            throws Exception {
        NacosServer server = RealServers.nacos(version);
        ToolRun tool = ToolRun.beside(server, folder);
        try (ServerCluster before = server.cluster(3)) {
            before.start();
            before.awaitUp();
            LiveClusters.awaitSteady(before);
            GoldenLoad.into(before.node(0).api());
            // a follower may apply an override before the instance it is for, as in a replay
            LiveClusters.assertAllSayAfterStart(before, GoldenLoad.expected());
            before.stop();

            List<String> now = Addresses.free(3);
            tool.planned(ToolRun.maps(before.addresses(), now), before.homes());
            RegistryDump more =
                    Served.everything(
                            version,
                            ClusterPlan.of(server, 3).onHomes(before.homes()).at(now),
                            GoldenLoad.expected());
            tool.verified(before.homes());

            // each member takes the address of the next
            List<String> turned = List.of(now.get(1), now.get(2), now.get(0));
            tool.planned(ToolRun.maps(now, turned), before.homes());
            Served.everything(
                    version + " after a 3-cycle",
                    ClusterPlan.of(server, 3).onHomes(before.homes()).at(turned),
                    more);
        }
    }

    @Tag("full")
    @Test
    void twoMembersSwapTheirAddressesAndThenAllGetHostNames() throws Exception {
        NacosServer server = RealServers.nacos("2.4.3");
        ToolRun tool = ToolRun.beside(server, folder);
        List<Path> homes = GoldenHomes.unpack("2.4.1", folder);
        List<String> now = Addresses.free(3);
        tool.planned(ToolRun.maps(GoldenHomes.MEMBERS, now), homes);
        List<String> swapped = List.of(now.get(1), now.get(0), now.get(2));
        tool.planned(ToolRun.maps(now, swapped), homes);
        RegistryDump more =
                Served.everything(
                        "2.4.1 homes after a swap",
                        ClusterPlan.of(server, 3).onHomes(homes).at(swapped),
                        GoldenHomes.said241());

        List<String> names =
                Addresses.free(3).stream()
                        .map(address -> address.replace("127.0.0.1", "localhost"))
                        .toList();
        tool.planned(ToolRun.maps(swapped, names), homes);
        Served.everything(
                "2.4.1 homes at host names",
                ClusterPlan.of(server, 3).onHomes(homes).at(names),
                more);
    }

    private static List<String> over(String verb, List<Path> homes) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        homes.forEach(home -> arguments.add(home.toString()));
        return arguments;
    }
}
