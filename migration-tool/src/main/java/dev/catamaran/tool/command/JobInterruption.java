package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Claim;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/**
 * What happens when this process is told to end (Ctrl-C, SIGTERM) in the middle of a job: no write
 * is begun any more, the job goes back, and the operator hears how to go on.
 */
final class JobInterruption implements AutoCloseable {

    private final Thread hook;

    private JobInterruption(Thread hook) {
        this.hook = hook;
    }

    static JobInterruption of(Claim claim, String resume, PrintWriter err) {
        return new JobInterruption(new Thread(() -> ended(claim, resume, err), "interruption"));
    }

    private static void ended(Claim claim, String resume, PrintWriter err) {
        try {
            claim.release();
        } catch (IOException e) {
            // the embedded database may close faster; then this process is soon known to be dead
        }
        err.println();
        err.println("interrupted: what was written stands. Go on by: " + resume);
        err.flush();
    }

    void watch() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The job has ended by itself; if the process is ending, says no more and waits for that. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
