package dev.catamaran.tool.job;

import java.io.IOException;

/** Another worker has claimed the job meanwhile; this one must stop at once. */
public final class LostClaimException extends IOException {

    LostClaimException(String jobId) {
        super(
                "job "
                        + jobId
                        + " was claimed by another worker, because this one was silent for longer"
                        + " than its lease. This worker stopped; see: catamaran jobs show "
                        + jobId);
    }
}
