package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {

    private static final Path DOCS = Path.of("..", "docs", "tool");

    /** These are told in the index, by their help, and in the runbooks. */
    private static final List<String> WITHOUT_PAGE = List.of("completion", "man", "rehearse");

    private static final List<String> TAKES_JOBS =
            List.of("migrate", "verify", "export", "jobs", "rebuild", "backup", "restore");

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

    /** What is wrapped in the middle of an argument cannot be copied into a shell. */
    @Test
    void everyExampleIsPrintedAsItWasWritten() {
        for (CommandLine verb : all(CatamaranTool.commandLine())) {
            CommandSpec command = verb.getCommandSpec();
            List<String> printed =
                    verb.getUsageMessage().lines().map(String::stripTrailing).toList();
            for (String line : command.usageMessage().footer()) {
                if (line.startsWith("  ")) {
                    assertThat(printed).as(command.qualifiedName()).contains(line.stripTrailing());
                }
            }
        }
    }

    @Test
    void noHelpIsPrintedWithAComplaintOfTheLibrary() {
        PrintStream before = System.err;
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
        try {
            all(CatamaranTool.commandLine()).forEach(CommandLine::getUsageMessage);
        } finally {
            System.setErr(before);
        }

        assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void wrongUsageIsSaidInAFewLines() {
        for (List<String> arguments :
                List.of(
                        List.<String>of(),
                        List.of("migrat"),
                        List.of("jobs"),
                        List.of("migrate", "--from", "http://a:1", "--to", "http://b:1", "--rat=5"),
                        List.of("backup"))) {
            Run run = run(arguments.toArray(new String[0]));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("See: catamaran").contains("--help");
            assertThat(run.err().lines()).as(run.err()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void aVerbOffersNoOptionThatSaysNothingToIt() {
        String help = CatamaranTool.commandLine().getSubcommands().get("export").getUsageMessage();

        assertThat(help).contains("--from-user").doesNotContain("--to-user");
    }

    /** The pages are the manual: a verb has one, or a place on that of the verb above it. */
    @Test
    void thePageOfEveryVerbNamesEveryOption() throws Exception {
        String shared =
                Files.readString(DOCS.resolve("migrate.md"))
                        + Files.readString(DOCS.resolve("jobs.md"));
        List<String> everywhere = List.of("--help", "--version", "--limit");
        for (CommandLine verb : leaves(CatamaranTool.commandLine())) {
            String name = verb.getCommandSpec().qualifiedName().split(" ", -1)[1];
            if (WITHOUT_PAGE.contains(name)) {
                continue;
            }
            String page =
                    Files.readString(
                            DOCS.resolve(name.equals("restore") ? "backup.md" : name + ".md"));
            verb.getCommandSpec().options().stream()
                    .map(option -> option.longestName())
                    .filter(option -> !everywhere.contains(option))
                    .forEach(
                            option ->
                                    assertThat(page + (TAKES_JOBS.contains(name) ? shared : ""))
                                            .as(verb.getCommandSpec().qualifiedName())
                                            .contains(option));
        }
    }

    @Test
    void everyVerbHasAManualPageWithItsOptions() throws Exception {
        Path folder = Files.createDirectory(this.folder.resolve("man1"));

        assertThat(run("man", "--out", folder.toString()).code()).isZero();

        for (CommandLine verb : leaves(CatamaranTool.commandLine())) {
            String name = verb.getCommandSpec().qualifiedName("-");
            String page = Files.readString(folder.resolve(name + ".1"));
            assertThat(page)
                    .startsWith(".TH " + name.toUpperCase(Locale.ROOT) + " 1\n.SH NAME\n")
                    .contains(".SH SYNOPSIS", ".SH DESCRIPTION", ".SH EXAMPLES", ".SH SEE ALSO");
            verb.getCommandSpec()
                    .options()
                    .forEach(
                            option ->
                                    assertThat(page)
                                            .as(name)
                                            .contains(option.longestName().replace("-", "\\-")));
            assertThat(page.lines().filter(line -> line.startsWith(".")))
                    .allMatch(line -> line.matches("\\.(TH .*|SH [A-Z ]+|TP|PP|nf|fi)"));
        }
        assertThat(run("man", "rebuild", "plan").out())
                .isEqualTo(Files.readString(folder.resolve("catamaran-rebuild-plan.1")));
        assertThat(run("man", "no").code()).isEqualTo(2);
    }

    @Test
    void theIndexListsEveryVerb() throws Exception {
        String index = Files.readString(DOCS.resolve("README.md"));
        String usage = Files.readString(DOCS.resolve("../../catamaran"));
        CatamaranTool.commandLine()
                .getSubcommands()
                .keySet()
                .forEach(
                        verb -> {
                            assertThat(index).contains("`" + verb + "`");
                            assertThat(usage).containsPattern("\\b" + verb + "\\b");
                        });
    }

    @Test
    void theShellCompletesVerbsAndOptions() {
        Run run = run("completion");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("commands=\"rehearse [a-z ]* serve\"")
                .contains("--dry-run")
                .contains("\"rename\" \"survivors\" \"shrink\" \"grow\" \"clone\"")
                .contains("complete -F");
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

    private static List<CommandLine> all(CommandLine line) {
        List<CommandLine> all = new ArrayList<>(List.of(line));
        line.getSubcommands().values().forEach(sub -> all.addAll(all(sub)));
        return all;
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
