package dev.catamaran.tool.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The right to run one job. Every write renews the lease; every write after somebody else has
 * claimed the job throws {@link LostClaimException}.
 */
public final class Claim {

    private final Journal journal;
    private final String jobId;
    private final String worker;
    private final long fence;
    private volatile boolean released;

    Claim(Journal journal, String jobId, String worker, long fence) {
        this.journal = journal;
        this.jobId = jobId;
        this.worker = worker;
        this.fence = fence;
    }

    public String jobId() {
        return jobId;
    }

    public String worker() {
        return worker;
    }

    long fence() {
        return fence;
    }

    /** Tells the journal that this worker lives. */
    public void renew() throws JournalException, LostClaimException {
        journal.fenced(this, connection -> {});
    }

    /**
     * Gives the claim back although the job is not finished: whoever resumes it need not wait.
     *
     * @throws JournalException if the journal cannot be written; the lease then ends by itself
     */
    public void release() throws JournalException {
        released = true;
        journal.release(this);
    }

    /** Whether the job must not go on under this claim, because it was given back. */
    public boolean isReleased() {
        return released;
    }

    /** Writes what is to be done, in place of an earlier plan. */
    public void plan(String plan, Job.Digests digests, List<Step> steps)
            throws JournalException, LostClaimException {
        journal.fenced(
                this,
                connection -> {
                    writePlan(connection, plan, digests);
                    deleteSteps(connection);
                    insertSteps(connection, steps);
                });
    }

    private void writePlan(Connection connection, String plan, Job.Digests digests)
            throws SQLException {
        String sql =
                "UPDATE catamaran_job SET plan = ?, source_digest = ?, before_digest = ?,"
                        + " after_digest = ? WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, plan);
            update.setString(2, digests.source());
            update.setString(3, digests.before());
            update.setString(4, digests.after());
            update.setString(5, jobId);
            update.executeUpdate();
        }
    }

    private void deleteSteps(Connection connection) throws SQLException {
        String sql = "DELETE FROM catamaran_step WHERE job_id = ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, jobId);
            delete.executeUpdate();
        }
    }

    private void insertSteps(Connection connection, List<Step> steps) throws SQLException {
        String sql =
                "INSERT INTO catamaran_step (job_id, number, subject, state, digest, detail,"
                        + " ended_ms) VALUES (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Step step : steps) {
                insert.setString(1, jobId);
                insert.setInt(2, step.number());
                insert.setString(3, step.subject());
                insert.setString(4, step.state().name());
                insert.setString(5, step.digest());
                insert.setString(6, Journal.bounded(step.detail()));
                insert.setLong(7, step.endedMs());
                insert.addBatch();
            }
            if (!steps.isEmpty()) {
                insert.executeBatch();
            }
        }
    }

    /** Writes how these steps ended. */
    public void ended(List<Step> steps) throws JournalException, LostClaimException {
        String sql =
                "UPDATE catamaran_step SET state = ?, detail = ?, ended_ms = "
                        + journal.nowMs()
                        + " WHERE job_id = ? AND number = ?";
        journal.fenced(
                this,
                connection -> {
                    try (PreparedStatement update = connection.prepareStatement(sql)) {
                        for (Step step : steps) {
                            update.setString(1, step.state().name());
                            update.setString(2, Journal.bounded(step.detail()));
                            update.setString(3, jobId);
                            update.setInt(4, step.number());
                            update.addBatch();
                        }
                        update.executeBatch();
                    }
                });
    }

    /** Ends the job and gives the claim back. */
    public void finish(JobState state, String afterDigest, String outcome)
            throws JournalException, LostClaimException {
        String sql =
                "UPDATE catamaran_job SET state = ?, after_digest = ?, outcome = ?, ended_ms = "
                        + journal.nowMs()
                        + ", lease_until_ms = 0 WHERE id = ?";
        journal.fenced(
                this,
                connection -> {
                    try (PreparedStatement update = connection.prepareStatement(sql)) {
                        update.setString(1, state.name());
                        update.setString(2, afterDigest);
                        update.setString(3, Journal.bounded(outcome));
                        update.setString(4, jobId);
                        update.executeUpdate();
                    }
                });
    }
}
