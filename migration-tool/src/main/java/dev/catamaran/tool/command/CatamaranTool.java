package dev.catamaran.tool.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            PlanCommand.class,
            InspectCommand.class,
            RebuildCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ExportCommand.class,
            MigrateCommand.class,
            VerifyCommand.class,
            JobsCommand.class,
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
                .setExecutionExceptionHandler(CatamaranTool::failed);
    }

    /** Broken I/O is told in a line; anything else is a fault of this program, with its trace. */
    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(e instanceof IOException broken)) {
            throw e;
        }
        line.getErr().println("failed: " + text(broken));
        line.getErr().flush();
        return ExitCodes.FAILED;
    }

    private static String text(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        // these say the path and nothing else
        return e instanceof NoSuchFileException
                ? message + " does not exist"
                : e instanceof AccessDeniedException ? message + " cannot be read" : message;
    }

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
