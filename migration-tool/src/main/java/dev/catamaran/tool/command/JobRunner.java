package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.ClaimAttempt;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.Worker;
import dev.catamaran.tool.migrate.Migration;
import dev.catamaran.tool.migrate.MigrationReport;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** Creates, claims and runs jobs in the name of this process. */
final class JobRunner {

    private final Journal journal;
    private final Worker worker = Worker.here();

    JobRunner(Journal journal) {
        this.journal = journal;
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
        return migration.run(claim, job, journal.steps(job.id()));
    }

    /** Claims a job; does not wait for the lease of a worker that died on this machine. */
    ClaimAttempt claim(String id) throws IOException {
        ClaimAttempt attempt = journal.claim(id, worker.text());
        if (attempt instanceof ClaimAttempt.Held held
                && worker.knowsDead(held.job().claim().worker())) {
            journal.endLease(held.job());
            return journal.claim(id, worker.text());
        }
        return attempt;
    }

    /** Claims the oldest job that waits or was interrupted. */
    Optional<Claim> claimNext(String verb) throws IOException {
        return journal.claimNext(verb, worker.text());
    }
}
