package dev.catamaran.it.raft;

import dev.catamaran.it.server.NacosApi;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of one member with a service of its own: real servers overwrite what another wrote into
 * the same list at the same moment, and that is not what these tests are about.
 */
final class RaftWriter {

    private final RaftSeat seat;
    private final String service;
    private final long pauseNanos;
    private final Thread thread;
    private final Random random;
    private volatile boolean ends;
    private int made;

    /** What was acknowledged last of each instance: there, or gone. */
    private final Map<String, Boolean> acknowledged = new TreeMap<>();

    /** What ended without an answer or with a refusal: it may be there or not. */
    private final Set<String> unknown = new TreeSet<>();

    private int acknowledgements;

    private RaftWriter(RaftSeat seat, String service, Duration pause) {
        this.seat = seat;
        this.service = service;
        this.pauseNanos = pause.toNanos();
        this.random = new Random(service.hashCode());
        this.thread = new Thread(this::run, "writer-" + service);
    }

    static RaftWriter start(RaftSeat seat, String service, Duration pause) {
        RaftWriter writer = new RaftWriter(seat, service, pause);
        writer.thread.start();
        return writer;
    }

    String service() {
        return service;
    }

    private void run() {
        while (!ends) {
            write();
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private synchronized void write() {
        Optional<String> old =
                random.nextInt(4) == 0
                        ? acknowledged.entrySet().stream()
                                .filter(Map.Entry::getValue)
                                .map(Map.Entry::getKey)
                                .filter(ip -> !unknown.contains(ip))
                                .findFirst()
                        : Optional.empty();
        String ip =
                old.orElseGet(
                        () ->
                                "10."
                                        + made / 62_500
                                        + "."
                                        + made / 250 % 250
                                        + "."
                                        + (1 + made++ % 250));
        Optional<NacosApi.Reply> reply =
                seat.change(old.isPresent() ? "DELETE" : "POST", service, ip);
        if (reply.isPresent() && reply.get().isOk()) {
            acknowledged.put(ip, old.isEmpty());
            acknowledgements++;
        } else {
            unknown.add(ip);
        }
    }

    /** Changes that were acknowledged so far. */
    synchronized int acknowledgements() {
        return acknowledgements;
    }

    /** What is wrong with a copy of the service; empty if nothing is. */
    synchronized Set<String> missedBy(Set<String> held) {
        Set<String> wrong = new TreeSet<>();
        acknowledged.forEach(
                (ip, there) -> {
                    if (!unknown.contains(ip) && held.contains(ip) != there) {
                        wrong.add(ip + (there ? " is lost" : " is back"));
                    }
                });
        return wrong;
    }

    /** Ends with the write that is under way. */
    void end() throws InterruptedException {
        ends = true;
        thread.join(TimeUnit.SECONDS.toMillis(30));
    }
}
