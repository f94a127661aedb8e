package dev.catamaran.tool.rehearse;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waits for what other processes do. */
final class Waiting {

    private static final long POLL_NS = 100_000_000L;

    /** What is waited for, asked again and again. */
    @FunctionalInterface
    interface Condition {
        /** Empty when it has come true, else why not yet. */
        Optional<String> missing() throws StepFailed;
    }

    private final LongSupplier nanoClock;

    Waiting(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Waits for {@code condition}; after {@code limitMs} fails with what is still missing. */
    void until(String what, long limitMs, Condition condition) throws StepFailed {
        long limitNs = nanoClock.getAsLong() + limitMs * 1_000_000;
        Optional<String> missing = condition.missing();
        while (missing.isPresent()) {
            if (nanoClock.getAsLong() > limitNs) {
                throw new StepFailed(
                        what + " did not come about in " + limitMs + " ms: " + missing.get());
            }
            pause(POLL_NS);
            missing = condition.missing();
        }
    }

    /** Does nothing for a while. */
    void rest(long ms) {
        long untilNs = nanoClock.getAsLong() + ms * 1_000_000;
        while (nanoClock.getAsLong() < untilNs && !Thread.currentThread().isInterrupted()) {
            pause(untilNs - nanoClock.getAsLong());
        }
    }

    private static void pause(long ns) {
        LockSupport.parkNanos(ns);
    }
}
