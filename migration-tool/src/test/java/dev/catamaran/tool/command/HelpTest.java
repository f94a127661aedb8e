package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HelpTest {

    private static final Path DOCS = Path.of("..", "docs", "tool");

    @TempDir Path folder;

    @Test
    void everyVerbHasADescriptionAndAnExample() {
        for (CommandLine verb : leaves(CatamaranTool.commandLine())) {
            String help = verb.getUsageMessage();
            String name = verb.getCommandSpec().qualifiedName();

            assertThat(verb.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
            assertThat(help).as(name).containsPattern("Examples?");
        }
    }

    @Test
    void thePageOfEachOfTheseVerbsNamesEveryOption() throws Exception {
        String jobs = Files.readString(DOCS.resolve("jobs.md"));
        String migrate = Files.readString(DOCS.resolve("migrate.md"));
        for (String verb : List.of("migrate", "verify", "export")) {
            CommandLine line = CatamaranTool.commandLine().getSubcommands().get(verb);
            String page = Files.readString(DOCS.resolve(verb + ".md")) + migrate + jobs;
            line.getCommandSpec().options().stream()
                    .map(option -> option.longestName())
                    .filter(name -> !List.of("--help", "--version", "--limit").contains(name))
                    .forEach(name -> assertThat(page).as(verb).contains(name));
        }
        String index = Files.readString(DOCS.resolve("README.md"));
        CatamaranTool.commandLine()
                .getSubcommands()
                .keySet()
                .forEach(verb -> assertThat(index).contains("`" + verb + "`"));
    }

    @Test
    void theShellCompletesVerbsAndOptions() {
        Run run = run("completion");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("migrate").contains("--dry-run").contains("complete -F");
    }

    @Test
    void wrongUsageEndsIn2AndSaysWhatIsRight() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        String target = "http://127.0.0.1:1";
        Map<List<String>, String> wrong =
                Map.of(
                        List.of("migrate", "--from", "/no/such", "--to", target), "is no home",
                        List.of("migrate", "--from", home + "", "--to", "ftp://x"), "--to is no",
                        List.of("migrate", "--from", "http://u:pw@h", "--to", target), "own option",
                        List.of("migrate", "--from", target, "--to", target), "the same server",
                        List.of("migrate", "--from", home + "", "--to", target, "--rate", "-1"),
                                "--rate is -1",
                        List.of("export", "--out", folder.resolve("x") + ""), "name either",
                        List.of("jobs", "resume"), "name either an ID or --next",
                        List.of("verify", home + "", "/no/such"), "B: /no/such");
        wrong.forEach(
                (arguments, message) -> {
                    Run run = run(arguments.toArray(new String[0]));
                    assertThat(run.code()).as(arguments + run.err()).isEqualTo(2);
                    assertThat(run.err()).contains(message).doesNotContain("\tat ");
                    assertThat(run.err()).doesNotContain("pw@");
                });
    }

    @Test
    void aBrokenFileEndsInALineAndNotInATrace() throws Exception {
        Path file = Files.writeString(folder.resolve("torn.jsonl"), "{\"kind\":\"cata");

        Run run = run("verify", file + "", file + "");

        assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("failed: ").contains("no export file");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    private record Run(int code, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                CatamaranTool.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    private static List<CommandLine> leaves(CommandLine line) {
        if (line.getSubcommands().isEmpty()) {
            return List.of(line);
        }
        List<CommandLine> leaves = new ArrayList<>();
        line.getSubcommands().values().forEach(sub -> leaves.addAll(leaves(sub)));
        return leaves;
    }
}
