package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.JournalPlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever changes homes is a job: in the journal first, listed, and resumed after a crash. */
class HomeJobsTest {

    @TempDir static Path template;

    @TempDir Path folder;

    private WrongWorld world;

    @BeforeAll
    static void unpack() throws IOException {
        WrongWorld.template(template);
    }

    @BeforeEach
    void copy() throws IOException {
        world = WrongWorld.copyOf(template, folder);
    }

    @Test
    void aRebuildAndItsUndoAreJobsWithTheirStepsAndDigests() {
        makePlan();

        Ended applied = changing("rebuild", "apply", plan(), "--json");
        assertThat(applied.exit()).as(applied.text()).isZero();
        JsonNode apply = show(json(applied).path("job").asString());
        assertThat(apply.path("verb").asString()).isEqualTo("rebuild apply");
        assertThat(apply.path("state").asString()).isEqualTo("DONE");
        assertThat(apply.path("who").asString()).isEqualTo(System.getProperty("user.name"));
        assertThat(apply.path("plan").path("id").asString())
                .isEqualTo(apply.path("sourceDigest").asString());
        assertThat(apply.path("steps").valueStream().map(it -> it.path("subject").asString()))
                .containsExactly(
                        "stage " + world.home(1),
                        "stage " + world.home(2),
                        "stage " + world.home(3),
                        "exchange " + world.home(1),
                        "exchange " + world.home(2),
                        "exchange " + world.home(3));
        assertThat(apply.path("steps").valueStream().map(it -> it.path("state").asString()))
                .containsOnly("DONE");

        Ended told = run("jobs", "show", apply.path("id").asString(), "--journal", journal());
        assertThat(told.exit()).as(told.text()).isZero();
        assertThat(told.text())
                .contains("stage " + world.home(1) + ": done")
                .contains("6 of 6 done")
                .contains("127.0.0.1:8848")
                .doesNotContain("afterDigest");

        Ended undone = changing("rebuild", "undo", home(1), home(2), home(3), "--json");
        assertThat(undone.exit()).as(undone.text()).isZero();
        JsonNode undo = show(json(undone).path("job").asString());
        assertThat(undo.path("verb").asString()).isEqualTo("rebuild undo");
        assertThat(undo.path("steps")).hasSize(3);
        assertThat(undo.path("beforeDigest").asString())
                .hasSize(64)
                .isEqualTo(apply.path("afterDigest").asString());
        assertThat(undo.path("afterDigest").asString())
                .hasSize(64)
                .isEqualTo(apply.path("beforeDigest").asString())
                .isNotEqualTo(apply.path("afterDigest").asString());
        assertThat(run("jobs", "list", "--journal", journal()).text())
                .contains("rebuild apply", "rebuild undo", world.home(1).toString());
    }

    @Test
    void aBackupARestoreAndWhatIsForgottenAreJobs() {
        String store = folder.resolve("store").toString();
        Ended kept = changing("backup", home(1), "--to", store, "--json");
        assertThat(kept.exit()).as(kept.text()).isZero();
        String id = json(kept).path("id").asString();
        Path again = folder.resolve("again");
        assertThat(changing("restore", store, id, again.toString()).exit()).isZero();
        makePlan();
        assertThat(changing("rebuild", "apply", plan()).exit()).isZero();
        assertThat(changing("rebuild", "forget", home(2), "--yes").exit()).isZero();

        JsonNode jobs = json(run("jobs", "list", "--json", "--journal", journal()));
        assertThat(jobs.valueStream().map(it -> it.path("verb").asString()))
                .containsExactly("rebuild forget", "rebuild apply", "restore", "backup");
        assertThat(jobs.valueStream().map(it -> it.path("state").asString())).containsOnly("DONE");
        assertThat(jobs.get(2).path("afterDigest").asString())
                .hasSize(64)
                .isEqualTo(jobs.get(3).path("afterDigest").asString());
        assertThat(jobs.get(3).path("arguments").path("home").asString()).isEqualTo(home(1));
    }

    @Test
    void anApplyThatWasKilledIsListedAndResumedWithoutItsPlanFile() throws Exception {
        makePlan();

        killWhenItSays("staging " + world.home(2), "rebuild", "apply", plan());
        Files.delete(Path.of(plan()));

        JsonNode job = json(run("jobs", "list", "--json", "--journal", journal())).get(0);
        assertThat(job.path("state").asString()).isEqualTo("INTERRUPTED");
        Ended second = changing("jobs", "resume", job.path("id").asString(), "--json");

        assertThat(second.exit()).as(second.text()).isZero();
        JsonNode done = show(job.path("id").asString());
        assertThat(done.path("state").asString()).isEqualTo("DONE");
        assertThat(done.path("fence").asInt()).isEqualTo(2);
        assertThat(done.path("steps").valueStream().map(it -> it.path("state").asString()))
                .hasSize(6)
                .containsOnly("DONE");
        Ended verified = run("rebuild", "verify", home(1), home(2), home(3));
        assertThat(verified.exit()).as(verified.text()).isZero();
        Ended third = changing("jobs", "resume", job.path("id").asString());
        assertThat(third.exit()).isEqualTo(ExitCodes.REFUSED);
        assertThat(third.text()).contains("is finished");
    }

    @Test
    void anUndoThatWasKilledIsResumed() throws Exception {
        makePlan();
        assertThat(changing("rebuild", "apply", plan()).exit()).isZero();

        killWhenItSays("undoing " + world.home(2), "rebuild", "undo", home(1), home(2), home(3));

        String id =
                json(run("jobs", "list", "--json", "--journal", journal()))
                        .get(0)
                        .path("id")
                        .asString();
        Ended second = changing("jobs", "resume", id);
        assertThat(second.exit()).as(second.text()).isZero();
        Ended status = run("rebuild", "status", home(1), home(2), home(3));
        assertThat(status.exit()).as(status.text()).isZero();
        assertThat(status.text()).contains("the rebuild was undone").doesNotContain("NEW");
    }

    @Test
    void whatIsRefusedOrOnlyTriedMakesNoJournal() {
        makePlan();

        assertThat(changing("rebuild", "apply", plan(), "--dry-run").exit()).isZero();
        assertThat(changing("rebuild", "undo", home(1)).exit()).isEqualTo(ExitCodes.REFUSED);
        assertThat(changing("rebuild", "apply", home(1)).exit()).isEqualTo(ExitCodes.REFUSED);

        assertThat(folder.resolve("journal.mv.db")).doesNotExist();
    }

    @Test
    void nothingIsChangedWhereTheJournalCannotBeOpened() throws IOException {
        makePlan();
        Path broken = Files.writeString(folder.resolve("broken.mv.db"), "no database");

        for (List<String> verb :
                List.of(
                        List.of("rebuild", "apply", plan()),
                        List.of("backup", home(1), "--to", folder.resolve("store").toString()))) {
            List<String> args = new ArrayList<>(verb);
            args.addAll(List.of("--journal", broken.toString()));
            Ended refused = run(args.toArray(new String[0]));

            assertThat(refused.exit()).as(refused.text()).isEqualTo(ExitCodes.REFUSED);
            assertThat(refused.text())
                    .contains("[no-journal]", "broken.mv.db", "--journal FILE")
                    .doesNotContain("\tat ");
        }
        assertThat(run("rebuild", "status", home(1)).text()).contains("never rebuilt");
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void aJobOfAnotherMachineIsResumedThereOnly() throws IOException {
        String id;
        try (Journal journal = Journal.open(JournalPlace.file(Path.of(journal())))) {
            id =
                    journal.create(
                            "rebuild undo",
                            "me",
                            "another-machine",
                            new TreeMap<>(java.util.Map.of("homes", home(1))));
        }

        Ended refused = changing("jobs", "resume", id);

        assertThat(refused.exit()).isEqualTo(ExitCodes.REFUSED);
        assertThat(refused.text()).contains("another-machine").contains("Resume it there");
        Ended next = changing("jobs", "resume", "--next");
        assertThat(next.exit()).isEqualTo(ExitCodes.REFUSED);
    }

    private void makePlan() {
        Ended made = run(world.plan().toArray(new String[0]));
        assertThat(made.exit()).as(made.text()).isZero();
    }

    private String home(int node) {
        return world.home(node).toString();
    }

    private String plan() {
        return folder.resolve("plan.json").toString();
    }

    private String journal() {
        return folder.resolve("journal").toString();
    }

    private JsonNode show(String id) {
        return json(run("jobs", "show", id, "--json", "--journal", journal()));
    }

    private static JsonNode json(Ended ended) {
        return JsonMapper.shared().readTree(ended.out());
    }

    private record Ended(int exit, String out, String err) {
        String text() {
            return out + err;
        }
    }

    private Ended changing(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--journal", journal()));
        return run(all.toArray(new String[0]));
    }

    private static Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit =
                CatamaranTool.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments);
        return new Ended(exit, out.toString(), err.toString());
    }

    /** Kills a process of the tool (kill -9) when it says a line. */
    private void killWhenItSays(String line, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(CatamaranTool.class.getName());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--journal", journal()));
        Process process =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        List<String> said = new ArrayList<>();
        try (BufferedReader err =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String next = err.readLine();
            while (next != null && !next.equals(line)) {
                said.add(next);
                next = err.readLine();
            }
            assertThat(next).as("it said " + said).isEqualTo(line);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
