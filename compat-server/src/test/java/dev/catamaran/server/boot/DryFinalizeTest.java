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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A member in JRAFT, where nothing stands in the way of finalizing but that nobody meant it. */
class DryFinalizeTest {

    private static final String OFF =
            "/nacos/v1/ns/operator/switches?entry=doubleWriteEnabled&value=false";

    @TempDir private Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private String base = "";

    @Test
    void aDryRunOfTheRealSwitchFinalizesNothing() throws Exception {
        try (ConfigurableApplicationContext member = start()) {
            base = "http://" + member.getBean(ServerSettings.class).self();
            climbTo("MIRRORING");
            climbTo("JRAFT");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> send("PUT", OFF + "&dryRun=true", "").startsWith("200 "));
            assertThat(send("PUT", OFF + "&dryRun=true", "")).isNotEqualTo("200 ok");
            assertThat(send("GET", "/catamaran/v1/status", "")).contains("\"phase\":\"JRAFT\"");

            assertThat(send("PUT", OFF, "")).isEqualTo("200 ok");
            assertThat(send("GET", "/catamaran/v1/status", "")).contains("\"phase\":\"FINALIZED\"");
        }
    }

    private void climbTo(String phase) {
        String order = "{\"to\":\"" + phase + "\",\"reason\":\"test\"}";
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            send("POST", "/catamaran/v1/phase", order);
                            return send("GET", "/catamaran/v1/status", "")
                                    .contains("\"phase\":\"" + phase + "\"");
                        });
    }

    private ConfigurableApplicationContext start() throws IOException {
        Reading reading =
                SettingsReader.read(
                        Map.of(
                                SettingKey.HOME,
                                new Raw(home.toString(), "test"),
                                SettingKey.ADDRESS,
                                new Raw("127.0.0.1:" + port(), "test")),
                        Map.of("catamaran.legacy.leader-timeout", "1500ms"),
                        Map.of(),
                        Map.of());
        ServerSettings settings = ((Reading.Usable) reading).settings();
        StartChecks.Outcome.Ready ready = (StartChecks.Outcome.Ready) StartChecks.run(settings);
        return MemberApplication.start(settings, ready, System.nanoTime(), () -> {});
    }

    private String send(String method, String path, String body) throws Exception {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(URI.create(base + path))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
