package dev.catamaran.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.server.boot.SettingSources.Raw;
import dev.catamaran.server.boot.SettingsReader.Reading;
import dev.catamaran.server.boot.StartChecks.Outcome;
import dev.catamaran.server.transition.StateFile;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartChecksTest {

    private static final String NAMING = "data/naming/data/public/";
    private static final String META = "com.alibaba.nacos.naming.domains.meta.public##G@@s";

    @TempDir private Path home;

    @Test
    void aFreshHomeIsMarkedAndTaken() throws IOException {
        int port = port();
        Outcome.Ready ready = ready(port);

        assertThat(HomeMarker.read(home))
                .isEqualTo(new HomeMarker(HomeMarker.FORMAT, "127.0.0.1:" + port));
        assertThat(ready.saved()).isInstanceOf(StateFile.Reading.Absent.class);
        ready.lock().close();
    }

    @Test
    void aSecondProcessIsToldWhoHasTheHome() throws IOException {
        Outcome.Ready first = ready(port());

        Refusal refusal = refused(Integer.parseInt(own(first)));

        assertThat(refusal.what())
                .contains("in use")
                .contains("pid " + ProcessHandle.current().pid());
        first.lock().close();
    }

    private String own(Outcome.Ready first) throws IOException {
        assertThat(first.lock()).isNotNull();
        return HomeMarker.read(home).member().replace("127.0.0.1:", "");
    }

    @Test
    void aHomeOfAnotherMemberIsRefused() throws IOException {
        new HomeMarker(HomeMarker.FORMAT, "127.0.0.1:9999").write(home);

        assertThat(refused(port()).what()).contains("belongs to member 127.0.0.1:9999");
    }

    @Test
    void aHomeOfANewerCatamaranIsRefused() throws IOException {
        new HomeMarker(HomeMarker.FORMAT + 1, "127.0.0.1:9999").write(home);

        assertThat(refused(port()).what()).contains("newer Catamaran");
    }

    @Test
    void aHomeOf1xIsTakenAndItsFilesAreLeftAlone() throws IOException {
        file(NAMING + META, "{\"key\":\"k\",\"value\":{},\"timestamp\":1}");
        file("data/naming/meta.properties", "term=801\n");
        List<String> before = content("data/naming");

        Outcome.Ready ready = ready(port());

        assertThat(ready.notes()).anyMatch(note -> note.contains("1.0-1.4"));
        assertThat(content("data/naming")).isEqualTo(before);
        ready.lock().close();
    }

    @Test
    void tellsThe08FormByItsTextValues() throws IOException {
        file(NAMING + META, "{\"key\":\"k\",\"timestamp\":1,\"value\":\"{}\"}");

        assertThat(HomeCheck.classify(home)).isInstanceOf(HomeKind.Real1x.class);
        assertThat(HomeCheck.classify(home).toString()).contains("0.8");
    }

    @Test
    void aHomeOf132WithoutFilesIsRefusedAndNotTouched() throws IOException {
        Files.createDirectories(home.resolve(NAMING));
        file("data/naming/meta.properties", "#Sat\nterm=4502\n");
        file("data/protocol/raft/nacos_config/log/CURRENT", "x");

        Refusal refusal = refused(port());

        assertThat(refusal.what()).contains("do not hold the records");
        assertThat(refusal.todo()).contains("export from a live member first");
        assertThat(home.resolve("data/catamaran")).doesNotExist();
    }

    @Test
    void aHomeWithDatumFilesIsRefusedToo() throws IOException {
        file(NAMING + META + ".datum", "{}");

        assertThat(refused(port()).what()).contains("1.3.1 or 1.3.2");
    }

    @Test
    void aHomeOf2xWhoseGroupsCannotBeReadIsRefused() throws IOException {
        file("data/protocol/raft/naming_service_metadata/meta-data/raft_meta", "x");

        assertThat(refused(port()).what()).contains("2.x");
    }

    @Test
    void aHomeWhoseRebuildWasInterruptedIsRefusedUntilThatHasEnded() throws IOException {
        String journal = "data/catamaran/rebuild/0123456789ab/journal.json";
        file(journal, "{\"format\":1,\"state\":\"SWAPPING\"}");

        assertThat(refused(port()).todo()).contains("catamaran rebuild status " + home);

        file(journal, "{\"format\":1,\"state\":\"DONE\"}");
        ready(port()).lock().close();
    }

    @Test
    void aHomeNobodyKnowsIsRefused() throws IOException {
        file("data/something.db", "x");

        assertThat(refused(port()).what()).contains("neither Catamaran's nor a Nacos 1.x");
    }

    @Test
    void aTakenPortIsRefusedWithItsUse() throws IOException {
        try (ServerSocket taken = anyPort()) {
            assertThat(refused(taken.getLocalPort()).what())
                    .contains("port " + taken.getLocalPort())
                    .contains("HTTP");
            assertThat(refused(taken.getLocalPort() + 1000).what()).contains("raft");
        }
    }

    @Test
    void aListWithoutThisMemberIsRefusedWithTheNearMiss() {
        Outcome outcome =
                StartChecks.run(settings("127.0.0.1:8848", "localhost:8848,10.255.255.1:8848"));

        Refusal refusal = ((Outcome.Refused) outcome).refusal();
        assertThat(refusal.what()).contains("does not contain this member 127.0.0.1:8848");
        assertThat(refusal.todo()).contains("localhost:8848").doesNotContain("10.255.255.1");
    }

    @Test
    void anAddressOfNoInterfaceIsRefused() {
        Outcome outcome = StartChecks.run(settings("203.0.113.7:8848", "203.0.113.7:8848"));

        assertThat(((Outcome.Refused) outcome).refusal().what()).contains("no network interface");
    }

    @Test
    void aTornStateIsSetAsideAndTold() throws IOException {
        int port = port();
        file("data/upgrade.state", "upgraded=false\ncatamaran.phase=JRAFT\n");
        file(NAMING + META, "{}");

        Outcome.Ready ready = ready(port);

        assertThat(ready.saved()).isInstanceOf(StateFile.Reading.Torn.class);
        assertThat(home.resolve("data/upgrade.state.torn-1")).exists();
        ready.lock().close();
    }

    @Test
    void aStateOfAnotherMemberIsRefused() throws IOException {
        new StateFile(home, "127.0.0.1:1111").save(TransitionState.START);
        file(NAMING + META, "{}");

        assertThat(refused(port()).what()).contains("belongs to member 127.0.0.1:1111");
    }

    private Outcome.Ready ready(int port) {
        Outcome outcome = StartChecks.run(settings("127.0.0.1:" + port, "127.0.0.1:" + port));
        assertThat(outcome).isInstanceOf(Outcome.Ready.class);
        return (Outcome.Ready) outcome;
    }

    private Refusal refused(int port) {
        Outcome outcome = StartChecks.run(settings("127.0.0.1:" + port, "127.0.0.1:" + port));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    private ServerSettings settings(String address, String members) {
        Reading reading =
                SettingsReader.read(
                        Map.of(
                                SettingKey.HOME,
                                new Raw(home.toString(), "test"),
                                SettingKey.ADDRESS,
                                new Raw(address, "test"),
                                SettingKey.MEMBERS,
                                new Raw(members, "test")),
                        Map.of(),
                        Map.of(),
                        Map.of());
        return ((Reading.Usable) reading).settings();
    }

    private void file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> content(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(directory))) {
            return files.filter(Files::isRegularFile).sorted().map(StartChecksTest::line).toList();
        }
    }

    private static String line(Path file) {
        try {
            return file + " " + Files.getLastModifiedTime(file) + " " + Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ServerSocket anyPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static int port() throws IOException {
        try (ServerSocket socket = anyPort()) {
            return socket.getLocalPort();
        }
    }
}
