package dev.catamaran.tool.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.jraftdisk.StoreFinding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeInspectorTest {

    private static final String INSTANCES = "naming_persistent_service_v2";

    @TempDir Path folder;

    private static HomeInspection inspect(Path home) throws IOException {
        try (HomeInspector inspector = HomeInspector.open(Optional.empty())) {
            HomeInspector.Answer answer = inspector.inspect(home);
            assertThat(answer).isInstanceOf(HomeInspector.Answer.Inspected.class);
            return ((HomeInspector.Answer.Inspected) answer).inspection();
        }
    }

    private static String refusal(Path home) throws IOException {
        try (HomeInspector inspector = HomeInspector.open(Optional.empty())) {
            HomeInspector.Answer answer = inspector.inspect(home);
            assertThat(answer).isInstanceOf(HomeInspector.Answer.NoHome.class);
            return ((HomeInspector.Answer.NoHome) answer).finding().text();
        }
    }

    private static StoreFacts store(HomeInspection inspection, String group) {
        return inspection.stores().stream()
                .filter(store -> store.group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> picture(Path home) throws IOException {
        Map<String, String> picture = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                picture.put(
                        file.toString(),
                        Files.getLastModifiedTime(file)
                                + (Files.isRegularFile(file)
                                        ? HexFormat.of().formatHex(Files.readAllBytes(file))
                                        : ""));
            }
        }
        return picture;
    }

    @ParameterizedTest
    @CsvSource({
        "2.4.1, 2.4.1-dump, JRAFT, 2.3.1 to 2.5",
        "2.0.3-upgraded, 2.0.3-upgraded-dump, JRAFT, 2.0.0 to 2.0.4",
        "2.0.3-before, 2.0.3-before-dump, LEGACY, 2.0.0 to 2.0.4",
    })
    void findsEveryRecordThatTheRealClusterAnswered(
            String name, String dump, StackRecords.Stack primary, String version)
            throws IOException {
        Path home = GoldenHomes.unpacked(name, folder);
        Map<String, String> before = picture(home);

        HomeInspection inspection = inspect(home);

        HomeRecords records = inspection.records();
        assertThat(inspection.isSound()).as("%s", records.findings()).isTrue();
        assertThat(records.primary()).contains(primary);
        assertThat(records.version().text()).isEqualTo(version);
        RegistryTable shown = records.answered().orElseThrow().records().effective();
        Dumps.check(shown, GoldenHomes.of("homes/" + dump + ".json"));
        assertThat(picture(home)).isEqualTo(before);
    }

    @Test
    void findsTheRecordsOf14InItsFilesAndItsGroup() throws IOException {
        Path home = GoldenHomes.unpacked("1.4.2", folder);

        HomeInspection inspection = inspect(home);

        assertThat(inspection.isSound()).as("%s", inspection.records().findings()).isTrue();
        assertThat(inspection.records().version().text()).isEqualTo("1.4.1 to 1.4.3");
        Dumps.check(
                inspection.records().answered().orElseThrow().records().table(),
                GoldenHomes.of("1.4.2").resolve("expected-dump.json"));
        assertThat(inspection.use()).isEqualTo(HomeInspection.Use.FREE);
    }

    @Test
    void findsTheRecordsOf14InItsGroupAloneWhenTheFilesAreLost() throws IOException {
        Path home = GoldenHomes.unpacked("1.4.2", folder);
        HomeCopy.remove(home.resolve("data").resolve("naming").resolve("data"));

        HomeInspection inspection = inspect(home);

        Dumps.check(
                inspection.records().answered().orElseThrow().records().table(),
                GoldenHomes.of("1.4.2").resolve("expected-dump.json"));
        assertThat(inspection.records().findings())
                .anySatisfy(finding -> assertThat(finding.what()).contains("keys differ"));
    }

    @Test
    void readsAHomeWithoutRaftGroups() throws IOException {
        HomeInspection inspection = inspect(GoldenHomes.of("1.1.4"));

        assertThat(inspection.isSound()).isTrue();
        assertThat(inspection.use()).isEqualTo(HomeInspection.Use.UNKNOWN);
        assertThat(inspection.legacyFiles().term()).isPositive();
        Dumps.check(
                inspection.records().answered().orElseThrow().records().table(),
                GoldenHomes.of("1.1.4").resolve("expected-dump.json"));
    }

    @Test
    void saysThatTheFilesOf13DoNotHoldTheRecords() throws IOException {
        HomeInspection inspection = inspect(GoldenHomes.unpacked("1.3.2", folder));

        assertThat(inspection.records().isComplete()).isFalse();
        assertThat(inspection.records().findings())
                .anySatisfy(
                        finding ->
                                assertThat(finding.todo())
                                        .contains("catamaran export --from-live URL"));
    }

    @Test
    void tellsTheGroupsOfARealHome() throws IOException {
        HomeInspection inspection = inspect(GoldenHomes.unpacked("2.4.1", folder));

        assertThat(inspection.stores())
                .extracting(StoreFacts::group)
                .containsExactly(
                        "nacos_config",
                        "naming_instance_metadata",
                        "naming_persistent_service",
                        INSTANCES,
                        "naming_service_metadata");
        StoreFacts store = store(inspection, INSTANCES);
        assertThat(store.rocksdbVersion()).isEqualTo("8.8.1");
        assertThat(store.lastIndex()).isEqualTo(28);
        assertThat(store.peers().toString())
                .isEqualTo("[127.0.0.1:7848, 127.0.0.2:7848, 127.0.0.3:7848]");
        assertThat(inspection.records().jraft().orElseThrow().hasPossibleTail()).isTrue();
    }

    @Test
    void takesTheDataFolderForItsHome() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);

        assertThat(inspect(home.resolve("data")).stores()).hasSize(5);
    }

    @Test
    void tellsOfRecordsThatA2xServerDoesNotRead() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);
        Path old = GoldenHomes.unpacked("1.4.2", folder);
        for (String group :
                new String[] {INSTANCES, "naming_service_metadata", "naming_instance_metadata"}) {
            HomeCopy.remove(home.resolve("data/protocol/raft").resolve(group).resolve("log"));
        }
        HomeCopy.remove(home.resolve("data/naming"));
        Files.move(old.resolve("data/naming"), home.resolve("data/naming"));

        HomeInspection inspection = inspect(home);

        assertThat(inspection.records().findings())
                .anySatisfy(
                        finding ->
                                assertThat(finding.text())
                                        .contains("the server does not read them")
                                        .contains("catamaran migrate --from"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhatDamageLeavesReadable(boolean cut) throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);
        Path wal = home.resolve("data/protocol/raft").resolve(INSTANCES).resolve("log/000004.log");
        byte[] bytes = Files.readAllBytes(wal);
        bytes[bytes.length / 2] ^= (byte) (cut ? 0 : 1);
        Files.write(wal, cut ? Arrays.copyOf(bytes, bytes.length - 11) : bytes);

        HomeInspection inspection = inspect(home);

        assertThat(inspection.isSound()).isFalse();
        assertThat(inspection.records().isComplete()).isFalse();
        assertThat(store(inspection, INSTANCES).findings())
                .extracting(StoreFinding::kind)
                .containsExactly(cut ? StoreFinding.Kind.TORN_TAIL : StoreFinding.Kind.DAMAGED_WAL);
        assertThat(store(inspection, "naming_service_metadata").isWhole()).isTrue();
    }

    @Test
    void refusesWhatIsNoHome() throws IOException {
        assertThat(refusal(folder.resolve("nowhere"))).contains("there is no such folder");
        assertThat(refusal(folder)).contains("not the home of a server");
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(refusal(file)).contains("not a folder");
    }

    @Test
    void turnsEveryOtherOddityIntoAFinding() throws IOException {
        Path home = GoldenHomes.unpacked("2.0.3-upgraded", folder);
        Path data = home.resolve("data");
        Path records = data.resolve("naming/data/public");
        String prefix = "com.alibaba.nacos.naming.domains.meta.public##DEFAULT_GROUP@@";
        Files.writeString(records.resolve(prefix + "torn"), "{\"key\":\"" + prefix);
        Files.write(records.resolve(prefix + "bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.write(
                data.resolve("upgrade.state"),
                "upgraded=\\u00zz".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                data.resolve("protocol/raft/naming_service_metadata/meta-data/raft_meta"), "junk");
        Files.createSymbolicLink(
                data.resolve("protocol/raft/link"),
                data.resolve("protocol/raft").resolve(INSTANCES));

        HomeInspection inspection = inspect(home);

        assertThat(inspection.stores()).hasSize(5);
        assertThat(inspection.records().findings())
                .extracting(HomeFinding::what)
                .anyMatch(what -> what.contains("not a 1.x record"))
                .anyMatch(what -> what.contains("not UTF-8 text"))
                .anyMatch(what -> what.contains("is no properties file"))
                .anyMatch(what -> what.contains("term and vote cannot be read"));
        assertThat(inspection.isSound()).isFalse();
    }
}
