package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.members.MemberProcess;
import dev.catamaran.tool.members.PortChoice;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one: started on 1.x data, written to, killed, started again. */
class MemberIT {

    private static final Duration READY = Duration.ofSeconds(90);

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void keepsAnInstanceThatItAcknowledgedOverAKill() throws Exception {
        List<Integer> ports = PortChoice.choose(1);
        try (Fleet fleet = Fleet.prepare(Distribution.here().server(), folder, ports, List.of());
                MemberApi api = new MemberApi()) {
            MemberProcess member = fleet.members().get(0);
            member.start();
            awaitReady(api, member);
            RegistryTable before = api.records(member.address(), Stack.LEGACY);
            assertThat(before.instanceCount()).isGreaterThan(80);

            String metadata = encode("{\"text\":\"a+b 100% & 中文\"}");
            String instance = "serviceName=orders-it&ip=10.1.2.3&port=8080&ephemeral=false";
            assertThat(send(member, "POST", "?" + instance + "&metadata=" + metadata))
                    .isEqualTo("ok");
            member.kill();
            assertThat(member.isAlive()).isFalse();
            member.start();
            awaitReady(api, member);

            assertThat(send(member, "GET", "/list?serviceName=orders-it"))
                    .contains("\"ip\":\"10.1.2.3\"")
                    .contains("a+b 100% & 中文");
            RegistryTable after = api.records(member.address(), Stack.LEGACY);
            assertThat(after.instanceCount()).isEqualTo(before.instanceCount() + 1);
            assertThat(api.status(member.address()).phase()).isEqualTo(Phase.LEGACY);
        }
    }

    private static void awaitReady(MemberApi api, MemberProcess member) {
        await().atMost(READY).until(() -> isReady(api, member));
    }

    private static boolean isReady(MemberApi api, MemberProcess member) {
        assertThat(member.isAlive()).as(member.lastLines()).isTrue();
        try {
            return api.status(member.address()).ready();
        } catch (IOException e) {
            return false;
        }
    }

    private String send(MemberProcess member, String method, String rest) throws Exception {
        URI uri = URI.create("http://" + member.address() + "/nacos/v1/ns/instance" + rest);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(10))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
