package dev.catamaran.server.mirror;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bounded waits of the mirror's thread for what a stack says. */
final class Waits {

    private Waits() {}

    static <T> T get(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, NotInTime {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new NotInTime(String.valueOf(failed.getCause()));
        } catch (TimeoutException late) {
            throw new NotInTime("no answer within " + timeout.toMillis() + " ms");
        }
    }

    /** Time left until a deadline of {@link System#nanoTime()}; never nothing. */
    static Duration left(long deadlineNanos) {
        return Duration.ofNanos(Math.max(1_000_000, deadlineNanos - System.nanoTime()));
    }

    /** A stack did not say in time how far it is. */
    static final class NotInTime extends Exception {
        private static final long serialVersionUID = 1L;

        private NotInTime(String message) {
            super(message);
        }
    }
}
