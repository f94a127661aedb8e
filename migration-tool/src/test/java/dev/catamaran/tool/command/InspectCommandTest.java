package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.GoldenHomes;
import dev.catamaran.tool.records.ExportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectCommandTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... args) {
        CommandLine line = CatamaranTool.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] texts = new String[args.length + 1];
        texts[0] = "inspect";
        for (int i = 0; i < args.length; i++) {
            texts[i + 1] = args[i].toString();
        }
        return line.execute(texts);
    }

    @Test
    void showsAHomeAtAGlance() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);

        assertThat(run(home)).isZero();
        assertThat(out.toString())
                .contains("Nacos 2.3.1 to 2.5")
                .contains("naming_persistent_service_v2")
                .contains("1..28 @1")
                .contains("127.0.0.1:7848 127.0.0.2:7848 127.0.0.3:7848")
                .containsPattern("jraft +11 +\\d+ +20")
                .contains("the server answers this")
                .contains("one configuration throughout and no snapshot:");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsProgramsTheSame() throws IOException {
        Path home = GoldenHomes.unpacked("2.0.3-upgraded", folder);

        assertThat(run("--json", home, folder.resolve("nowhere"))).isEqualTo(1);
        JsonNode all = JsonMapper.shared().readTree(out.toString());
        assertThat(all.size()).isEqualTo(2);
        JsonNode first = all.get(0);
        assertThat(first.path("upgraded").asBoolean()).isTrue();
        assertThat(first.path("groups").size()).isEqualTo(5);
        assertThat(first.path("records").path("answered").asString()).isEqualTo("jraft");
        assertThat(first.path("records").path("jraft").path("instances").asInt()).isEqualTo(20);
        assertThat(first.path("sound").asBoolean()).isTrue();
        assertThat(all.get(1).path("sound").asBoolean()).isFalse();
        assertThat(all.get(1).path("findings").get(0).path("what").asString())
                .contains("no such folder");
    }

    @Test
    void exportsWhatMigrateReads() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);
        Path file = folder.resolve("records.jsonl");

        assertThat(run("--export", file, home)).isZero();
        ExportFile export = ExportFile.read(file);
        assertThat(export.header().instances()).isEqualTo(20);
        assertThat(export.header().version()).isEqualTo("2.3.1 to 2.5");
        assertThat(export.records().overrides()).isNotEmpty();
    }

    @Test
    void refusesToExportWhatIsKnownToBeIncomplete() throws IOException {
        Path home = GoldenHomes.unpacked("1.3.2", folder);
        Path file = folder.resolve("records.jsonl");

        assertThat(run("--export", file, home)).isEqualTo(3);
        assertThat(file).doesNotExist();
        assertThat(err.toString())
                .contains("are not complete")
                .contains("catamaran export --from-live URL");
        assertThat(run("--even-incomplete", "--export", file, home)).isZero();
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void writesTheFingerprintThatAPlanIsMadeOf() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);
        Path file = folder.resolve("n1.json");

        assertThat(run("--fingerprint", file, home)).as(err.toString()).isZero();

        assertThat(file).content().contains("naming_persistent_service_v2").contains("blocks");
        assertThat(Files.size(file)).isLessThan(50_000);
        assertThat(run("--fingerprint", file, home)).isEqualTo(2);
        assertThat(
                        CatamaranTool.commandLine()
                                .setOut(new PrintWriter(out, true))
                                .setErr(new PrintWriter(err, true))
                                .execute(
                                        "rebuild",
                                        "plan",
                                        "--mode",
                                        "survivors",
                                        "--lost",
                                        "127.0.0.2",
                                        "--lost",
                                        "127.0.0.3",
                                        "--map",
                                        "127.0.0.1=10.9.0.1",
                                        "--keep-others",
                                        file.toString()))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(err.toString()).contains("no-majority");
    }

    @Test
    void refusesAFingerprintOfWhatCannotBeRebuiltAndWritesNone() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);
        Files.createSymbolicLink(
                home.resolve("data/protocol/raft/nacos_config/log/x.sst"), Path.of("/nowhere"));
        Path file = folder.resolve("n1.json");

        assertThat(run("--fingerprint", file, home)).isEqualTo(3);

        assertThat(file).doesNotExist();
        assertThat(err.toString()).contains("link-inside");
    }

    @Test
    void printsTheRecordsOfEitherStack() throws IOException {
        Path home = GoldenHomes.unpacked("2.0.3-upgraded", folder);

        assertThat(run("--records", "--stack", "legacy", home)).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("{\"kind\":\"instance\"")))
                .hasSize(20);
    }

    @Test
    void takesNoOptionsThatContradict() throws IOException {
        Path home = GoldenHomes.unpacked("1.3.2", folder);

        assertThat(run("--export", folder.resolve("a.jsonl"), home, home)).isEqualTo(2);
        assertThat(run("--export", folder, home)).isEqualTo(2);
        assertThat(run("--json", "--records", home)).isEqualTo(2);
        assertThat(run("--server-jar", folder.resolve("none.jar"), home)).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void saysThatAJarHoldsNoRocksDb() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);
        Path jar = folder.resolve("nacos-server.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("BOOT-INF/lib/other.jar"));
            zip.closeEntry();
        }

        assertThat(run("--server-jar", jar, home)).isEqualTo(1);
        assertThat(err.toString()).contains("there is no RocksDB in").doesNotContain("\tat ");
    }
}
