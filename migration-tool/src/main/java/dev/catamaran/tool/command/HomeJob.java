package dev.catamaran.tool.command;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.ClaimAttempt;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.JournalException;
import dev.catamaran.tool.job.LeaseKeeper;
import dev.catamaran.tool.job.LostClaimException;
import dev.catamaran.tool.job.Step;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.Watch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a verb that changes homes, as a job. It is in the journal before anything is changed,
 * or nothing is changed. From then on a broken journal stops nothing: the homes have their own
 * record of how far they are, and half-changed ones are worse than a gap in the journal of jobs.
 */
final class HomeJob implements Watch {

    private final Opening opening;
    private final String option;
    private final HomeOrder order;
    private final Replies replies;
    private final List<Finding> complaints = new ArrayList<>();
    private final Map<String, Step> steps = new HashMap<>();
    private volatile @Nullable Running running;
    private String after = "";

    /** Opens a journal, and creates it if it is new. */
    @FunctionalInterface
    interface Opening {
        Journal open() throws IOException;
    }

    /**
     * A job that runs.
     *
     * @param resume how to go on with it
     */
    private record Running(Journal journal, Claim claim, LeaseKeeper lease, String resume) {}

    private HomeJob(Opening opening, String option, HomeOrder order, Replies replies) {
        this.opening = requireNonNull(opening, "opening is null");
        this.option = requireNonNull(option, "option is null");
        this.order = requireNonNull(order, "order is null");
        this.replies = requireNonNull(replies, "replies is null");
    }

    /**
     * A new job, which exists from {@link #begins} on. The answer of the verb ends it.
     *
     * @param journals where the journal is
     */
    static HomeJob of(JournalOptions journals, HomeOrder order, Replies replies) {
        HomeJob job =
                new HomeJob(() -> journals.open(System.getenv()), journals.again(), order, replies);
        replies.recordedBy(job);
        return job;
    }

    /**
     * A job whose claim is held, to be brought to its end.
     *
     * @param option option that names this journal, with a space before it
     */
    static HomeJob resumed(
            Journal journal, String option, Claim claim, HomeOrder order, Replies replies)
            throws IOException {
        HomeJob job = new HomeJob(() -> journal, option, order, replies);
        for (Step step : journal.steps(claim.jobId())) {
            job.steps.put(step.subject(), step);
        }
        job.runs(journal, claim);
        replies.recordedBy(job);
        return job;
    }

    private void runs(Journal journal, Claim claim) {
        LeaseKeeper lease = new LeaseKeeper(claim);
        lease.start();
        String resume = "catamaran jobs resume " + claim.jobId() + option;
        running = new Running(journal, claim, lease, resume);
    }

    @Override
    public void says(String line) {
        replies.progress(line);
    }

    @Override
    public void begins(List<String> subjects, String before) throws IOException {
        Running known = running;
        if (known != null) {
            settle(known, new HashSet<>(subjects));
            return;
        }
        List<Step> planned = new ArrayList<>();
        for (String subject : subjects) {
            planned.add(Step.pending(planned.size(), subject, "", ""));
        }
        planned.forEach(step -> steps.put(step.subject(), step));
        Journal journal = opening.open();
        try {
            Claim claim = created(journal);
            claim.plan(order.plan(), new Job.Digests(order.source(), before, ""), planned);
            runs(journal, claim);
            replies.progress("job " + claim.jobId());
        } catch (LostClaimException e) {
            journal.close();
            throw new JournalException(e.getMessage(), e);
        } catch (JournalException e) {
            journal.close();
            throw e;
        }
    }

    private Claim created(Journal journal) throws IOException {
        JobRunner runner = new JobRunner(journal, option, replies.err());
        String id = runner.create(order.verb(), order.arguments());
        if (runner.claim(id) instanceof ClaimAttempt.Claimed claimed) {
            return claimed.claim();
        }
        throw new JournalException("job " + id + " was taken by another worker");
    }

    /** Steps of the run before that need not be done any more: it could not say so itself. */
    private void settle(Running job, Set<String> stillToDo) {
        List<Step> done =
                steps.values().stream()
                        .filter(step -> step.state() != Step.State.DONE)
                        .filter(step -> !stillToDo.contains(step.subject()))
                        .map(step -> step.ended(Step.State.DONE, "found done"))
                        .toList();
        note(() -> job.claim().ended(done));
    }

    @Override
    public void ended(String subject) {
        Running job = running;
        Step step = steps.get(subject);
        if (job != null && step != null) {
            Step done = step.ended(Step.State.DONE, "done");
            steps.put(subject, done);
            note(() -> job.claim().ended(List.of(done)));
        }
    }

    @Override
    public void reached(String digest) {
        after = digest;
    }

    /** Something that is to be written into the journal. */
    @FunctionalInterface
    private interface Note {
        void write() throws IOException;
    }

    private void note(Note note) {
        try {
            note.write();
        } catch (IOException e) {
            complaints.add(
                    Finding.warns(
                            "journal-not-written",
                            "the journal of jobs does not have all of this: " + e.getMessage(),
                            order.verb(),
                            "The work itself went on. Look after the journal before the next"
                                    + " job."));
        }
    }

    /** Its id, once it is in the journal. */
    Optional<String> id() {
        return Optional.ofNullable(running).map(job -> job.claim().jobId());
    }

    /** How to go on with it, once it has begun. */
    Optional<String> resume() {
        return Optional.ofNullable(running).map(Running::resume);
    }

    /**
     * Ends the job, if it has begun.
     *
     * @param isDone whether all was done; what was begun and then refused can be resumed
     * @param outcome how it ended, in words
     * @return what could not be written into the journal
     */
    List<Finding> finish(boolean isDone, String outcome) {
        Running job = running;
        if (job == null) {
            return List.of();
        }
        if (isDone) {
            settle(job, Set.of());
        }
        note(() -> job.claim().finish(isDone ? JobState.DONE : JobState.FAILED, after, outcome));
        job.lease().close();
        note(job.journal()::close);
        running = null;
        return List.copyOf(complaints);
    }
}
