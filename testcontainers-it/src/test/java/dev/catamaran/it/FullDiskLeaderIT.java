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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The member that leads cannot save the next phase. It may not act on what it cannot save, so the
 * writes of the whole cluster would wait for it: it lets go of everything that it leads.
 */
class FullDiskLeaderIT {

    private static final String QUERY = "?serviceName=kept&ip=10.0.0.1&port=80&ephemeral=false";

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aLeaderThatCannotSaveThePhaseLetsOthersLead() throws Exception {
        List<Integer> ports = PortChoice.choose(3);
        try (Fleet fleet = Fleet.prepare(Distribution.here().server(), folder, ports, List.of());
                MemberApi api = new MemberApi()) {
            MemberCluster cluster = new MemberCluster(api);
            for (MemberProcess member : fleet.members()) {
                member.start();
            }
            fleet.members().forEach(cluster::awaitReady);
            cluster.climb(fleet.addresses(), Phase.MIRRORING);
            String helpless = primaryLeader(cluster, fleet.addresses().get(0));
            List<String> others =
                    fleet.addresses().stream().filter(one -> !one.equals(helpless)).toList();
            // where the new state would be written first
            Path obstacle =
                    fleet.member(helpless).home().resolve("data").resolve("upgrade.state.tmp");
            Files.createDirectories(obstacle.resolve("full"));

            await("a move that one member cannot save")
                    .atMost(MemberCluster.SOON)
                    .pollInterval(Duration.ofMillis(250))
                    .until(
                            () -> {
                                api.order(others.get(0), Phase.JRAFT, false);
                                return !cluster.statusOf(helpless).ready();
                            });
            await("another leader of everything")
                    .atMost(MemberCluster.SOON)
                    .until(() -> leadsNothing(cluster, others, helpless));
            for (String member : others) {
                await("an acknowledged write through " + member)
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> write(member));
            }
            assertThat(cluster.statusOf(helpless).ready()).isFalse();

            Files.delete(obstacle.resolve("full"));
            Files.delete(obstacle);
            fleet.members().forEach(cluster::awaitReady);
            cluster.climb(fleet.addresses(), Phase.JRAFT);
        }
    }

    private static String primaryLeader(MemberCluster cluster, String asked) {
        return await("a leader of the primary")
                .atMost(MemberCluster.SOON)
                .until(
                        () -> cluster.status(asked).map(ClusterStatus::primaryLeader).orElse(""),
                        leader -> !leader.isEmpty());
    }

    private static boolean leadsNothing(
            MemberCluster cluster, List<String> asked, String helpless) {
        return asked.stream()
                .map(cluster::status)
                .allMatch(
                        status ->
                                status.isPresent()
                                        && !status.get().leaders().isEmpty()
                                        && !status.get().leaders().containsValue(helpless)
                                        && !status.get().primaryLeader().isEmpty());
    }

    private boolean write(String member) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://"
                                                            + member
                                                            + "/nacos/v1/ns/instance"
                                                            + QUERY))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().equals("ok");
        } catch (IOException unreached) {
            return false;
        }
    }
}
