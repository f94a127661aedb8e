package dev.catamaran.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole new member of a plan of three, which hears nobody: it does not know the phase. */
class UnheardMemberTest {

    @TempDir private Path home;

    @Test
    void neitherFiguresNorOkComeFromAMemberThatDoesNotKnowThePhase() throws Exception {
        try (ConfigurableApplicationContext member = start()) {
            String address = member.getBean(ServerSettings.class).self();
            String switches = "/nacos/v1/ns/operator/switches";
            String turn = switches + "?entry=doubleWriteEnabled&value=";

            assertThat(send(address, "GET", "/catamaran/v1/status")).contains("\"UNKNOWN\"");
            for (String asked :
                    new String[] {
                        "GET /nacos/v1/ns/upgrade/ops/metrics",
                        "GET /nacos/v1/ns/upgrade/ops/metrics?json=true",
                        "GET " + switches,
                        "PUT " + turn + "true",
                        "PUT " + turn + "false"
                    }) {
                String[] call = asked.split(" ", 2);
                assertThat(send(address, call[0], call[1]))
                        .as(asked)
                        .startsWith("503 [{\"rule\":\"phase-unknown\"");
            }
            assertThat(send(address, "GET", "/nacos/v1/ns/instance/list?serviceName=s"))
                    .doesNotStartWith("200");
            assertThat(send(address, "GET", "/catamaran/v1/healthz/ready")).startsWith("503");
        }
    }

    private ConfigurableApplicationContext start() throws IOException {
        String address = "127.0.0.1:" + port();
        Reading reading =
                SettingsReader.read(
                        Map.of(
                                SettingKey.HOME,
                                new Raw(home.toString(), "test"),
                                SettingKey.ADDRESS,
                                new Raw(address, "test"),
                                SettingKey.MEMBERS,
                                new Raw(address + ",127.0.0.2:2001,127.0.0.3:2001", "test")),
                        Map.of(),
                        Map.of(),
                        Map.of());
        ServerSettings settings = ((Reading.Usable) reading).settings();
        StartChecks.Outcome.Ready ready = (StartChecks.Outcome.Ready) StartChecks.run(settings);
        return MemberApplication.start(settings, ready, System.nanoTime(), () -> {});
    }

    private static String send(String address, String method, String path) throws Exception {
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://" + address + path))
                                        .method(method, HttpRequest.BodyPublishers.noBody())
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
