package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.ClaimAttempt;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.Worker;
import dev.catamaran.tool.migrate.Migration;
import dev.catamaran.tool.migrate.MigrationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.SortedMap;

/** Creates, claims and runs jobs in the name of this process. */
final class JobRunner {

    private final Journal journal;
    private final String option;
    private final PrintWriter err;
    private final Worker worker = Worker.here();

    /**
     * @param option option that names this journal, with a space before it; empty for the usual one
     * @param err where a person is told how to go on with the job
     */
    JobRunner(Journal journal, String option, PrintWriter err) {
        this.journal = journal;
        this.option = option;
        this.err = err;
    }

    String create(String verb, SortedMap<String, String> arguments) throws IOException {
        return journal.create(
                verb, System.getProperty("user.name", "unknown"), worker.host(), arguments);
    }

    MigrationReport run(String id, Migration migration) throws IOException {
        ClaimAttempt attempt = claim(id);
        if (attempt instanceof ClaimAttempt.Claimed claimed) {
            return run(claimed.claim(), migration);
        }
        throw new IOException("job " + id + " was taken by another worker; it runs there");
    }

    MigrationReport run(Claim claim, Migration migration) throws IOException {
        Job job = journal.job(claim.jobId()).orElseThrow();
        String resume = "catamaran jobs resume " + job.id() + option;
        err.println("job " + job.id() + "; if it is interrupted, go on by: " + resume);
        err.flush();
        try (JobInterruption interruption = JobInterruption.of(claim, resume, err)) {
            interruption.watch();
            return migration.run(claim, job, journal.steps(job.id()));
        }
    }

    /** Claims a job. */
    ClaimAttempt claim(String id) throws IOException {
        return journal.claim(id, worker.text());
    }

    /** Claims the oldest job that waits or was interrupted. */
    Optional<Claim> claimNext(String verb) throws IOException {
        return journal.claimNext(verb, worker.text());
    }
}
