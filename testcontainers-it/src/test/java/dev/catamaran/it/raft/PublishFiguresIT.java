package dev.catamaran.it.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.Distribution;
import dev.catamaran.it.server.CatamaranServer;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.ServerCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a persistent registration takes on three members of ours, and how many a second there
 * are: one client at a follower, then sixteen at all members, over fifty services, as the figures
 * of real servers were taken (docs/benchmarks.md).
 */
@Tag("full")
class PublishFiguresIT {

    private static final int SERVICES = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration MEASURED = Duration.ofSeconds(12);
    private static final Duration ELECTED = Duration.ofMinutes(2);

    private final AtomicInteger made = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void registrations(String rules) throws Exception {
        CatamaranServer ours =
                new CatamaranServer(Distribution.here().server(), List.of())
                        .setting("catamaran.legacy.rules", rules);
        try (ServerCluster cluster = ClusterPlan.of(ours, 3).prepare()) {
            cluster.start();
            cluster.awaitUp();
            List<RaftSeat> seats = cluster.nodes().stream().map(RaftSeat::new).toList();
            String leader =
                    await().atMost(ELECTED)
                            .until(() -> seats.get(0).leader(), one -> one.isPresent())
                            .orElseThrow();
            RaftSeat follower =
                    seats.stream()
                            .filter(seat -> !seat.address().equals(leader))
                            .findFirst()
                            .orElseThrow();
            measure(rules, List.of(follower), 1);
            measure(rules, seats, 16);
        }
    }

    private void measure(String rules, List<RaftSeat> seats, int clients) throws Exception {
        long begin = System.nanoTime() + WARM_UP.toNanos();
        long end = begin + MEASURED.toNanos();
        List<Long> tookNanos = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger failed = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            RaftSeat seat = new RaftSeat(seats.get(client % seats.size()).node());
            Thread thread =
                    new Thread(
                            () -> {
                                while (System.nanoTime() < end) {
                                    long sent = System.nanoTime();
                                    boolean done = register(seat);
                                    if (sent >= begin && done) {
                                        tookNanos.add(System.nanoTime() - sent);
                                    } else if (!done) {
                                        failed.incrementAndGet();
                                    }
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<Long> sorted = tookNanos.stream().sorted().toList();
        assertThat(sorted).isNotEmpty();
        System.err.printf(
                "PUBLISH rules=%s clients=%d: %.1f a second, p50 %.1f ms, p90 %.1f ms, p99 %.1f ms,"
                        + " not acknowledged %d%n",
                rules,
                clients,
                sorted.size() / (double) MEASURED.toSeconds(),
                at(sorted, 50),
                at(sorted, 90),
                at(sorted, 99),
                failed.get());
    }

    private boolean register(RaftSeat seat) {
        int n = made.getAndIncrement();
        String ip = "10." + n / 62_500 + "." + n / 250 % 250 + "." + (1 + n % 250);
        return seat.change("POST", "figures-" + n % SERVICES, ip)
                .filter(reply -> reply.isOk())
                .isPresent();
    }

    private static double at(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1e6;
    }
}
