package dev.catamaran.tool.migrate;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Duration;

/**
 * Looks a few times before it says that something is missing: a member shows a moment later what
 * its cluster has committed, and what it was not given time to show would be written twice.
 */
final class Settling {

    private static final Duration SHOWN_AFTER = Duration.ofMillis(700);
    private static final int MAX_READINGS = 4;

    /** Reads the target and plans what is left. */
    interface Reading {
        MigrationPlan plan() throws IOException;
    }

    private Settling() {}

    /**
     * What is left to write.
     *
     * @param patient whether to look again; no use after a write that was refused
     */
    static MigrationPlan plan(Reading reading, boolean patient) throws IOException {
        RetryPolicy<MigrationPlan> again =
                RetryPolicy.<MigrationPlan>builder()
                        .abortOn(IOException.class)
                        .handleResultIf(left -> patient && left.writes() > left.unseen())
                        .withDelay(SHOWN_AFTER)
                        .withMaxAttempts(MAX_READINGS)
                        .build();
        try {
            return Failsafe.with(again).get(reading::plan);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw e;
        }
    }
}
