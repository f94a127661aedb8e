package dev.catamaran.it.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.Distribution;
import dev.catamaran.it.server.CatamaranServer;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.NacosServer;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Members of ours in the 1.x raft of real servers: real 2.0 and 2.1 run the code of 1.4 (spec:
 * legacy-raft, head), and stay on it while they take their own version for 1.3.2. {@code
 * -Dcatamaran.it.minutes=30} leads for that long.
 */
class RaftPeersIT {

    private static final int MINUTES = Integer.getInteger("catamaran.it.minutes", 2);

    /** Three elections of 1.x, each of up to 20 s, on a busy machine. */
    private static final Duration ELECTED = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A new leader is whoever asks first; after so many deaths of real ones it was ours. */
    private static final int MAX_ELECTIONS = 8;

    @Test
    void oursFollowsTwoRealServersAndAllAgree() throws Exception {
        try (Room room = new Room("2.0.4", 2)) {
            room.start(room.reals());
            String leader = room.awaitLeader(room.reals());
            room.start(room.ours());

            assertThat(room.awaitLeader(room.seats)).isEqualTo(leader);
            room.write(Duration.ofSeconds(10));

            room.awaitAgreement();
        }
    }

    @Test
    @Tag("full")
    void oursIsElectedBesideTwoRealServersAndLeads() throws Exception {
        leadsWithTwoFailovers("2.0.4", 2);
    }

    @Test
    @Tag("full")
    void oneRealServerFollowsTwoOfOurs() throws Exception {
        leadsWithTwoFailovers("2.0.4", 1);
    }

    @Test
    @Tag("full")
    void oursIsElectedBesideTwoRealServersOf212AndLeads() throws Exception {
        leadsWithTwoFailovers("2.1.2", 2);
    }

    private static void leadsWithTwoFailovers(String version, int real) throws Exception {
        try (Room room = new Room(version, real)) {
            room.start(room.seats);
            room.awaitLeader(room.seats);
            room.startWriters();
            room.letOursLead();
            for (int part = 0; part < 3; part++) {
                room.leadFor(Duration.ofMinutes(MINUTES).dividedBy(3));
                if (part < 2) {
                    room.killLeaderAndBack();
                    room.letOursLead();
                }
            }
            room.stopWriters();
            room.awaitAgreement();
        }
    }

    /** Three members, some of them ours, and a client of each. */
    private static final class Room implements AutoCloseable {

        private final ServerCluster cluster;
        private final List<RaftSeat> seats;
        private final List<RaftWriter> writers = new ArrayList<>();

        Room(String version, int real) throws IOException {
            NacosServer old = RealServers.nacos(version).keepingLegacyRaft();
            CatamaranServer ours =
                    new CatamaranServer(Distribution.here().server(), List.of())
                            .setting("catamaran.legacy.rules", "shared");
            List<ServerKind> kinds = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                kinds.add(i < real ? old : ours);
            }
            cluster = ClusterPlan.of(kinds).prepare();
            seats = cluster.nodes().stream().map(RaftSeat::new).toList();
        }

        List<RaftSeat> reals() {
            return seats.stream()
                    .filter(seat -> seat.node().kind() instanceof NacosServer)
                    .toList();
        }

        List<RaftSeat> ours() {
            return seats.stream()
                    .filter(seat -> seat.node().kind() instanceof CatamaranServer)
                    .toList();
        }

        void start(List<RaftSeat> some) throws IOException {
            for (RaftSeat seat : some) {
                seat.node().start();
            }
        }

        /** The one whom all of these take for the leader. */
        String awaitLeader(List<RaftSeat> some) {
            return await("a leader of " + some)
                    .atMost(ELECTED)
                    .until(() -> agreedLeader(some), Optional::isPresent)
                    .orElseThrow();
        }

        private static Optional<String> agreedLeader(List<RaftSeat> some) {
            List<Optional<String>> leaders =
                    some.stream().map(RaftSeat::leader).distinct().toList();
            return leaders.size() == 1 ? leaders.get(0) : Optional.empty();
        }

        private boolean isOurs(String address) {
            return ours().stream().anyMatch(seat -> seat.address().equals(address));
        }

        void letOursLead() throws Exception {
            for (int i = 0; i < MAX_ELECTIONS && !isOurs(awaitLeader(seats)); i++) {
                killLeaderAndBack();
            }
            assertThat(isOurs(awaitLeader(seats))).as("ours leads in the end").isTrue();
        }

        /** The leader dies, the others elect another, and it comes back and follows. */
        void killLeaderAndBack() throws IOException {
            String leader = awaitLeader(seats);
            RaftSeat dying =
                    seats.stream()
                            .filter(seat -> seat.address().equals(leader))
                            .findFirst()
                            .orElseThrow();
            List<RaftSeat> rest = seats.stream().filter(seat -> seat != dying).toList();
            dying.node().kill();
            await("another leader than " + dying)
                    .atMost(ELECTED)
                    .until(
                            () -> agreedLeader(rest).filter(next -> !next.equals(leader)),
                            Optional::isPresent);
            dying.node().start();
            awaitLeader(seats);
        }

        void startWriters() {
            for (int i = 0; i < seats.size(); i++) {
                writers.add(RaftWriter.start(seats.get(i), "written-" + i, PAUSE));
            }
        }

        void stopWriters() throws InterruptedException {
            for (RaftWriter writer : writers) {
                writer.end();
            }
        }

        void write(Duration time) throws Exception {
            startWriters();
            await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
            stopWriters();
        }

        /** Ours leads all the time, and every member's client is heard. */
        void leadFor(Duration time) {
            String leader = awaitLeader(seats);
            List<Integer> before = writers.stream().map(RaftWriter::acknowledgements).toList();
            long end = System.nanoTime() + time.toNanos();
            await("leading")
                    .pollInterval(2, TimeUnit.SECONDS)
                    .atMost(time.plusSeconds(60))
                    .until(
                            () -> {
                                assertThat(seats)
                                        .allSatisfy(
                                                seat ->
                                                        assertThat(seat.leader())
                                                                .as(seat + " follows")
                                                                .contains(leader));
                                return System.nanoTime() > end;
                            });
            for (int i = 0; i < writers.size(); i++) {
                assertThat(writers.get(i).acknowledgements())
                        .as("acknowledged to the client of " + seats.get(i))
                        .isGreaterThan(before.get(i));
            }
        }

        /** All hold the same, and it is what was acknowledged. */
        void awaitAgreement() {
            List<String> services = writers.stream().map(RaftWriter::service).toList();
            await("agreement")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> {
                                for (RaftSeat seat : seats) {
                                    assertThat(seat.holds(services))
                                            .as("copy of %s", seat)
                                            .isEqualTo(seats.get(0).holds(services));
                                    for (RaftWriter writer : writers) {
                                        assertThat(missed(seat, writer))
                                                .as("%s at %s", writer.service(), seat)
                                                .isEmpty();
                                    }
                                }
                            });
            int acknowledged = writers.stream().mapToInt(RaftWriter::acknowledgements).sum();
            System.err.println("RAFT PEERS: acknowledged " + acknowledged + ", none lost");
            assertThat(acknowledged).isPositive();
        }

        private static Set<String> missed(RaftSeat seat, RaftWriter writer) throws IOException {
            Set<String> wrong =
                    new TreeSet<>(
                            writer.missedBy(
                                    seat.holds(List.of(writer.service()))
                                            .get(writer.service())
                                            .keySet()));
            wrong.addAll(writer.missedBy(new TreeSet<>(seat.served(writer.service()))));
            return wrong;
        }

        @Override
        public void close() throws IOException {
            try {
                stopWriters();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cluster.close();
        }
    }
}
