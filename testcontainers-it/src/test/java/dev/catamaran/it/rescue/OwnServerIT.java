package dev.catamaran.it.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.Distribution;
import dev.catamaran.it.dump.LiveClusters;
import dev.catamaran.it.server.CatamaranServer;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own member as a target and as a source, beside a real server. */
@Tag("full")
class OwnServerIT {

    @TempDir Path folder;

    @Test
    void anOldHomeGoesIntoOursFromOursIntoARealOneAndAllThreeAreEqual() throws Exception {
        Tool tool = new Tool(folder);
        String home = Golden.home("1.4.2").toString();
        CatamaranServer kind = new CatamaranServer(Distribution.here().server(), List.of());
        try (ServerCluster ours = ClusterPlan.of(kind, 1).standalone().prepare();
                ServerCluster real = RealServers.nacos("2.2.3").standalone()) {
            ours.start();
            real.start();
            ours.awaitUp();
            real.awaitUp();
            String a = "http://" + ours.node(0).address();
            String b = "http://" + real.node(0).address();

            Tool.Ended into = tool.run("migrate", "--from", home, "--to", a);
            assertThat(into.exit()).as(into.text()).isZero();
            assertThat(into.text()).contains("41 needed at first").contains("Catamaran");
            Tool.Ended onwards = tool.run("migrate", "--from", a, "--to", b);
            assertThat(onwards.exit()).as(onwards.text()).isZero();

            for (List<String> two : List.of(List.of(home, a), List.of(a, b), List.of(b, home))) {
                Tool.Ended verified = tool.run("verify", two.get(0), two.get(1));
                assertThat(verified.exit()).as(verified.text()).isZero();
                assertThat(verified.text()).contains("services 11  instances 20");
            }
            LiveClusters.assertAllSay(real, Golden.answers("1.4.2"));
            assertThat(tool.run("migrate", "--from", b, "--to", a).text())
                    .contains("0 done, 0 needed");
        }
    }
}
