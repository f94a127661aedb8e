package dev.catamaran.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.server.boot.SettingSources.Raw;
import dev.catamaran.server.boot.SettingsReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir private Path home;
    private final Map<SettingKey, Raw> commandLine = new HashMap<>();
    private final Map<String, String> set = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void nameTheHome() {
        commandLine.put(SettingKey.HOME, new Raw(home.toString(), "--home on the command line"));
    }

    @Test
    void aMemberThatWasToldNothingIsAloneOnTheDefaultPort() {
        ServerSettings settings = usable();

        assertThat(settings.self()).isEqualTo("127.0.0.1:8848");
        assertThat(settings.members()).containsExactly("127.0.0.1:8848");
        assertThat(settings.writeHold()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theCommandLineIsStrongerThanTheEnvironmentAndThatThanTheFile() throws IOException {
        conf(
                "application.properties",
                """
                catamaran.write.hold=1s
                catamaran.fence.limit=1s
                catamaran.report.interval=1s
                """);
        environment.put("CATAMARAN_WRITE_HOLD", "20s");
        environment.put("CATAMARAN_FENCE_LIMIT", "20s");
        set.put("catamaran.write.hold", "300ms");

        ServerSettings settings = usable();

        assertThat(settings.writeHold()).isEqualTo(Duration.ofMillis(300));
        assertThat(settings.fenceLimit()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.reportInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aTargetVersionIsAVersionAndReachesTheJudge() {
        assertThat(usable().targetVersion()).isEmpty();

        set.put("catamaran.target-version", "0.2.0");
        assertThat(TransitionBeans.configured(usable()).targetVersion())
                .hasValueSatisfying(version -> assertThat(version.text()).isEqualTo("0.2.0"));

        set.put("catamaran.target-version", "newest");
        assertThat(problems()).singleElement().asString().contains("catamaran.target-version");
    }

    @Test
    void readsAListOfMembersAsARealServerWritesIt() throws IOException {
        conf("cluster.conf", "# our nodes\n10.0.0.2:8848 # second\n10.0.0.1\n\n10.0.0.3:8850\n");
        commandLine.put(SettingKey.ADDRESS, new Raw("10.0.0.1:8848", "--address"));

        assertThat(usable().members())
                .containsExactly("10.0.0.1:8848", "10.0.0.2:8848", "10.0.0.3:8850");
    }

    @Test
    void leavesKeysOfARealServerAloneButForPortAndIdentity() throws IOException {
        conf(
                "application.properties",
                """
                server.port=8858
                nacos.naming.distro.taskDispatchPeriod=200
                nacos.core.auth.server.identity.key=who
                nacos.core.auth.server.identity.value=me
                """);

        ServerSettings settings = usable();

        assertThat(settings.self()).isEqualTo("127.0.0.1:8858");
        assertThat(settings.identity()).contains(new ServerSettings.Identity("who", "me"));
        assertThat(settings.toString()).doesNotContain("=me");
    }

    @Test
    void aMisspeltKeyIsAnErrorThatNamesTheNearestAndItsSource() throws IOException {
        conf("application.properties", "catamaran.write.hodl=1s\n");
        environment.put("CATAMARAN_FENCE_LIMITS", "1s");
        set.put("catamaran.adress", "127.0.0.1:1");

        assertThat(problems())
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("catamaran.write.hodl")
                                        .contains("application.properties")
                                        .endsWith("catamaran.write.hold"))
                .anySatisfy(line -> assertThat(line).endsWith("CATAMARAN_FENCE_LIMIT"))
                .anySatisfy(
                        line -> assertThat(line).contains("--set").endsWith("catamaran.address"))
                .hasSize(3);
    }

    @Test
    void aBadValueNamesKeyValueAndForm() {
        set.put("catamaran.write.hold", "soon");
        set.put("catamaran.address", "127.0.0.1:99999");
        set.put("catamaran.downgrade.policy", "maybe");
        set.put("catamaran.identity.key", "who");

        assertThat(problems())
                .anyMatch(line -> line.contains("'soon'") && line.contains("500ms"))
                .anyMatch(line -> line.contains("'127.0.0.1:99999'") && line.contains("IP:PORT"))
                .anyMatch(line -> line.contains("'maybe'") && line.contains("never"))
                .anyMatch(line -> line.contains("set together"))
                .hasSize(4);
    }

    @Test
    void aMemberNamedTwiceAndOneThatIsNoAddressAreErrors() {
        set.put("catamaran.members", "127.0.0.1:8848,127.0.0.1:8848,here");

        assertThat(problems())
                .anyMatch(line -> line.contains("127.0.0.1:8848 stands twice"))
                .anyMatch(line -> line.contains("'here'"));
    }

    @Test
    void allMembersArePlannedUnlessSomeAreNamed() {
        set.put("catamaran.members", "127.0.0.1:8848,127.0.0.1:8858,127.0.0.1:8868");
        assertThat(usable().planned()).isEqualTo(usable().members());
        assertThat(usable().realServers()).isEmpty();

        set.put("catamaran.planned", "127.0.0.1:8848");
        assertThat(usable().planned()).containsExactly("127.0.0.1:8848");
        assertThat(usable().realServers()).containsExactly("127.0.0.1:8858", "127.0.0.1:8868");
    }

    @Test
    void aPlanThatLeavesThisMemberOutOrNamesAStrangerIsAnError() {
        set.put("catamaran.members", "127.0.0.1:8848,127.0.0.1:8858");
        set.put("catamaran.planned", "127.0.0.1:8858,127.0.0.1:9999");

        assertThat(problems())
                .anyMatch(line -> line.contains("127.0.0.1:9999") && line.contains("no member"))
                .anyMatch(line -> line.contains("does not name this member 127.0.0.1:8848"))
                .hasSize(2);
    }

    private void conf(String name, String text) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf").resolve(name), text);
    }

    private ServerSettings usable() {
        Reading reading = SettingsReader.read(commandLine, set, Map.of(), environment);
        assertThat(reading).isInstanceOf(Reading.Usable.class);
        return ((Reading.Usable) reading).settings();
    }

    private List<String> problems() {
        Reading reading = SettingsReader.read(commandLine, set, Map.of(), environment);
        assertThat(reading).isInstanceOf(Reading.Unusable.class);
        return ((Reading.Unusable) reading).problems();
    }
}
