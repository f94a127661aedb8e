package dev.catamaran.tool.command;

import dev.catamaran.tool.job.NoJournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tool of the operator: {@code catamaran VERB …}. */
@Command(
        name = "catamaran",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description =
                "Carries a Nacos cluster from 1.x to 2.x without losing an acknowledged write.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            RehearseCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            PlanCommand.class,
            InspectCommand.class,
            RebuildCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ExportCommand.class,
            MigrateCommand.class,
            VerifyCommand.class,
            JobsCommand.class,
            ManCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused (nothing changed),",
            "4 outcome unknown (check before you repeat it).",
            "",
            "A member is started with: catamaran serve --help"
        })
public final class CatamaranTool implements Runnable {

    @Spec private CommandSpec spec;

    private CatamaranTool(CommandSpec spec) {
        this.spec = spec;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing verb");
    }

    /** The command line with all its verbs. */
    static CommandLine commandLine() {
        return new CommandLine(new CatamaranTool(CommandSpec.create()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CatamaranTool::misused)
                .setExecutionExceptionHandler(CatamaranTool::failed);
    }

    /** What is wrong, and where to read on: a whole help text would push it off the screen. */
    private static int misused(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        Set<String> verbs = line.getSubcommands().keySet();
        if (!verbs.isEmpty()) {
            err.println("Verbs: " + verbs.stream().collect(Collectors.joining(", ")));
        }
        err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Broken I/O is told in a line; anything else is a fault of this program, with its trace. */
    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(e instanceof IOException broken)) {
            throw e;
        }
        if (broken instanceof NoJournalException none) {
            return Refusals.print(none.getMessage() + ".", line.getCommandSpec());
        }
        line.getErr().println("failed: " + Failures.text(broken));
        line.getErr().flush();
        return ExitCodes.FAILED;
    }

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        try {
            System.exit(commandLine().execute(args));
        } catch (OutOfMemoryError e) {
            System.err.println(
                    "failed: this needs more than the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB that Java may take here. What was done stands. Allow more and"
                            + " run it again: JAVA_TOOL_OPTIONS=-Xmx4g catamaran …");
            System.exit(ExitCodes.FAILED);
        }
    }
}
