package dev.catamaran.it.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.dump.GoldenLoad;
import dev.catamaran.it.dump.LiveClusters;
import dev.catamaran.it.dump.LiveDump;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The runbook rescue-after-direct-jump, step by step: a real new server is started on the home of
 * an old one, lists nothing, and answers as the old cluster did once the runbook was followed.
 */
class RunbookIT {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"1.4.2, 2.2.3", "1.1.4, 2.5.0"})
    void theRunbookBringsBackWhatADirectJumpHid(String from, String to) throws Exception {
        Path nacos = folder.resolve("nacos-1");
        copy(Golden.home(from).resolve("data"), nacos.resolve("data"));
        ClusterPlan plan = ClusterPlan.of(RealServers.nacos(to), 1).standalone();
        try (ServerCluster jumped = plan.onHomes(List.of(nacos)).prepare()) {
            jumped.start();
            jumped.awaitUp();
            ServerNode server = jumped.node(0);
            assertThat(new LiveDump(server.api(), GoldenLoad.groups()).read().fields())
                    .as("it says UP and lists nothing")
                    .isEmpty();

            Path backup = folder.resolve("backup");
            copy(nacos.resolve("data"), backup.resolve("data"));
            remove(backup.resolve("data/protocol"));
            follow(new Tool(folder), backup.toString(), "http://" + server.address());

            LiveClusters.assertAllSay(jumped, Golden.answers(from));
        }
    }

    private static void follow(Tool tool, String backup, String url) throws IOException {
        Tool.Ended look = tool.run("migrate", "--from", backup, "--to", url, "--dry-run");
        assertThat(look.exit()).as(look.text()).isZero();
        assertThat(look.text())
                .contains("+ public##DEFAULT_GROUP@@svc-03 instance 10.1.3.1:9000#C2")
                .contains("services   11")
                .contains("instances  20")
                .contains("dry run: 41 writes");

        Tool.Ended carried = tool.run("migrate", "--from", backup, "--to", url, "--rate", "50");
        assertThat(carried.exit()).as(carried.text()).isZero();
        assertThat(carried.text()).contains("41 done, 41 needed at first");

        Tool.Ended jobs = tool.run("jobs", "list");
        assertThat(jobs.text()).contains(carried.job());
        Tool.Ended resumed = tool.run("jobs", "resume", carried.job());
        assertThat(resumed.exit()).as("nothing is left to resume").isEqualTo(3);

        Tool.Ended compared = tool.run("verify", backup, url);
        assertThat(compared.exit()).as(compared.text()).isZero();
        Tool.Ended again = tool.run("migrate", "--from", backup, "--to", url);
        assertThat(again.text()).contains("0 done, 0 needed");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
