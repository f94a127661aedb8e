package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The journal of jobs, in a database that may be shared. A job is run by whoever holds its claim: a
 * lease with a fence. A worker that was silent too long loses the claim, and everything it writes
 * afterwards is refused by the fence. One connection, so one thread at a time; callers on other
 * threads wait.
 */
public final class Journal implements AutoCloseable {

    /** How long a silent worker keeps its claim; longer than any single call to a server takes. */
    public static final long LEASE_MS = 60_000;

    private static final String COLUMNS =
            "id, verb, who, host, arguments, plan, state, source_digest, before_digest,"
                    + " after_digest, created_ms, started_ms, ended_ms, outcome, worker, fence,"
                    + " lease_until_ms, lease_until_ms > %s AS live";
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int MAX_OUTCOME = 4_000;

    /** More than a fleet runs at once. */
    private static final int MAX_RUNNING = 1_000;

    private final JournalPlace place;
    private final Connection connection;
    private final JobRows rows;
    private final SecureRandom random = new SecureRandom();

    private final long leaseMs;

    private Journal(JournalPlace place, Connection connection, long leaseMs) {
        this.place = place;
        this.connection = connection;
        this.leaseMs = leaseMs;
        this.rows = new JobRows(Worker.here());
    }

    /**
     * Opens the journal and brings its schema up to date; creates it if it is new.
     *
     * @throws JournalException if the database does not answer or is not usable
     */
    public static Journal open(JournalPlace place) throws JournalException {
        return open(place, LEASE_MS);
    }

    /**
     * Opens a journal that is there already, to read it or go on with its jobs.
     *
     * @throws NoJournalException if there is none; nothing was made
     * @throws JournalException if the database does not answer or is not usable
     */
    public static Journal openExisting(JournalPlace place)
            throws JournalException, NoJournalException {
        if (place.isMissingFile() || !JournalDoor.hasTables(place)) {
            throw new NoJournalException(place);
        }
        return open(place);
    }

    static Journal open(JournalPlace place, long leaseMs) throws JournalException {
        return new Journal(place, JournalDoor.open(place), leaseMs);
    }

    /** The place as an operator names it. */
    public String place() {
        return place.toString();
    }

    /**
     * Writes a new job that nobody runs yet.
     *
     * @param arguments what was asked for; must hold no password
     * @throws JournalException if the journal cannot be written
     */
    public synchronized String create(
            String verb, String who, String host, SortedMap<String, String> arguments)
            throws JournalException {
        String id = newId();
        String sql =
                "INSERT INTO catamaran_job (id, verb, who, host, arguments, plan, state,"
                        + " source_digest, before_digest, after_digest, created_ms, started_ms,"
                        + " ended_ms, outcome, worker, fence, lease_until_ms)"
                        + " VALUES (?, ?, ?, ?, ?, '', 'QUEUED', '', '', '', "
                        + nowMs()
                        + ", 0, 0, '', '', 0, 0)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, id);
            insert.setString(2, verb);
            insert.setString(3, who);
            insert.setString(4, host);
            insert.setString(5, rows.text(arguments));
            insert.executeUpdate();
            return id;
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    private String newId() {
        return ID_TIME.format(Instant.now()) + "-" + "%06x".formatted(random.nextInt(1 << 24));
    }

    /**
     * Claims one job for a worker.
     *
     * @throws JournalException if the journal cannot be read or written
     */
    public ClaimAttempt claim(String id, String worker) throws JournalException {
        Optional<Job> job = job(id);
        if (job.isEmpty()) {
            return new ClaimAttempt.NoSuchJob();
        }
        if (job.get().state().isFinished()) {
            return new ClaimAttempt.Finished(job.get());
        }
        endLeaseIfDead(job.get());
        Optional<Claim> claim = tryClaim("id = ?", List.of(id), worker);
        return claim.isPresent()
                ? new ClaimAttempt.Claimed(claim.get())
                : new ClaimAttempt.Held(job(id).orElse(job.get()));
    }

    /**
     * Claims the oldest job of a verb that is queued or was interrupted. Failed ones wait for a
     * person.
     *
     * @throws JournalException if the journal cannot be read or written
     */
    public Optional<Claim> claimNext(String verb, String worker) throws JournalException {
        for (Job job : jobs(" WHERE verb = ? AND state = 'RUNNING'", List.of(verb), MAX_RUNNING)) {
            endLeaseIfDead(job);
        }
        return tryClaim("verb = ? AND state IN ('QUEUED', 'RUNNING')", List.of(verb), worker);
    }

    /** Takes the first job that matches and that nobody holds, or nothing. */
    private synchronized Optional<Claim> tryClaim(
            String condition, List<String> values, String worker) throws JournalException {
        String select =
                "SELECT id, fence FROM catamaran_job WHERE "
                        + condition
                        + " AND state IN ('QUEUED', 'RUNNING', 'FAILED') AND lease_until_ms <= "
                        + nowMs()
                        + " ORDER BY created_ms, id LIMIT 1 FOR UPDATE SKIP LOCKED";
        String update =
                "UPDATE catamaran_job SET state = 'RUNNING', worker = ?, fence = ?, ended_ms = 0,"
                        + " started_ms = CASE WHEN started_ms = 0 THEN "
                        + nowMs()
                        + " ELSE started_ms END, lease_until_ms = "
                        + nowMs()
                        + " + ? WHERE id = ? AND fence = ?";
        try {
            connection.setAutoCommit(false);
            try (PreparedStatement free = connection.prepareStatement(select)) {
                for (int i = 0; i < values.size(); i++) {
                    free.setString(i + 1, values.get(i));
                }
                try (ResultSet found = free.executeQuery()) {
                    if (!found.next()) {
                        connection.commit();
                        return Optional.empty();
                    }
                    String id = found.getString("id");
                    long fence = found.getLong("fence");
                    int taken;
                    try (PreparedStatement take = connection.prepareStatement(update)) {
                        take.setString(1, worker);
                        take.setLong(2, fence + 1);
                        take.setLong(3, leaseMs);
                        take.setString(4, id);
                        take.setLong(5, fence);
                        taken = take.executeUpdate();
                    }
                    connection.commit();
                    return taken == 1
                            ? Optional.of(new Claim(this, id, worker, fence + 1))
                            : Optional.empty();
                }
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    /**
     * The job with this id.
     *
     * @throws JournalException if the journal cannot be read
     */
    public Optional<Job> job(String id) throws JournalException {
        return jobs(" WHERE id = ?", List.of(id), 1).stream().findFirst();
    }

    /**
     * The newest jobs first.
     *
     * @param states only jobs in one of these; all if empty
     * @throws JournalException if the journal cannot be read
     */
    public List<Job> jobs(Set<JobState> states, int limit) throws JournalException {
        if (states.isEmpty()) {
            return jobs("", List.of(), limit);
        }
        String marks = String.join(", ", java.util.Collections.nCopies(states.size(), "?"));
        return jobs(
                " WHERE state IN (" + marks + ")",
                states.stream().map(JobState::name).toList(),
                limit);
    }

    private synchronized List<Job> jobs(String where, List<String> values, int limit)
            throws JournalException {
        String sql =
                "SELECT "
                        + COLUMNS.formatted(nowMs())
                        + " FROM catamaran_job"
                        + where
                        + " ORDER BY created_ms DESC, id DESC LIMIT "
                        + limit;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setString(i + 1, values.get(i));
            }
            List<Job> jobs = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    jobs.add(rows.job(found));
                }
            }
            return jobs;
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    /**
     * The steps of a job, in order.
     *
     * @throws JournalException if the journal cannot be read
     */
    public synchronized List<Step> steps(String jobId) throws JournalException {
        String sql =
                "SELECT number, subject, state, digest, detail, ended_ms FROM catamaran_step"
                        + " WHERE job_id = ? ORDER BY number";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, jobId);
            List<Step> steps = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    steps.add(rows.step(found));
                }
            }
            return steps;
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    private void endLeaseIfDead(Job job) throws JournalException {
        if (job.isInterrupted()) {
            endLease(job);
        }
    }

    /**
     * Ends a lease early, because its worker is known to be dead; nothing happens if it was claimed
     * again meanwhile.
     */
    synchronized void endLease(Job job) throws JournalException {
        String sql = "UPDATE catamaran_job SET lease_until_ms = 0 WHERE id = ? AND fence = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, job.id());
            update.setLong(2, job.claim().fence());
            update.executeUpdate();
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    /** Ends a claim so that nothing can be written under it any more. */
    synchronized void release(Claim claim) throws JournalException {
        String sql =
                "UPDATE catamaran_job SET lease_until_ms = 0, fence = fence + 1"
                        + " WHERE id = ? AND fence = ? AND state = 'RUNNING'";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, claim.jobId());
            update.setLong(2, claim.fence());
            update.executeUpdate();
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    /** Work under a claim: all of it or nothing, and only while the claim stands. */
    interface FencedWork {
        void on(Connection connection) throws SQLException;
    }

    /** Renews the lease and does the work in one transaction. */
    synchronized void fenced(Claim claim, FencedWork work)
            throws JournalException, LostClaimException {
        String renew =
                "UPDATE catamaran_job SET lease_until_ms = "
                        + nowMs()
                        + " + ? WHERE id = ? AND fence = ? AND state = 'RUNNING'";
        try {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement(renew)) {
                update.setLong(1, leaseMs);
                update.setString(2, claim.jobId());
                update.setLong(3, claim.fence());
                if (update.executeUpdate() != 1) {
                    connection.rollback();
                    throw new LostClaimException(claim.jobId());
                }
                work.on(connection);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    String nowMs() {
        return place.database().nowMs();
    }

    static String bounded(String text) {
        return text.length() > MAX_OUTCOME ? text.substring(0, MAX_OUTCOME) + "…" : text;
    }

    private JournalException broken(SQLException e) {
        return new JournalException(
                "the journal of jobs ("
                        + place
                        + ") failed: "
                        + firstLine(e)
                        + ". What was done stands; when the journal works again, resume the job",
                e);
    }

    static String firstLine(Exception e) {
        String message = requireNonNull(e.getMessage() == null ? e.toString() : e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end).trim();
    }

    @Override
    public synchronized void close() throws JournalException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw broken(e);
        }
    }
}
