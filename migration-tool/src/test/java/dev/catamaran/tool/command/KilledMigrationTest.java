package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.live.FakeNacos;
import dev.catamaran.tool.live.FakeNacos.Kind;
import dev.catamaran.tool.live.VisibleRecords;
import dev.catamaran.tool.records.ExportFile;
import dev.catamaran.tool.records.ExportHeader;
import dev.catamaran.tool.records.RecordSet;
import dev.catamaran.tool.records.SomeRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tool in a process of its own, killed (kill -9) at a chosen write, then told to resume. */
class KilledMigrationTest {

    private static final RecordSet RECORDS = SomeRecords.many(30);

    /** A second or two on a quiet machine. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    @TempDir Path folder;

    /** The first, the last (117), and some between: 30 services, 29 clusters, 58 instances. */
    @ParameterizedTest
    @ValueSource(ints = {1, 17, 60, 117})
    void isResumedFromWhereverItWasKilledAndNothingIsDoubled(int at) throws Exception {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            AtomicReference<Process> victim = new AtomicReference<>();
            target.beforeEachWrite(
                    number -> {
                        Process running = victim.get();
                        if (number == at && running != null) {
                            running.destroyForcibly();
                        }
                        return true;
                    });
            Path file = folder.resolve("export.jsonl");
            ExportFile.write(RECORDS, ExportHeader.of(RECORDS, "test", ""), file);
            Process first = start("migrate", "--from", file.toString(), "--to", target.url());
            victim.set(first);
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).isEqualTo(137);
            victim.set(null);

            JsonNode job = jobs().get(0);
            assertThat(job.path("state").asString()).isEqualTo("INTERRUPTED");
            Ended second = run("jobs", "resume", job.path("id").asString(), "--json");

            assertThat(second.exit()).as(second.text()).isZero();
            assertThat(VisibleRecords.of(target.held().table(), false).entries())
                    .isEqualTo(VisibleRecords.of(RECORDS.table(), false).entries());
            assertThat(jobs()).hasSize(1);
            assertThat(jobs().get(0).path("state").asString()).isEqualTo("DONE");
            assertThat(jobs().get(0).path("fence").asInt()).isEqualTo(2);
        }
    }

    @Test
    void readsBackNamespacesThatTheTargetListsNowhere() throws Exception {
        RecordSet rich = SomeRecords.rich();
        Path file = folder.resolve("export.jsonl");
        ExportFile.write(rich, ExportHeader.of(rich, "test", ""), file);
        try (FakeNacos target = new FakeNacos(Kind.V2).hidingNamespaces()) {
            Ended carried = run("migrate", "--from", file + "", "--to", target.url());
            assertThat(carried.exit()).as(carried.text()).isZero();

            List<List<String>> both =
                    List.of(List.of(file + "", target.url()), List.of(target.url(), file + ""));
            for (List<String> sides : both) {
                StringWriter text = new StringWriter();
                int exit =
                        CatamaranTool.commandLine()
                                .setOut(new PrintWriter(text))
                                .execute("verify", sides.get(0), sides.get(1));
                assertThat(exit).as(text.toString()).isZero();
            }
        }
    }

    @Test
    void isListedWhileItRunsAndNotGivenToASecondWorker() throws Exception {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            Path file = folder.resolve("export.jsonl");
            ExportFile.write(RECORDS, ExportHeader.of(RECORDS, "test", ""), file);
            Process first =
                    start(
                            "migrate",
                            "--from",
                            file.toString(),
                            "--to",
                            target.url(),
                            "--rate",
                            "5");
            Awaitility.await().atMost(START_LIMIT).until(() -> target.writes() > 0);

            JsonNode job = jobs().get(0);
            assertThat(job.path("running").asBoolean()).isTrue();
            Ended second = run("jobs", "resume", job.path("id").asString());
            assertThat(second.exit()).isEqualTo(ExitCodes.REFUSED);
            assertThat(second.text()).contains("is run by worker");
            first.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysHowToGoOnWhenItIsToldToEndAndTheNextWorkerNeedNotWait() throws Exception {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            Path file = folder.resolve("export.jsonl");
            ExportFile.write(RECORDS, ExportHeader.of(RECORDS, "test", ""), file);
            Process first =
                    start("migrate", "--from", file + "", "--to", target.url(), "--rate", "20");
            Awaitility.await().atMost(START_LIMIT).until(() -> target.writes() > 0);

            first.destroy();
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(folder.resolve("errors"));
            String id = jobs().get(0).path("id").asString();
            assertThat(said)
                    .contains("interrupted: ")
                    .contains("catamaran jobs resume " + id + " --journal ")
                    .doesNotContain("failed");
            assertThat(jobs().get(0).path("state").asString()).isEqualTo("INTERRUPTED");

            Ended second = run("jobs", "resume", "--next", "--json");
            assertThat(second.exit()).as(second.text()).isZero();
            assertThat(VisibleRecords.of(target.held().table(), false).entries())
                    .isEqualTo(VisibleRecords.of(RECORDS.table(), false).entries());
        }
    }

    private JsonNode jobs() {
        return JsonMapper.shared().readTree(run("jobs", "list", "--json").text());
    }

    /** How a verb ended that was run in this process: only who is killed needs its own. */
    private record Ended(int exit, String text) {}

    private Ended run(String... arguments) {
        StringWriter text = new StringWriter();
        int exit =
                CatamaranTool.commandLine()
                        .setOut(new PrintWriter(text))
                        .setErr(new PrintWriter(text))
                        .execute(withJournal(arguments).toArray(new String[0]));
        return new Ended(exit, text.toString());
    }

    private List<String> withJournal(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--journal", folder.resolve("journal").toString()));
        return all;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(CatamaranTool.class.getName());
        command.addAll(withJournal(arguments));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }
}
