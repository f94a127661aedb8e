package dev.catamaran.tool.job;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the journal again and again that this worker lives, and tells the worker when it must stop
 * because the journal does not believe so any more.
 */
public final class LeaseKeeper implements AutoCloseable {

    /** Three may fail before the lease is over. */
    private static final long INTERVAL_MS = Journal.LEASE_MS / 4;

    /** A worker that slept stops itself before another may have begun. */
    private static final long TRUST_NANOS =
            TimeUnit.MILLISECONDS.toNanos(Journal.LEASE_MS - INTERVAL_MS);

    private final Claim claim;
    private final ScheduledExecutorService thread;
    private volatile long renewedNanos = System.nanoTime();
    private volatile @Nullable IOException lost;

    /** Begins nothing yet. */
    public LeaseKeeper(Claim claim) {
        this.claim = claim;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread daemon = new Thread(task, "lease");
                            daemon.setDaemon(true);
                            return daemon;
                        });
    }

    /** Begins to renew the claim. */
    public void start() {
        thread.scheduleAtFixedRate(this::renew, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        long begun = System.nanoTime();
        try {
            claim.renew();
            renewedNanos = begun;
        } catch (IOException e) {
            lost = e;
        }
    }

    /**
     * To be asked before each write.
     *
     * @throws IOException if the claim is lost or may be
     */
    public void check() throws IOException {
        if (claim.isReleased()) {
            throw new IOException("this process was told to end; resume the job");
        }
        IOException why = lost;
        if (why != null) {
            throw new IOException(why.getMessage(), why);
        }
        if (System.nanoTime() - renewedNanos > TRUST_NANOS) {
            // after a long sleep of the whole process the renewal comes too late: ask now
            claim.renew();
            renewedNanos = System.nanoTime();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
