package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.members.MemberProcess;
import dev.catamaran.tool.members.PortChoice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All members are stopped in JRAFT, one gets a new disk, all are started: the one without a state
 * asks peers that have replayed nothing yet, and must not conclude that nobody ever decided.
 */
class WipedDiskIT {

    private static final String QUERY = "?serviceName=kept&ip=10.0.0.1&port=80&ephemeral=false";
    private static final String INSTANCE = "/nacos/v1/ns/instance";
    private static final String LIST = INSTANCE + "/list?serviceName=kept";

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aMemberOnANewDiskAnswersNoEmptyListWhileAllRestart() throws Exception {
        List<Integer> ports = PortChoice.choose(3);
        try (Fleet fleet = Fleet.prepare(Distribution.here().server(), folder, ports, List.of());
                MemberApi api = new MemberApi()) {
            MemberCluster cluster = new MemberCluster(api);
            startAll(fleet, cluster);
            String first = fleet.addresses().get(0);
            await("an acknowledged write")
                    .atMost(MemberCluster.SOON)
                    .until(() -> send("POST", first, INSTANCE + QUERY).equals("200 ok"));
            cluster.climb(fleet.addresses(), Phase.MIRRORING);
            cluster.climb(fleet.addresses(), Phase.JRAFT);
            long epoch = cluster.status(first).map(ClusterStatus::epoch).orElseThrow();
            fleet.members().forEach(MemberProcess::kill);
            MemberProcess wiped = fleet.members().get(0);
            wipe(wiped.home());

            try (PhaseWatch watch = PhaseWatch.start(fleet.addresses(), Phase.JRAFT, epoch)) {
                for (MemberProcess member : fleet.members()) {
                    member.start();
                }
                await("the list of " + wiped.address())
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> listed(wiped.address()));
                fleet.members().forEach(cluster::awaitReady);
                assertThat(watch.strays()).isEmpty();
                assertThat(watch.looks()).isPositive();
            }
        }
    }

    private static void startAll(Fleet fleet, MemberCluster cluster) throws IOException {
        for (MemberProcess member : fleet.members()) {
            member.start();
        }
        fleet.members().forEach(cluster::awaitReady);
    }

    /** Whether it answers; if it does, then with the record that was acknowledged. */
    private boolean listed(String address) throws InterruptedException {
        String answer;
        try {
            answer = send("GET", address, LIST);
        } catch (IOException down) {
            return false;
        }
        if (!answer.startsWith("200 ")) {
            return false;
        }
        assertThat(answer).contains("10.0.0.1");
        return true;
    }

    private String send(String method, String address, String path)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static void wipe(Path home) throws IOException {
        try (Stream<Path> found = Files.walk(home)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
