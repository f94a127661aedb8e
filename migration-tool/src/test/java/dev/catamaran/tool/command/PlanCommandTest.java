package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.GoldenHomes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way of a cluster of which a home is at hand. */
class PlanCommandTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return CatamaranTool.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.2, 2.5.1, 1.4.1, 3",
        "2.0.3-upgraded, 2.5.1, 2.0.0, 3",
        "2.4.1, 3.0.1, 2.3.1, 3",
    })
    void isPlannedFromTheOldestVersionThatMayHaveWrittenTheHome(
            String home, String to, String from, int nodes) throws Exception {
        Path unpacked = GoldenHomes.unpacked(home, folder);

        int exit = run("plan", "--from", unpacked.toString(), "--to", to, "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode plan = JsonMapper.shared().readTree(out.toString());
        assertThat(plan.path("from").asString()).isEqualTo(from);
        assertThat(plan.path("nodes").asInt()).isEqualTo(nodes);
        assertThat(plan.path("records").asInt()).isGreaterThan(30);
        assertThat(plan.path("storage").asString()).isEqualTo("embedded");
        assertThat(err.toString()).contains("was written by Nacos").contains("the oldest of these");
    }

    @Test
    void neverAdvisesAnOlderRocksDbThanTheHomeHas() throws Exception {
        Path home = GoldenHomes.unpacked("2.4.1", folder);

        assertThat(run("plan", "--from", home.toString(), "--to", "2.1.2")).isZero();
        assertThat(out.toString())
                .contains("rocksdb-downgrade")
                .contains("Parallel: fill a new cluster, move the clients (advised)");
    }

    @Test
    void saysThatTheHomeOf13DoesNotHoldTheRecords() throws Exception {
        Path home = GoldenHomes.unpacked("1.3.2", folder);

        assertThat(run("plan", "--from", home.toString(), "--to", "2.5.1")).isZero();
        assertThat(err.toString()).contains("catamaran export --from-live URL");
    }

    @Test
    void saysWhatIsNoHomeAndWhichHomesTellNothing() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(run("plan", "--from", empty.toString(), "--to", "2.5.1")).isEqualTo(2);
        assertThat(err.toString()).contains("not the home of a server");
        assertThat(run("plan", "--from", folder.resolve("none") + "", "--to", "2.5.1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is no version, and there is no such home");

        Path ours = GoldenHomes.unpacked("2.4.1", folder);
        Files.createDirectories(ours.resolve("data/catamaran"));
        assertThat(run("plan", "--from", ours.toString(), "--to", "2.5.1")).isEqualTo(2);
        assertThat(err.toString()).contains("Name the version instead");
    }
}
