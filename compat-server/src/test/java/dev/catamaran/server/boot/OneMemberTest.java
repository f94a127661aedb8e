package dev.catamaran.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.server.boot.SettingSources.Raw;
import dev.catamaran.server.boot.SettingsReader.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One whole member, alone, asked over HTTP. */
class OneMemberTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OPS = "/nacos/v1/ns/upgrade/ops";
    private static final String SWITCHES = "/nacos/v1/ns/operator/switches";
    private static final String INSTANCE = "/nacos/v1/ns/instance";

    @TempDir private static Path home;
    private static ConfigurableApplicationContext context;
    private static String base;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        String address = "127.0.0.1:" + port();
        base = "http://" + address;
        Reading reading =
                SettingsReader.read(
                        Map.of(
                                SettingKey.HOME,
                                new Raw(home.toString(), "test"),
                                SettingKey.ADDRESS,
                                new Raw(address, "test")),
                        Map.of("catamaran.legacy.leader-timeout", "1500ms"),
                        Map.of(),
                        Map.of());
        ServerSettings settings = ((Reading.Usable) reading).settings();
        StartChecks.Outcome.Ready ready = (StartChecks.Outcome.Ready) StartChecks.run(settings);
        context = MemberApplication.start(settings, ready, System.nanoTime(), () -> {});
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void registersReadsAndRemovesAPersistentInstance() throws Exception {
        awaitReady();
        String query = "?serviceName=s1&ip=10.0.0.1&port=80&ephemeral=false";

        assertThat(send("POST", INSTANCE + query + "&metadata=%7B%22k%22%3A%22a%2Bb%22%7D", ""))
                .isEqualTo("200 ok");
        JsonNode host = get(INSTANCE + "/list?serviceName=s1").path("hosts").path(0);
        assertThat(host.path("instanceId").asString())
                .isEqualTo("10.0.0.1#80#DEFAULT#DEFAULT_GROUP@@s1");
        assertThat(host.path("metadata").path("k").asString()).isEqualTo("a+b");
        assertThat(send("DELETE", INSTANCE + query, "")).isEqualTo("200 ok");
        assertThat(get(INSTANCE + "/list?serviceName=s1").path("hosts")).isEmpty();
    }

    @Test
    void takesParametersAsAFormToo() throws Exception {
        awaitReady();

        assertThat(send("PUT", INSTANCE, "serviceName=s2&ip=10.0.0.2&port=81&ephemeral=false"))
                .isEqualTo("200 ok");
        assertThat(get("/nacos/v1/ns/service?serviceName=s2").path("name").asString())
                .isEqualTo("s2");
    }

    @Test
    void refusesWhatItDoesNotServeOrUnderstand() throws Exception {
        assertThat(send("POST", INSTANCE + "?serviceName=s&ip=1.1.1.1&port=1", ""))
                .startsWith("501 ephemeral instances are not served yet");
        assertThat(send("POST", INSTANCE + "?ip=1.1.1.1&port=1&ephemeral=false", ""))
                .isEqualTo("400 caused: Param 'serviceName' is required.;");
        assertThat(send("GET", "/nacos/v1/ns/service?serviceName=nope", ""))
                .isEqualTo("500 caused: service DEFAULT_GROUP@@nope is not found!;");
        assertThat(send("GET", "/nacos/v1/ns/nope", ""))
                .startsWith("501")
                .contains("no such api:GET:/nacos/v1/ns/nope");
        assertThat(send("POST", "/catamaran/v1/phase", "{\"to\":\"JRAFT\",\"dryrun\":true}"))
                .startsWith("400")
                .contains("dryrun");
    }

    @Test
    void refusesAStepThatDoesNotExistAndMovesByOneThatDoes() throws Exception {
        awaitReady();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !send("GET", "/catamaran/v1/explain", "").contains("no-leader"));

        assertThat(send("POST", "/catamaran/v1/phase", "{\"to\":\"FINALIZED\"}"))
                .startsWith("409")
                .contains("\"rule\":\"");
        assertThat(send("POST", "/catamaran/v1/phase", "{\"to\":\"MIRRORING\",\"dryRun\":true}"))
                .startsWith("200")
                .contains("WOULD_MOVE");
        JsonNode status = get("/catamaran/v1/status");
        assertThat(status.path("phase").asString()).isEqualTo("LEGACY");
        assertThat(status.path("members").path(0).path("self").asBoolean()).isTrue();
    }

    @Test
    void answersTheUpgradeCallsOfARealServer() throws Exception {
        awaitReady();
        String query = "?serviceName=ops&ip=10.0.0.3&port=80&ephemeral=false";
        assertThat(send("POST", INSTANCE + query, "")).isEqualTo("200 ok");

        String metrics = send("GET", OPS + "/metrics", "");
        assertThat(metrics).startsWith("200 upgraded                       = false\n");
        assertThat(metrics).contains("\nisDoubleWriteEnabled           = true\n");
        assertThat(get(OPS + "/metrics?json=true").path("serviceCountV1").asInt()).isPositive();
        assertThat(
                        get(OPS + "/service/list?ver=v1&pageNo=1&pageSize=100")
                                .path("doms")
                                .valueStream()
                                .map(JsonNode::asString))
                .contains("ops");
        assertThat(get(OPS + "/instance/list?ver=v1&serviceName=ops").path("hosts")).hasSize(1);
        assertThat(get(OPS + "/instance/list?serviceName=ops").path("hosts")).isEmpty();
        assertThat(get(OPS + "/service/names?ver=v1").path("services").path("public").toString())
                .contains("DEFAULT_GROUP@@ops");
        assertThat(send("GET", OPS + "/service?serviceName=ops", "")).startsWith("500 ");
        assertThat(get(OPS + "/service?ver=v1&serviceName=ops").path("name").asString())
                .isEqualTo("ops");
        for (String method : new String[] {"POST", "PUT", "DELETE"}) {
            assertThat(send(method, OPS + "/instance" + query, ""))
                    .startsWith("501 ")
                    .contains("Use /nacos/v1/ns/instance");
        }
        assertThat(get(INSTANCE + "/list?serviceName=ops").path("hosts")).hasSize(1);
    }

    @Test
    void answersWhatServersAskAMemberThatShowsThemNoVersion() throws Exception {
        JsonNode peer = get("/nacos/v1/ns/operator/cluster/state?encoding=UTF-8&nofix=1");
        assertThat(peer.path("ip").asString()).isEqualTo(base.substring("http://".length()));
        assertThat(peer.path("state").asString()).isIn("LEADER", "FOLLOWER", "CANDIDATE");

        String status = "/nacos/v1/ns/operator/server/status?serverStatus=unknown%23";
        String self = base.substring("http://".length());
        assertThat(send("GET", status + self + "%23179530110620%231%0D%0A&nofix=1", ""))
                .isEqualTo("200 ok");
        assertThat(send("GET", status + "10.9.9.9:8848%231%231", ""))
                .isEqualTo("400 server: 10.9.9.9:8848 is not in serverlist");
        assertThat(send("GET", "/nacos/v1/ns/operator/server/status", "")).startsWith("400 ");
    }

    @Test
    void theRealSwitchIsRefusedWithReasonsUnlessItCanFinalize() throws Exception {
        awaitReady();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !send("GET", "/catamaran/v1/explain", "").contains("no-leader"));
        String phase = get("/catamaran/v1/status").path("phase").asString();

        assertThat(get(SWITCHES).path("doubleWriteEnabled").asBoolean()).isTrue();
        assertThat(send("PUT", SWITCHES + "?entry=doubleWriteEnabled&value=false", ""))
                .startsWith("409 [{\"rule\":\"");
        assertThat(send("PUT", SWITCHES + "?entry=doubleWriteEnabled&value=true", ""))
                .isEqualTo("200 ok");
        assertThat(send("PUT", SWITCHES + "?entry=doubleWriteEnabled&value=no", ""))
                .startsWith("400 ");
        assertThat(send("PUT", SWITCHES + "?entry=doubleWriteEnabled&value=false&debug=true", ""))
                .startsWith("400 ")
                .contains("debug");
        assertThat(send("PUT", SWITCHES + "?entry=pushEnabled&value=false", "")).startsWith("501 ");
        assertThat(get("/catamaran/v1/status").path("phase").asString()).isEqualTo(phase);
        assertThat(send("GET", "/catamaran/v1/preflight", "")).isEqualTo("200 []");
    }

    @Test
    void showsOperatorsAPageThatAsksOnlyForWhatIsThere() throws Exception {
        awaitReady();
        HttpResponse<String> page =
                http.send(
                        HttpRequest.newBuilder(URI.create(base + "/catamaran/")).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'");
        assertThat(page.body()).contains("dashboard.css", "dashboard.js").doesNotContain("://");

        assertThat(send("GET", "/catamaran/dashboard.css", "")).startsWith("200 ");
        String script = send("GET", "/catamaran/dashboard.js", "");
        assertThat(script).startsWith("200 ").doesNotContain("innerHTML");
        for (String asked : List.of("status", "explain", "preflight", "history")) {
            assertThat(script).contains("'" + asked + "'");
            assertThat(send("GET", "/catamaran/v1/" + asked, "")).as(asked).startsWith("200 ");
        }
        assertThat(send("GET", "/catamaran/dashboard.html", "")).startsWith("404 ");
        assertThat(send("GET", "/catamaran", "")).startsWith("302 ");
    }

    @Test
    void tellsWhatMovedItAndWhen() throws Exception {
        awaitReady();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !get("/catamaran/v1/history").path("moves").isEmpty());

        JsonNode first = get("/catamaran/v1/history").path("moves").path(0);

        assertThat(first.path("revision").asLong()).isEqualTo(1);
        assertThat(first.path("phase").asString()).isEqualTo("LEGACY");
        assertThat(first.path("by").asString()).isEqualTo(base.substring("http://".length()));
        assertThat(Instant.parse(first.path("at").asString())).isBefore(Instant.now());
        assertThat(first.path("because").asString()).contains("first leader");
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> send("GET", "/catamaran/v1/healthz/ready", "").startsWith("200"));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        String answer = send("GET", path, "");
        assertThat(answer).startsWith("200 ");
        return JSON.readTree(answer.substring("200 ".length()));
    }

    private String send(String method, String path, String form)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(URI.create(base + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .method(method, HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return response.statusCode() + " " + response.body();
    }

    private static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
