package dev.catamaran.tool.rebuild.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.catamaran.tool.home.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails or is full at any moment: the old or the new state, and a rerun succeeds. */
class BrokenDiskTest {

    private static final String FULL = "No space left on device";

    @TempDir static Path shared;

    @TempDir Path folder;

    private static OneRebuild one;
    private static JRaftWork work;

    @BeforeAll
    static void prepare() throws IOException {
        one = OneRebuild.prepare(shared);
        work = TestHomes.work("2.4.1");
    }

    @AfterAll
    static void close() throws IOException {
        work.close();
    }

    private static HomeRebuild.Tools failing(Point at, Exchange exchange) {
        return new HomeRebuild.Tools(
                work,
                exchange,
                point -> {
                    if (point == at) {
                        throw new IOException(FULL);
                    }
                });
    }

    private static HomeRebuild.Tools sound() {
        return new HomeRebuild.Tools(work, NativeExchange.ofThisSystem(), Failpoints.NONE);
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void aDiskThatFailsAtAnyPointLeavesOldOrNew(Point point) throws Exception {
        Path home = one.copy(folder.resolve("home"));
        boolean ofUndo = EnumSet.range(Point.UNDO_CHECKED, Point.JOURNAL_UNDONE).contains(point);
        boolean ofRenames = point == Point.MOVED_AWAY || point == Point.MOVED_IN;
        HomeRebuild.Tools failing =
                failing(point, ofRenames ? Exchange.NEVER : NativeExchange.ofThisSystem());
        if (ofUndo) {
            one.apply(home, sound());
            assertThatThrownBy(() -> OneRebuild.undo(home, failing)).hasMessage(FULL);
        } else {
            assertThatThrownBy(() -> one.apply(home, failing)).hasMessage(FULL);
        }

        one.assertOldOrNew(home, work);
        if (ofUndo) {
            assertThat(OneRebuild.undo(home, sound())).isInstanceOf(Rebuilds.Outcome.Done.class);
            assertThat(TestHomes.picture(home)).isEqualTo(one.original());
        } else {
            assertThat(one.apply(home, sound())).isInstanceOf(Rebuilds.Outcome.Done.class);
            one.assertRebuiltAndUndoable(home, sound());
        }
    }

    @Test
    void aFailureBeforeTheSwapLeavesNothingBehindOnTheDisk() throws Exception {
        Path home = one.copy(folder.resolve("home"));

        assertThatThrownBy(
                        () ->
                                one.apply(
                                        home,
                                        failing(Point.STAGE_SYNCED, NativeExchange.ofThisSystem())))
                .hasMessage(FULL);

        assertThat(HomeLayout.of(home).rebuilds()).isEmptyDirectory();
        assertThat(TestHomes.picture(home)).isEqualTo(one.original());
    }

    @ParameterizedTest(name = "{0} kB free")
    @ValueSource(
            ints = {
                0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 60, 64, 72, 80, 84, 88, 92, 96, 100
            })
    void aDiskThatIsReallyFullLeavesTheOldHome(int kilobytes) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()))
                .as("needs the right to mount")
                .isZero();
        try {
            Path home = one.copy(disk.resolve("home"));
            Path filler = disk.resolve("filler");
            long free = Files.getFileStore(disk).getUsableSpace();
            Files.write(filler, new byte[(int) (free - kilobytes * 1024L)]);

            assertThatThrownBy(() -> one.apply(home, sound())).isInstanceOf(IOException.class);

            assertThat(TestHomes.picture(home)).isEqualTo(one.original());
            one.assertOldOrNew(home, work);
            Files.delete(filler);
            assertThat(one.apply(home, sound())).isInstanceOf(Rebuilds.Outcome.Done.class);
            one.assertRebuiltAndUndoable(home, sound());
        } finally {
            run("umount", disk.toString());
        }
    }

    @ParameterizedTest(name = "{0} kB free")
    @ValueSource(ints = {0, 4, 8})
    void anUndoOnADiskThatIsReallyFullLeavesTheNewHomeOrEnds(int kilobytes) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()))
                .as("needs the right to mount")
                .isZero();
        try {
            Path home = one.copy(disk.resolve("home"));
            one.apply(home, sound());
            Path filler = disk.resolve("filler");
            long free = Files.getFileStore(disk).getUsableSpace();
            Files.write(filler, new byte[(int) (free - kilobytes * 1024L)]);

            Throwable failure = catchThrowable(() -> OneRebuild.undo(home, sound()));

            // a few blocks can be enough for the two small files an undo writes; none never are
            if (failure != null || kilobytes == 0) {
                assertThat(failure).isInstanceOf(IOException.class);
            }
            one.assertOldOrNew(home, work);
            Files.delete(filler);
            assertThat(OneRebuild.undo(home, sound())).isInstanceOf(Rebuilds.Outcome.Done.class);
            assertThat(TestHomes.picture(home)).isEqualTo(one.original());
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aRaftFolderThatIsAMountPointIsExchangedGroupByGroup() throws Exception {
        Path home = one.copy(folder.resolve("home"));
        Path raft = home.resolve("data/protocol/raft");
        Path inside = folder.resolve("volume");
        Files.move(raft, inside);
        Files.createDirectory(raft);
        assumeThat(run("mount", "--bind", inside.toString(), raft.toString()))
                .as("needs the right to mount")
                .isZero();
        try {
            assertThat(one.apply(home, sound())).isInstanceOf(Rebuilds.Outcome.Done.class);
            assertThat(HomeStatus.of(HomeLayout.of(home)).live()).isEqualTo(HomeStatus.Live.NEW);
            assertThat(RebuildCheck.of(home, work).findings()).isEmpty();

            assertThat(OneRebuild.undo(home, sound())).isInstanceOf(Rebuilds.Outcome.Done.class);

            List<String> groups = HomeLayout.of(home).groups();
            assertThat(groups).hasSize(2);
            for (String group : groups) {
                assertThat(TestHomes.picture(raft.resolve(group)))
                        .isEqualTo(
                                TestHomes.picture(
                                        shared.resolve("n1/data/protocol/raft").resolve(group)));
            }
        } finally {
            run("umount", raft.toString());
        }
    }

    private static int run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
