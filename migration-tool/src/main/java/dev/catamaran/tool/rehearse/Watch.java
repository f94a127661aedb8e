package dev.catamaran.tool.rehearse;

import dev.catamaran.tool.members.MemberProcess;
import java.util.concurrent.locks.LockSupport;

/** Samples phase, lag and memory while the steps run. */
final class Watch implements AutoCloseable {

    private static final long EVERY_NS = 100_000_000L;
    private static final int MEMORY_EVERY = 20;
    private static final long STOP_LIMIT_MS = 20_000;

    private final Cluster cluster;
    private final Observations seen;
    private final Thread thread = new Thread(this::run, "watch");
    private volatile boolean stopped;

    Watch(Cluster cluster, Observations seen) {
        this.cluster = cluster;
        this.seen = seen;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        for (int round = 0; !stopped; round++) {
            cluster.newest().ifPresent(seen::sample);
            if (round % MEMORY_EVERY == 0) {
                cluster.fleet().members().stream()
                        .filter(MemberProcess::isAlive)
                        .forEach(seen::resident);
            }
            LockSupport.parkNanos(EVERY_NS);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(STOP_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
