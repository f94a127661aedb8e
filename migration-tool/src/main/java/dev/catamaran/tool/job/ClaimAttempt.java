package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

/** What came of wanting to run a job. */
public sealed interface ClaimAttempt {

    /** The job is ours to run. */
    record Claimed(Claim claim) implements ClaimAttempt {
        public Claimed {
            requireNonNull(claim, "claim is null");
        }
    }

    /** Somebody else runs it. */
    record Held(Job job) implements ClaimAttempt {
        public Held {
            requireNonNull(job, "job is null");
        }
    }

    /** There is nothing left to run. */
    record Finished(Job job) implements ClaimAttempt {
        public Finished {
            requireNonNull(job, "job is null");
        }
    }

    /** The journal does not know it. */
    record NoSuchJob() implements ClaimAttempt {}
}
