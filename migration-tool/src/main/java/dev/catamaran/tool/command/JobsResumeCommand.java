package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.ClaimAttempt;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.Worker;
import dev.catamaran.tool.migrate.JobArguments;
import dev.catamaran.tool.migrate.Migration;
import dev.catamaran.tool.migrate.MigrationSettings;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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
            "With --next it takes the oldest migration that waits or was interrupted and that"
                    + " nobody else runs; several workers may do so with one shared journal. Jobs"
                    + " that change homes are resumed by their ID, on the machine of the homes."
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

    @Option(
            names = "--next",
            description = "Take the oldest migration that waits or was interrupted.")
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
                        : Refusals.print("no migration waits and none was interrupted.", spec);
            }
            return resume(journal, runner, id, environment);
        }
    }

    private int resume(
            Journal journal, JobRunner runner, String name, Map<String, String> environment)
            throws IOException {
        Optional<Job> job = journal.job(name);
        Optional<HomeOrder> order = job.flatMap(HomeOrders::of);
        Optional<String> not = job.flatMap(it -> notHere(it, order));
        if (not.isPresent()) {
            return Refusals.print(not.get(), spec);
        }
        ClaimAttempt attempt = runner.claim(name);
        if (attempt instanceof ClaimAttempt.Claimed claimed) {
            return order.isPresent()
                    ? run(journal, claimed.claim(), order.get())
                    : run(journal, runner, claimed.claim(), environment);
        }
        return Refusals.print(why(attempt, name), spec);
    }

    /** Paths of homes mean something on the machine only where the job was ordered. */
    private static Optional<String> notHere(Job job, Optional<HomeOrder> order) {
        if (job.state().isFinished() || job.verb().equals(MigrateCommand.VERB)) {
            return Optional.empty();
        }
        if (order.isEmpty()) {
            return Optional.of(
                    "job "
                            + job.id()
                            + " is of the verb "
                            + job.verb()
                            + ", and holds nothing this version can resume. Run the verb again.");
        }
        String here = Worker.here().host();
        return job.host().equals(here)
                ? Optional.empty()
                : Optional.of(
                        "job "
                                + job.id()
                                + " changes homes of the machine "
                                + job.host()
                                + ", and this is "
                                + here
                                + ". Resume it there; if that machine has another name now, run"
                                + " the verb again: catamaran "
                                + job.verb()
                                + ".");
    }

    private int run(Journal journal, Claim claim, HomeOrder order) throws IOException {
        Replies replies = new Replies(spec, json);
        HomeJob job = HomeJob.resumed(journal, journals.again(), claim, order, replies);
        Optional<Finding> wrong = StoreOptions.wrongJar(order.serverJar());
        return wrong.isPresent()
                ? replies.refused(List.of(wrong.get()))
                : HomeRun.of(spec, replies, order, job);
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
