package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.server.CatamaranServer;
import dev.catamaran.it.server.ClusterPlan;
import dev.catamaran.it.server.NacosApi;
import dev.catamaran.it.server.NacosServer;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One member of ours in the list of two real servers. They upgrade as among themselves, and no
 * restart of ours makes one fall back; where their own code does, it was said beforehand.
 */
class RealMembersIT {

    private static final Duration UP = Duration.ofSeconds(150);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DOWNGRADE = "Downgrade to 1.X";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void servers204UpgradeWithOneOfOursAndNoRestartOfItMovesThem() throws Exception {
        upgradeAndRestartOurs(RealServers.nacos("2.0.4"));
    }

    @Test
    void servers212ThatSupportUpgradesDoTheSame() throws Exception {
        upgradeAndRestartOurs(
                RealServers.nacos("2.1.2").setting("nacos.core.support.upgrade.from.1x", "true"));
    }

    private void upgradeAndRestartOurs(NacosServer real) throws Exception {
        try (ServerCluster cluster = prepare(real)) {
            ServerNode ours = cluster.node(0);
            List<ServerNode> reals = cluster.nodes().subList(1, 3);
            ours.start();
            awaitAnswer(ours);
            for (ServerNode node : reals) {
                node.start();
            }
            for (ServerNode node : reals) {
                node.awaitUp(UP);
                awaitUpgraded(node);
            }
            assertThat(voters(ours)).containsExactly(raftAddress(ours.address()));
            write(reals.get(0), "10.9.0.1");

            for (int round = 0; round < 3; round++) {
                if (round % 2 == 0) {
                    ours.kill();
                } else {
                    ours.stop();
                }
                if (round < 2) {
                    // they have noticed that it is gone; in the last round it is back before
                    awaitState(reals, ours, "DOWN");
                }
                ours.start();
                awaitAnswer(ours);
                awaitState(reals, ours, "UP");
                write(reals.get(round % 2), "10.9.1." + round);
                reals.forEach(RealMembersIT::assertUpgraded);
            }
            // they asked to be let into groups of the same names all the while
            assertThat(voters(ours)).containsExactly(raftAddress(ours.address()));
            assertThat(phase(ours)).isEqualTo("LEGACY");
            for (ServerNode node : reals) {
                assertThat(log(node)).doesNotContain(DOWNGRADE);
            }
            theRestartOfARealServerWhileOursIsDownIsForetold(ours, reals.get(0), reals.get(1));
        }
    }

    /** Their own code: a server forgets at its start what the others are. */
    private void theRestartOfARealServerWhileOursIsDownIsForetold(
            ServerNode ours, ServerNode restarted, ServerNode other) throws Exception {
        assertThat(preflight(ours))
                .contains("real-restart-needs-everybody")
                .doesNotContain("real-restart-while-a-member-is-down");
        restarted.stop();
        awaitPreflight(ours, "real-restart-while-a-member-is-down");
        restarted.start();
        restarted.awaitUp(UP);
        awaitUpgraded(restarted);
        assertThat(log(restarted)).doesNotContain(DOWNGRADE);

        ours.stop();
        awaitState(List.of(other), ours, "DOWN");
        restarted.stop();
        restarted.start();
        restarted.awaitUp(UP);
        await("the fall of a server that was restarted while ours was down")
                .atMost(SOON)
                .until(() -> log(restarted).contains(DOWNGRADE));
        assertThat(log(other)).doesNotContain(DOWNGRADE);
    }

    private static ServerCluster prepare(NacosServer real) throws Exception {
        List<String> addresses = dev.catamaran.it.server.Addresses.free(3);
        CatamaranServer ours =
                new CatamaranServer(Distribution.here().server(), List.of())
                        .setting("catamaran.planned", addresses.get(0));
        return ClusterPlan.of(List.of(ours, real, real)).at(addresses).prepare();
    }

    private void awaitAnswer(ServerNode ours) {
        await(ours + " answers")
                .atMost(UP)
                .ignoreExceptions()
                .until(() -> ask(ours, "/catamaran/v1/healthz/live").contains("true"));
    }

    private static void awaitUpgraded(ServerNode node) {
        await(node + " upgraded").atMost(UP).ignoreExceptions().until(() -> upgraded(node));
        assertUpgraded(node);
    }

    private static void assertUpgraded(ServerNode node) {
        try {
            assertThat(upgraded(node)).as(node + " is upgraded").isTrue();
            await("the mark on the disk of " + node)
                    .atMost(SOON)
                    .until(
                            () ->
                                    Files.readString(node.home().resolve("data/upgrade.state"))
                                            .contains("upgraded=true"));
        } catch (IOException e) {
            throw new AssertionError(node + " does not answer", e);
        }
    }

    private static boolean upgraded(ServerNode node) throws IOException {
        NacosApi.Reply metrics =
                node.api().get("/v1/ns/upgrade/ops/metrics", Map.of("json", "true"));
        return JsonMapper.shared().readTree(metrics.text()).path("upgraded").asBoolean(false);
    }

    /** Waits until each real server says that ours is in this state. */
    private static void awaitState(List<ServerNode> reals, ServerNode ours, String state) {
        for (ServerNode node : reals) {
            await(ours + " " + state + " for " + node)
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> state(node, ours).equals(state));
        }
    }

    private static String state(ServerNode node, ServerNode of) throws IOException {
        NacosApi.Reply nodes = node.api().get("/v1/core/cluster/nodes", Map.of());
        for (JsonNode member : JsonMapper.shared().readTree(nodes.text()).path("data")) {
            if (member.path("address").asString("").equals(of.address())) {
                return member.path("state").asString("");
            }
        }
        return "not listed";
    }

    /** A persistent write that both real servers must agree on. */
    private static void write(ServerNode node, String ip) {
        Map<String, String> instance =
                Map.of("serviceName", "beside", "ip", ip, "port", "80", "ephemeral", "false");
        await("a write through " + node)
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> node.api().send("POST", "/v1/ns/instance", instance).isOk());
    }

    private List<String> voters(ServerNode ours) throws Exception {
        JsonNode groups =
                JsonMapper.shared()
                        .readTree(ask(ours, "/nacos/v1/core/cluster/self"))
                        .at("/data/extendInfo/raftMetaData/metaDataMap");
        assertThat(groups.propertyNames()).contains("naming_persistent_service_v2");
        return groups.propertyStream()
                .flatMap(group -> group.getValue().path("raftGroupMember").valueStream())
                .map(JsonNode::asString)
                .distinct()
                .toList();
    }

    private static String raftAddress(String address) {
        int colon = address.lastIndexOf(':');
        return address.substring(0, colon + 1)
                + (Integer.parseInt(address.substring(colon + 1)) - 1000);
    }

    private String phase(ServerNode ours) throws Exception {
        return JsonMapper.shared()
                .readTree(ask(ours, "/catamaran/v1/status"))
                .path("phase")
                .asString();
    }

    private String preflight(ServerNode ours) throws Exception {
        return ask(ours, "/catamaran/v1/preflight");
    }

    private void awaitPreflight(ServerNode ours, String check) {
        await(check).atMost(SOON).ignoreExceptions().until(() -> preflight(ours).contains(check));
    }

    private String ask(ServerNode ours, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://" + ours.address() + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    private static String log(ServerNode node) throws IOException {
        Path log = node.logs().resolve("naming-server.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
