package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.Journal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells everything about one job. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = "Tells everything about one job: order, plan, steps, digests, outcome.",
        footer = {"", "Example:", "  catamaran jobs show 20261125-102738-7f3a9c"})
final class JobsShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Id of the job.")
    private String id = "";

    @Option(names = "--json", description = "Print the job as JSON.")
    private boolean json;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() throws IOException {
        try (Journal journal = journals.openExisting(System.getenv())) {
            Optional<Job> job = journal.job(id);
            if (job.isEmpty()) {
                return Refusals.print(
                        "the journal "
                                + journal.place()
                                + " has no job "
                                + id
                                + "; see: jobs list.",
                        spec);
            }
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? JobText.json(job.get(), journal.steps(id)).toString()
                                    : JobText.whole(job.get(), journal.steps(id)));
            spec.commandLine().getOut().flush();
            return ExitCodes.DONE;
        }
    }
}
