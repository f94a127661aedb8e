package dev.catamaran.it;

import dev.catamaran.judgement.Phase;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.MemberApi;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Looks at every member all the time and notes each that is in another phase or epoch. */
final class PhaseWatch implements AutoCloseable {

    private static final long PAUSE_NANOS = 50_000_000;
    private static final long STOP_LIMIT_MS = 20_000;

    private final List<String> addresses;
    private final Phase phase;
    private final long epoch;
    private final List<String> strays = new CopyOnWriteArrayList<>();
    private final AtomicLong looks = new AtomicLong();
    private final Thread thread = new Thread(this::watch, "phase-watch");
    private volatile boolean stopped;

    private PhaseWatch(List<String> addresses, Phase phase, long epoch) {
        this.addresses = List.copyOf(addresses);
        this.phase = phase;
        this.epoch = epoch;
    }

    static PhaseWatch start(List<String> addresses, Phase phase, long epoch) {
        PhaseWatch watch = new PhaseWatch(addresses, phase, epoch);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try (MemberApi api = new MemberApi()) {
            while (!stopped) {
                addresses.forEach(address -> look(api, address));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void look(MemberApi api, String address) {
        try {
            ClusterStatus status = api.status(address);
            looks.incrementAndGet();
            if (status.phase() != phase || status.epoch() != epoch) {
                strays.add(address + " in " + status.phase() + " at epoch " + status.epoch());
            }
        } catch (IOException down) {
            // a member that is down says nothing
        }
    }

    /** What was seen that should not be. */
    List<String> strays() {
        return List.copyOf(strays);
    }

    /** How many answers were looked at. */
    long looks() {
        return looks.get();
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
