package dev.catamaran.tool.job;

/** How far a job is. */
public enum JobState {
    /** Nobody has begun it. */
    QUEUED(false),
    /** Somebody runs it; if the lease is over, somebody was killed while running it. */
    RUNNING(false),
    /** All steps are done and what they were to reach was read back. */
    DONE(true),
    /** It stopped with an error; what was done stands, and it can be resumed. */
    FAILED(false),
    /** It was refused before anything was changed. */
    REFUSED(true);

    private final boolean finished;

    JobState(boolean finished) {
        this.finished = finished;
    }

    /** Whether there is nothing left to run. */
    public boolean isFinished() {
        return finished;
    }
}
