package dev.catamaran.tool.command;

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
        subcommands = {RehearseCommand.class, ExplainCommand.class, PlanCommand.class},
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
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
