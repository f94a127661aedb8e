package dev.catamaran.it.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.server.NacosApi;
import dev.catamaran.it.server.NacosServer;
import dev.catamaran.it.server.RealServers;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real servers that let nobody in without a login, with tokens that live for seconds. */
@Tag("full")
class LoginIT {

    private static final String SECRET = "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=";
    private static final String USER = "nacos";
    private static final int TOKEN_SECONDS = 5;

    @TempDir Path folder;

    /** 2.2.3 comes with a user whose password is its name; 2.5.0 is given one first. */
    @ParameterizedTest
    @CsvSource({"2.2.3, nacos", "2.5.0, p4ss-w0rd-of-2.5"})
    void aLoginIsAskedForCheckedRenewedAndNeverShown(String version, String password)
            throws Exception {
        NacosServer kind = RealServers.nacos(version).wantingLogin(SECRET, TOKEN_SECONDS);
        RealServers.demand(kind);
        try (ServerCluster one = kind.heap(320).standalone()) {
            ServerNode server = one.node(0);
            server.start();
            one.awaitUp();
            givePassword(server.api(), password);
            String home = Golden.home("1.4.2").toString();
            String url = "http://" + server.address();
            Tool tool = new Tool(folder);

            Tool.Ended nobody = tool.run("migrate", "--from", home, "--to", url);
            assertThat(nobody.text()).contains("refused: ").contains("wants a login");
            assertThat(nobody.exit()).isEqualTo(3);

            Tool.Ended without =
                    tool.run("migrate", "--from", home, "--to", url, "--to-user", USER);
            assertThat(without.text()).contains("CATAMARAN_TO_PASSWORD");
            assertThat(without.exit()).isEqualTo(2);

            Tool.Ended wrong =
                    tool.with("CATAMARAN_TO_PASSWORD", "wr0ng-pa55")
                            .run("migrate", "--from", home, "--to", url, "--to-user", USER);
            assertThat(wrong.text())
                    .contains("refused: the login of user nacos was refused")
                    .doesNotContain("wr0ng-pa55");
            assertThat(wrong.exit()).isEqualTo(3);

            carriesLongerThanATokenLives(tool, home, url, password);
            assertNowhereBelow(folder, password);
        }
    }

    private void carriesLongerThanATokenLives(Tool tool, String home, String url, String password)
            throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), password + "\n");
        long begun = System.nanoTime();
        Tool.Running running =
                tool.start(
                        "migrate",
                        "--from",
                        home,
                        "--to",
                        url,
                        "--to-user",
                        USER,
                        "--to-password-file",
                        secret.toString(),
                        "--rate",
                        "3");
        String commandLine =
                Files.readString(
                        Path.of("/proc", Long.toString(running.process().pid()), "cmdline"),
                        StandardCharsets.UTF_8);
        if (!password.equals(USER)) {
            assertThat(commandLine).contains("--to-password-file").doesNotContain(password);
        }
        Tool.Ended ended = running.await();
        Files.delete(secret);
        assertThat(ended.exit()).as(ended.text()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofSeconds(2 * TOKEN_SECONDS));

        Tool.Ended verified =
                tool.with("CATAMARAN_TO_PASSWORD", password)
                        .run("verify", home, url, "--to-user", USER);
        assertThat(verified.exit()).as(verified.text()).isZero();
    }

    private static void givePassword(NacosApi api, String password) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> {
                            if (!password.equals(USER)) {
                                api.send(
                                        "POST",
                                        "/v1/auth/users/admin",
                                        Map.of("password", password));
                            }
                            // a server reads its users only every few seconds
                            return api.send(
                                            "POST",
                                            "/v1/auth/login",
                                            Map.of("username", USER, "password", password))
                                    .isOk();
                        });
    }

    /** Neither in what the tool printed, nor in its journal. */
    private static void assertNowhereBelow(Path folder, String password) throws IOException {
        if (password.equals(USER)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(password)
                    .doesNotContain("wr0ng-pa55");
        }
    }
}
