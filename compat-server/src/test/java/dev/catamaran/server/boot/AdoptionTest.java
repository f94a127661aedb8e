package dev.catamaran.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.server.boot.SettingSources.Raw;
import dev.catamaran.server.boot.SettingsReader.Reading;
import dev.catamaran.server.boot.StartChecks.Outcome;
import dev.catamaran.server.transition.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes of real 2.x servers, captured, become homes of members. */
class AdoptionTest {

    private static final Path ZIPS =
            Path.of("..", "migration-tool", "src", "test", "resources", "rebuild");
    private static final String MEMBERS = "127.0.0.1:8848,127.0.0.2:8848,127.0.0.3:8848";
    private static final String MOVED = "127.0.0.1:8848,127.0.0.3:8848,127.0.0.9:8848";
    private static final String PROTOCOL = "data/protocol";
    private static final String BACKUP = "data/catamaran/backup/real-2.x-1";

    @TempDir private Path home;

    @Test
    void anUpgradedHomeBeginsInJRaftAndWhatTheRealServerLeftIsKept() throws IOException {
        unpack("2.0.3-node1.zip");
        Map<String, String> before = content(PROTOCOL);

        Outcome.Ready ready = ready(MEMBERS);

        assertThat(ready.notes())
                .anyMatch(note -> note.contains("real-2.x primary=jraft"))
                .anyMatch(note -> note.startsWith("adopted services=11 instances=20 "));
        StateFile.Reading.Present saved = (StateFile.Reading.Present) ready.saved();
        assertThat(saved.state().upgrade().phase()).isEqualTo(Phase.JRAFT);
        assertThat(content(BACKUP + "/protocol")).isEqualTo(before);
        assertThat(home.resolve(BACKUP + "/upgrade.state"))
                .content()
                .contains("upgraded=true")
                .doesNotContain("catamaran");
        assertThat(home.resolve(BACKUP + "/MANIFEST.txt")).content().contains("MANIFEST-000007");
        assertThat(home.resolve("data/protocol/raft/catamaran_transition/snapshot/snapshot_2"))
                .isDirectory();
        assertThat(HomeMarker.read(home).member()).isEqualTo("127.0.0.3:8848");
        ready.lock().close();
    }

    @Test
    void killedOnTheWayItIsBegunAgainWithTheSameState() throws IOException {
        unpack("2.0.3-node1.zip");
        Outcome.Ready first = ready(MEMBERS);
        first.lock().close();
        Map<String, String> backup = content(BACKUP);
        Files.delete(HomeMarker.file(home));
        Files.writeString(home.resolve("data/catamaran/adoption"), "begun\n");

        Outcome.Ready second = ready(MEMBERS);

        assertThat(second.saved()).isEqualTo(first.saved());
        assertThat(content(BACKUP)).isEqualTo(backup);
        assertThat(home.resolve("data/catamaran/backup/real-2.x-2")).doesNotExist();
        assertThat(home.resolve("data/catamaran/adoption")).doesNotExist();
        second.lock().close();
    }

    @Test
    void aRealServerThatRanAgainInBetweenIsBackedUpAgain() throws IOException {
        unpack("2.0.3-node1.zip");
        Path earlier = Files.createDirectories(home.resolve(BACKUP + "/protocol"));
        Files.writeString(home.resolve(BACKUP + "/MANIFEST.txt"), "");
        Map<String, String> before = content(PROTOCOL);

        ready(MEMBERS).lock().close();

        assertThat(earlier).isEmptyDirectory();
        assertThat(content("data/catamaran/backup/real-2.x-2/protocol")).isEqualTo(before);
    }

    @Test
    void aHomeWhoseVotersAreOthersIsSentToRebuildAndNotTouched() throws IOException {
        unpack("2.0.3-node1.zip");
        Map<String, String> before = content(PROTOCOL);

        Refusal refusal = refused(MOVED);

        assertThat(refusal.what()).contains("127.0.0.2:8848").contains("no group would elect");
        assertThat(refusal.todo()).contains("catamaran rebuild plan --map");
        assertThat(content(PROTOCOL)).isEqualTo(before);
        assertThat(home.resolve(BACKUP)).doesNotExist();
        assertThat(HomeMarker.file(home)).doesNotExist();
    }

    @Test
    void aHomeWithSettingsOfSingleInstancesIsRefusedWithTheReason() throws IOException {
        unpack("2.4.1-node1.zip");

        Refusal refusal = refused(MEMBERS);

        assertThat(refusal.what()).contains("of 4 instances").contains("switched off");
        assertThat(refusal.todo()).contains("catamaran migrate");
    }

    @Test
    void aHomeThatARealServerRunsOnIsRefused() throws IOException {
        unpack("2.0.3-node1.zip");
        Path file = home.resolve("data/protocol/raft/naming_service_metadata/log/LOCK");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            // a lock of this very process is told by an exception, which is as good
            assertThat(refused(MEMBERS).what()).contains("a server runs on this home");
        }
    }

    @Test
    void recordsOf1xBesideThoseOf22AreNotPassedOver() throws IOException {
        unpack("2.0.3-node1.zip");
        Files.delete(home.resolve("data/upgrade.state"));

        Refusal refusal = refused(MEMBERS);

        assertThat(refusal.what()).contains("lie unread");
        assertThat(refusal.todo()).contains("catamaran migrate");
    }

    private void unpack(String name) throws IOException {
        try (InputStream in = Files.newInputStream(ZIPS.resolve(name));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = home.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.write(path, zip.readAllBytes());
                }
            }
        }
    }

    private Map<String, String> content(String directory) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home.resolve(directory))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(
                        home.resolve(directory).relativize(file).toString(),
                        java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    private Outcome.Ready ready(String members) {
        Outcome outcome = StartChecks.run(settings(members));
        assertThat(outcome).isInstanceOf(Outcome.Ready.class);
        return (Outcome.Ready) outcome;
    }

    private Refusal refused(String members) {
        Outcome outcome = StartChecks.run(settings(members));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    private ServerSettings settings(String members) {
        Reading reading =
                SettingsReader.read(
                        Map.of(
                                SettingKey.HOME,
                                new Raw(home.toString(), "test"),
                                SettingKey.ADDRESS,
                                new Raw("127.0.0.3:8848", "test"),
                                SettingKey.MEMBERS,
                                new Raw(members, "test")),
                        Map.of(),
                        Map.of(),
                        Map.of());
        return ((Reading.Usable) reading).settings();
    }
}
