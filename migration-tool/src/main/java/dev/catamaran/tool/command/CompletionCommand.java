package dev.catamaran.tool.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that lets the shell complete verbs and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = "Prints a script for bash and zsh that completes verbs and options.",
        footer = {"", "Example:", "  source <(catamaran completion)"})
final class CompletionCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        CommandLine all = CatamaranTool.commandLine();
        // the launcher's own verb; the server reads its options itself
        all.addSubcommand("serve", CommandSpec.create());
        spec.commandLine().getOut().println(AutoComplete.bash("catamaran", all));
        spec.commandLine().getOut().flush();
    }
}
