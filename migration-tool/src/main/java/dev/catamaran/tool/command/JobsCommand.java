package dev.catamaran.tool.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The journal of jobs. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = "Tells of jobs, finished and unfinished, and resumes them.",
        synopsisSubcommandLabel = "(list | show | resume | export)",
        subcommands = {
            JobsListCommand.class,
            JobsShowCommand.class,
            JobsResumeCommand.class,
            JobsExportCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  catamaran jobs list",
            "  catamaran jobs resume 20261125-102738-7f3a9c"
        })
final class JobsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: list, show, resume or export");
    }
}
