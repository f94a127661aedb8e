package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.server.ServerNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Catamaran member beside real servers, and what it says. */
final class OursSeat {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int RAFT_OFFSET = 1_000;

    private final ServerNode node;
    private final HttpClient http = HttpClient.newHttpClient();

    OursSeat(ServerNode node) {
        this.node = node;
    }

    ServerNode node() {
        return node;
    }

    String address() {
        return node.address();
    }

    /** Starts it and waits until it answers; beside real servers it is never ready. */
    void start() throws IOException {
        node.start();
        await(node + " answers")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> ask("/catamaran/v1/healthz/live").contains("true"));
    }

    String phase() throws Exception {
        return JsonMapper.shared().readTree(ask("/catamaran/v1/status")).path("phase").asString();
    }

    /** The findings of its preflight, each as {@code check member}. */
    List<String> preflight() throws Exception {
        return JsonMapper.shared()
                .readTree(ask("/catamaran/v1/preflight"))
                .valueStream()
                .map(
                        finding ->
                                finding.path("check").asString("")
                                        + " "
                                        + finding.path("member").asString(""))
                .toList();
    }

    void awaitPreflight(String check, String member) {
        await(check)
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(preflight()).contains(check + " " + member));
    }

    /** That no real server got into its groups, which have the names of theirs. */
    void assertVotesAlone() throws Exception {
        JsonNode groups =
                JsonMapper.shared()
                        .readTree(ask("/nacos/v1/core/cluster/self"))
                        .at("/data/extendInfo/raftMetaData/metaDataMap");
        assertThat(groups.propertyNames()).contains("naming_persistent_service_v2");
        assertThat(
                        groups.valueStream()
                                .flatMap(group -> group.path("raftGroupMember").valueStream())
                                .map(JsonNode::asString)
                                .distinct())
                .containsExactly(raftAddress());
    }

    private String raftAddress() {
        int colon = address().lastIndexOf(':');
        int port = Integer.parseInt(address().substring(colon + 1));
        return address().substring(0, colon + 1) + (port - RAFT_OFFSET);
    }

    private String ask(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address() + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }
}
