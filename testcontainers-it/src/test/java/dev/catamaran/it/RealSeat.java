package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.server.NacosApi;
import dev.catamaran.it.server.ServerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real 2.0 or 2.1 server, and what it lets be seen of its upgrade. */
final class RealSeat {

    /** What 2.0 and 2.1 print when they go back (spec: upgrade-machinery 2). */
    private static final String DOWNGRADE = "Downgrade to 1.X";

    private static final String SERVICE = "beside";
    private static final Duration UP = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofSeconds(90);

    private final ServerNode node;

    RealSeat(ServerNode node) {
        this.node = node;
    }

    ServerNode node() {
        return node;
    }

    String address() {
        return node.address();
    }

    void start() throws IOException {
        node.start();
    }

    /** Until it serves and its groups are led. */
    void awaitUp() throws IOException {
        node.awaitUp(UP);
    }

    /** Whether it serves from the 2.x model. */
    boolean isUpgraded() throws IOException {
        NacosApi.Reply metrics =
                node.api().get("/v1/ns/upgrade/ops/metrics", Map.of("json", "true"));
        return JsonMapper.shared().readTree(metrics.text()).path("upgraded").asBoolean(false);
    }

    /** Until it serves from the 2.x model and would do so after a restart. */
    void awaitUpgraded() {
        await(node + " upgraded").atMost(UP).ignoreExceptions().until(this::isUpgraded);
        await("the mark on the disk of " + node)
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> Files.readString(stateFile()).contains("upgraded=true"));
    }

    Path stateFile() {
        return node.home().resolve("data/upgrade.state");
    }

    /** Its log of member and upgrade events, since its home was made. */
    Path log() {
        return node.logs().resolve("naming-server.log");
    }

    /** How often it has fallen back to 1.x since its home was made. */
    int falls() throws IOException {
        String text = Files.readString(log());
        assertThat(text).as("the log tells of members").contains("member change");
        return text.split(DOWNGRADE, -1).length - 1;
    }

    void awaitFalls(int times) {
        await(node + " falls back").atMost(UP).ignoreExceptions().until(() -> falls() == times);
    }

    /** Until it says that another member is in this state. */
    void awaitState(String other, String state) {
        await(other + " " + state + " for " + node)
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> stateOf(other).equals(state));
    }

    private String stateOf(String other) throws IOException {
        NacosApi.Reply nodes = node.api().get("/v1/core/cluster/nodes", Map.of());
        for (JsonNode member : JsonMapper.shared().readTree(nodes.text()).path("data")) {
            if (member.path("address").asString("").equals(other)) {
                return member.path("state").asString("");
            }
        }
        return "not listed";
    }

    /** A persistent instance, acknowledged by a majority of the real servers. */
    void write(String ip) {
        await("a write through " + node)
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> acknowledges(ip));
    }

    /** Tries to write a persistent instance once. */
    boolean acknowledges(String ip) throws IOException {
        Map<String, String> instance =
                Map.of("serviceName", SERVICE, "ip", ip, "port", "80", "ephemeral", "false");
        return node.api().send("POST", "/v1/ns/instance", instance).isOk();
    }

    /** The addresses it lists of what {@link #write} wrote. */
    List<String> listed() throws IOException {
        NacosApi.Reply list =
                node.api().get("/v1/ns/instance/list", Map.of("serviceName", SERVICE));
        return JsonMapper.shared()
                .readTree(list.text())
                .path("hosts")
                .valueStream()
                .map(host -> host.path("ip").asString(""))
                .sorted()
                .toList();
    }

    void awaitListed(List<String> ips) {
        await(node + " lists " + ips)
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(listed()).isEqualTo(ips));
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
