package dev.catamaran.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One real server is enough to show that each verb does what it says. */
class NacosServerIT {

    private static final Duration UP = Duration.ofMinutes(2);

    private static final Map<String, String> INSTANCE =
            Map.of(
                    "serviceName", "smoke",
                    "ip", "10.1.2.3",
                    "port", "8080",
                    "ephemeral", "false",
                    "metadata", "{\"text\":\"a+b 100% & 中文\"}");

    @Test
    void aRealServerKeepsAPersistentInstanceOverAPauseAndAKill() throws Exception {
        Path home;
        try (ServerCluster one = RealServers.nacos("2.0.4").standalone()) {
            ServerNode server = one.node(0);
            home = server.home();
            server.start();
            server.awaitUp(UP);
            assertThat(server.api().send("POST", "/v1/ns/instance", INSTANCE).text())
                    .isEqualTo("ok");

            server.pause();
            assertThatThrownBy(() -> listed(server)).isInstanceOf(IOException.class);
            server.resume();
            await().atMost(UP).ignoreExceptions().until(() -> listed(server).contains("10.1.2.3"));

            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.start();
            server.awaitUp(UP);
            assertThat(listed(server)).contains("a+b 100% & 中文");
            assertThat(server.stop()).isTrue();
        }
        assertThat(Files.exists(home)).as("nothing is left behind").isFalse();
    }

    private static String listed(ServerNode server) throws IOException {
        NacosApi.Reply list =
                server.api().get("/v1/ns/instance/list", Map.of("serviceName", "smoke"));
        assertThat(list.isOk()).as(list.toString()).isTrue();
        return list.text();
    }

    @Test
    void aServerThatCannotStartSaysWhyInItsFailure() throws Exception {
        NacosServer broken = RealServers.nacos("2.0.4").jvmOption("-XX:NoSuchFlag=1");
        try (ServerCluster one = broken.standalone()) {
            one.node(0).start();

            assertThatThrownBy(() -> one.node(0).awaitUp(UP))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended while it was starting")
                    .hasMessageContaining("NoSuchFlag");
        }
    }

    @Test
    void anUnknownVersionIsRefusedWithThoseThatAreKnown() {
        assertThatThrownBy(() -> NacosServer.of("1.4.2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no published server 1.4.2")
                .hasMessageContaining("2.0.4, 2.1.2, 2.2.3");
    }

    @Test
    void onlyServersThatHaveTheRaftOf1xAreKeptOnIt() {
        assertThatThrownBy(() -> NacosServer.of("2.4.3").keepingLegacyRaft())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(NacosServer.of("2.1.2").keepingLegacyRaft().title())
                .isEqualTo("nacos 2.1.2 on the raft of 1.x");
    }

    @Test
    void aPlanThatDoesNotFitItsSeatsIsRefused() {
        ClusterPlan three = ClusterPlan.of(NacosServer.of("2.5.0"), 3);

        assertThatThrownBy(() -> three.at(List.of("127.0.0.1:18848")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 seats, but 1 addresses");
        assertThatThrownBy(three::standalone).isInstanceOf(IllegalArgumentException.class);
    }
}
