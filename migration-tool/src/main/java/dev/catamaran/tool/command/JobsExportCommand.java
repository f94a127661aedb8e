package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the whole history. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = "Prints all jobs with all their steps as JSON, one job a line, for archives.",
        footer = {"", "Example:", "  catamaran jobs export > jobs.jsonl"})
final class JobsExportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Journal journal = journals.openExisting(System.getenv())) {
            for (Job job : journal.jobs(Set.of(), Integer.MAX_VALUE)) {
                out.println(JobText.json(job, journal.steps(job.id())));
            }
        }
        out.flush();
        return ExitCodes.DONE;
    }
}
