package dev.catamaran.tool.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.tool.home.FileOwner;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.rebuild.disk.TestHomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir Path folder;

    private Path home;
    private BackupStore store;

    @BeforeEach
    void unpack() {
        List<Path> homes = TestHomes.cluster("2.4.1", folder.resolve("homes"));
        TestHomes.writeClusterConf(homes);
        home = homes.get(1);
        store = new BackupStore(folder.resolve("store"));
    }

    private Backup take(Instant when) throws IOException {
        return BackupRun.take(HomeLayout.of(home), store, when).backup();
    }

    @Test
    void aRestoredHomeHoldsWhatWasSavedToTheByte() throws Exception {
        Files.createDirectories(home.resolve("data/catamaran"));
        Files.writeString(home.resolve("data/catamaran/lock"), "17");
        Backup backup = take(NOON);
        Path again = folder.resolve("again");

        Restore.run(store, backup, again);

        assertThat(TestHomes.picture(again)).isEqualTo(TestHomes.picture(home));
        assertThat(again.resolve("data/catamaran/lock")).doesNotExist();
        assertThat(store.verify(backup.id()).problems()).isEmpty();
        assertThat(store.ids()).containsExactly(backup.id());
    }

    /** Only root may give files away: who is not gets a list of what could not be given. */
    @Test
    void ownersAndPermissionsAreAsTheyWereOrTold() throws Exception {
        Path conf = home.resolve("conf/cluster.conf");
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r-----"));
        boolean root = Files.getAttribute(conf, "unix:uid").equals(0);
        if (root) {
            FileOwner.give(conf, "4711:4712");
        }
        Backup taken = take(NOON);
        Path again = folder.resolve("again");

        assertThat(Restore.run(store, taken, again)).isEmpty();

        Path restored = again.resolve("conf/cluster.conf");
        assertThat(FileOwner.of(restored)).isEqualTo(FileOwner.of(conf));
        assertThat(Files.getPosixFilePermissions(restored))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Files.getLastModifiedTime(restored).toMillis())
                .isEqualTo(Files.getLastModifiedTime(conf).toMillis());
        assertThat(FileOwner.of(again.resolve("data")))
                .isEqualTo(FileOwner.of(home.resolve("data")));
    }

    @Test
    void aSecondBackupKeepsOnlyWhatChanged() throws Exception {
        take(NOON);
        long before = objects();
        Files.writeString(home.resolve("conf/cluster.conf"), "10.0.0.1:8848\n");

        Backup second = take(NOON.plusSeconds(1));

        assertThat(objects()).isEqualTo(before + 1);
        assertThat(store.ids()).hasSize(2).last().isEqualTo(second.id());
    }

    private long objects() throws IOException {
        try (Stream<Path> files = Files.walk(store.root().resolve("objects"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void damageIsFoundAndNothingIsRestoredFromIt() throws Exception {
        Backup backup = take(NOON);
        TreeManifest.Entry wal =
                backup.tree().entries().stream()
                        .filter(entry -> entry.path().endsWith(".log") && entry.size() > 1000)
                        .findFirst()
                        .orElseThrow();
        Path object = store.object(wal.content());
        byte[] bytes = Files.readAllBytes(object);
        bytes[7] ^= 1;
        Files.write(object, bytes);

        assertThat(store.verify(backup.id()).problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("is damaged");
        assertThatThrownBy(() -> Restore.run(store, backup, folder.resolve("again")))
                .hasMessageContaining("not what was saved");
        assertThat(folder.resolve("again")).doesNotExist();
    }

    /** Contents are shared, so a second backup would stand on what the first one lost. */
    @Test
    void aSecondBackupWritesWhatTheDiskHasDamagedAnew() throws Exception {
        Backup first = take(NOON);
        TreeManifest.Entry some =
                first.tree().entries().stream()
                        .filter(entry -> entry.size() > 1000)
                        .findFirst()
                        .orElseThrow();
        Path object = store.object(some.content());
        byte[] bytes = Files.readAllBytes(object);
        bytes[500] ^= 4;
        Files.write(object, bytes);

        BackupRun.Taken second = BackupRun.take(HomeLayout.of(home), store, NOON.plusSeconds(1));

        assertThat(second.mended()).contains(some.path());
        assertThat(store.verify(second.backup().id()).problems()).isEmpty();
        assertThat(store.verify(first.id()).problems()).isEmpty();
    }

    @Test
    void aManifestThatSomebodyEditedIsRefused() throws Exception {
        Backup backup = take(NOON);
        Path manifest = store.root().resolve("backups").resolve(backup.id() + ".json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replace("data/protocol/raft", "../../../../outside"));

        assertThatThrownBy(() -> store.find(backup.id())).hasMessageContaining("is damaged");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        assertThat(Restore.refusal(home)).isPresent();
        assertThat(Restore.refusal(home.resolve("conf/cluster.conf"))).isPresent();
        assertThat(Restore.refusal(folder.resolve("free"))).isEmpty();
        assertThat(Restore.refusal(Files.createDirectory(folder.resolve("empty")))).isEmpty();
    }
}
