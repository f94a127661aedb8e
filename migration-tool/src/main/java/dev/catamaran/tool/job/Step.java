package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

/**
 * One step of a job; each can be done twice without harm.
 *
 * @param number order within the job, from 0
 * @param subject what it is about, for example a service
 * @param state whether it is done
 * @param digest what its subject should have afterwards; empty if that says nothing
 * @param detail what was done, or why it failed
 * @param endedMs when it ended, 0 if not yet
 */
public record Step(
        int number, String subject, State state, String digest, String detail, long endedMs) {

    /** Whether a step is done. */
    public enum State {
        PENDING,
        DONE,
        FAILED
    }

    public Step {
        requireNonNull(subject, "subject is null");
        requireNonNull(state, "state is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(detail, "detail is null");
    }

    /** A step that nobody has done yet. */
    public static Step pending(int number, String subject, String digest, String detail) {
        return new Step(number, subject, State.PENDING, digest, detail, 0);
    }

    /** The same step, done or failed; the journal adds the time. */
    public Step ended(State how, String what) {
        return new Step(number, subject, how, digest, what, endedMs);
    }
}
