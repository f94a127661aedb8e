package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.ClaimAttempt;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.migrate.JobArguments;
import dev.catamaran.tool.migrate.Migration;
import dev.catamaran.tool.migrate.MigrationSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a job that was interrupted, has failed, or waits. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Goes on with a job that was interrupted, has failed, or waits to be run.",
            "",
            "With --next it takes the oldest job that waits or was interrupted and that nobody"
                    + " else runs; several workers may do so with one shared journal."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran jobs resume 20261125-102738-7f3a9c",
            "  catamaran jobs resume --next --journal-url jdbc:postgresql://db/jobs",
            "",
            "Exit codes: those of the verb; 3 also when there is nothing to resume or",
            "another worker runs the job."
        })
final class JobsResumeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Id of the job.")
    private @Nullable String id;

    @Option(names = "--next", description = "Take the oldest job that waits or was interrupted.")
    private boolean next;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin private SourceLogin fromLogin;
    @Mixin private TargetLogin toLogin;
    @Mixin private JournalOptions journals;

    @Override
    public Integer call() throws IOException {
        if ((id == null) != next) {
            throw new ParameterException(spec.commandLine(), "name either an ID or --next");
        }
        Map<String, String> environment = System.getenv();
        try (Journal journal = journals.openExisting(environment)) {
            JobRunner runner =
                    new JobRunner(journal, journals.again(), spec.commandLine().getErr());
            if (id == null) {
                Optional<Claim> claim = runner.claimNext(MigrateCommand.VERB);
                return claim.isPresent()
                        ? run(journal, runner, claim.get(), environment)
                        : Refusals.print("no job waits and none was interrupted.", spec);
            }
            ClaimAttempt attempt = runner.claim(id);
            if (attempt instanceof ClaimAttempt.Claimed claimed) {
                return run(journal, runner, claimed.claim(), environment);
            }
            return Refusals.print(why(attempt, id), spec);
        }
    }

    private static String why(ClaimAttempt attempt, String id) {
        if (attempt instanceof ClaimAttempt.Held held) {
            Job job = held.job();
            return "job "
                    + id
                    + " is run by worker "
                    + job.claim().worker()
                    + ", which was heard of lately. If it is dead, its claim ends at "
                    + Instant.ofEpochMilli(job.claim().leaseUntilMs())
                    + "; try again then.";
        }
        if (attempt instanceof ClaimAttempt.Finished finished) {
            return "job " + id + " is finished: " + finished.job().outcome() + ".";
        }
        return "there is no job " + id + "; see: catamaran jobs list.";
    }

    private int run(Journal journal, JobRunner runner, Claim claim, Map<String, String> environment)
            throws IOException {
        Job job = journal.job(claim.jobId()).orElseThrow();
        MigrationSettings settings;
        try {
            settings =
                    JobArguments.settings(
                            job.arguments(),
                            fromLogin.password(environment),
                            toLogin.password(environment));
        } catch (IOException e) {
            // the claim goes back, so that a worker that has the source can take the job
            claim.finish(JobState.FAILED, job.digests().after(), e.getMessage());
            return Refusals.print(e.getMessage() + ".", spec);
        }
        Migration migration = new Migration(settings, TerminalProgress.ofThisProcess());
        return MigrationPrinter.print(
                runner.run(claim, migration), json, spec.commandLine().getOut());
    }
}
