package dev.catamaran.tool.jraftdisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast stores are read, copied, rewritten and verified. Not part of the build: {@code mvn -pl
 * migration-tool -am test -Dtest=StoreBenchmark -DargLine="-Xmx256m -Dcatamaran.benchmark=true"
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "catamaran.benchmark", matches = "true")
class StoreBenchmark {

    private static final Configuration THREE =
            Entries.members("10.0.0.1:7848", "10.0.0.2:7848", "10.0.0.3:7848");
    private static final PeerMap MOVED =
            PeerMap.of(
                    Map.of(
                            "10.0.0.1:7848", "10.1.0.1:7848",
                            "10.0.0.2:7848", "10.1.0.2:7848",
                            "10.0.0.3:7848", "10.1.0.3:7848"));

    @TempDir Path folder;
    @TempDir Path scratch;

    @Test
    void aMillionEntriesOf64Bytes() throws IOException {
        GroupFolder group = write("million", 1_000_000, 64);

        report("1,000,000 entries of 64 bytes", 1_000_000, () -> endToEnd(group));
    }

    @Test
    void aMillionEntriesOf1024Bytes() throws IOException {
        GroupFolder group = write("large", 1_000_000, 1024);

        report("1,000,000 entries of 1,024 bytes", 1_000_000, () -> endToEnd(group));
    }

    @Test
    void threeHomesOfFiveGroups() throws IOException {
        List<GroupFolder> groups = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            groups.add(write("home" + i / 5 + "/group" + i % 5, 10_000, 400));
        }

        report(
                "3 homes of 5 groups of 10,000 entries of 400 bytes",
                150_000,
                () -> {
                    for (GroupFolder group : groups) {
                        endToEnd(group);
                    }
                });
    }

    /** What a rebuild does with each group: read, copy, rewrite, read again, compare. */
    private void endToEnd(GroupFolder group) throws IOException {
        LoadedRocks rocks = Rocks.loaded(Rocks.V8);
        StoreReader reader = new StoreReader(rocks, scratch);
        long begun = System.nanoTime();
        StoreFacts before = reader.read(group);
        long read = System.nanoTime();
        GroupFolder copy = StoreFixture.copy(group, Files.createTempDirectory(folder, "stage"));
        long copied = System.nanoTime();
        new StoreRewriter(rocks, scratch).rewrite(copy, before, MOVED, Optional.empty());
        long rewritten = System.nanoTime();
        StoreFacts after = reader.read(copy);

        assertThat(StoreVerifier.differences(before, after, MOVED, Optional.empty())).isEmpty();
        if (before.lastIndex() > 100_000) {
            System.out.printf(
                    "  read %.2f s, copy %.2f s, rewrite %.2f s, read the copy %.2f s%n",
                    seconds(begun, read),
                    seconds(read, copied),
                    seconds(copied, rewritten),
                    seconds(rewritten, System.nanoTime()));
        }
    }

    private GroupFolder write(String name, int entries, int bytes) throws IOException {
        GroupFolder group = new GroupFolder(folder.resolve(name).toAbsolutePath());
        StoreFixture.at(group).vote(7, "10.0.0.2:7848");
        Files.createDirectories(group.log());
        Random random = new Random(entries);
        byte[] payload = new byte[bytes];
        try (RocksDoor.Store store = Rocks.maker(Rocks.V8).create(group.log())) {
            List<RocksDoor.Put> batch = new ArrayList<>();
            for (int index = 1; index <= entries; index++) {
                long term = 1L + index / (entries / 6 + 1);
                random.nextBytes(payload);
                boolean configuration = index % (entries / 10) == 1;
                byte[] stored =
                        configuration
                                ? Entries.configuration(index, term, THREE)
                                : Entries.data(index, term, payload);
                batch.add(new RocksDoor.Put(Family.ENTRIES, LogPass.key(index), stored));
                if (configuration) {
                    batch.add(new RocksDoor.Put(Family.CONFIGURATION, LogPass.key(index), stored));
                }
                if (batch.size() >= 1000 || index == entries) {
                    store.write(batch);
                    batch.clear();
                }
            }
        }
        return group;
    }

    /** Something to measure. */
    private interface Work {
        void run() throws IOException;
    }

    private static void report(String what, int entries, Work work) throws IOException {
        long begun = System.nanoTime();
        work.run();
        double seconds = seconds(begun, System.nanoTime());
        System.out.printf(
                "%s: %.2f s, %,.0f entries/s, heap limit %d MB%n",
                what, seconds, entries / seconds, Runtime.getRuntime().maxMemory() >> 20);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
