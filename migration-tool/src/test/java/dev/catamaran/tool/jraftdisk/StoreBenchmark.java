package dev.catamaran.tool.jraftdisk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.Planner;
import dev.catamaran.tool.rebuild.RebuildMode;
import dev.catamaran.tool.rebuild.RebuildPlan;
import dev.catamaran.tool.rebuild.disk.JRaftWork;
import dev.catamaran.tool.rebuild.disk.Placed;
import dev.catamaran.tool.rebuild.disk.Rebuilds;
import dev.catamaran.tool.rebuild.disk.Survey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast stores are read, copied, rewritten and verified. Not part of the build: {@code mvn -pl
 * migration-tool -am test -Dtest=StoreBenchmark -Dcatamaran.benchmark=true -Dtest.jvm.args=-Xmx256m
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "catamaran.benchmark", matches = "true")
class StoreBenchmark {

    private static final Configuration THREE =
            Entries.members("10.0.0.1:7848", "10.0.0.2:7848", "10.0.0.3:7848");
    private static final Configuration ONE = Entries.members("10.0.0.1:7848");
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

    /** All that {@code rebuild plan} and {@code rebuild apply} do, forced to the disk. */
    @Test
    void aHomeOfAMillionEntriesPlannedAndApplied() throws IOException {
        Path home = folder.resolve("home");
        write("home/data/protocol/raft/naming_persistent_service_v2", 1_000_000, 64, ONE);

        report(
                "plan and apply of a home with 1,000,000 entries of 64 bytes",
                1_000_000,
                () -> planAndApply(home));
    }

    private static void planAndApply(Path home) throws IOException {
        AddressMap map =
                ((AddressMap.Reading.Read) AddressMap.parse(List.of("10.0.0.1=10.1.0.1"))).map();
        try (JRaftWork work = JRaftWork.open(Optional.empty())) {
            HomeFacts facts = Survey.of(home, work).facts().orElseThrow();
            Planner.Result result =
                    Planner.plan(
                            List.of(facts),
                            new Planner.Request(
                                    map, new RebuildMode.Rename(), new TreeMap<>(), ""));
            RebuildPlan plan = ((Planner.Result.Planned) result).plan();
            Placed here = new Placed(plan.targets().get(0), home);

            assertThat(new Rebuilds(work, line -> {}).apply(plan, List.of(here), Map.of()))
                    .isInstanceOf(Rebuilds.Outcome.Done.class);
        }
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
        return write(name, entries, bytes, THREE);
    }

    private GroupFolder write(String name, int entries, int bytes, Configuration members)
            throws IOException {
        GroupFolder group = new GroupFolder(folder.resolve(name).toAbsolutePath());
        StoreFixture.at(group).vote(7, "10.0.0.1:7848");
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
                                ? Entries.configuration(index, term, members)
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
        long worked = processorNs();
        work.run();
        double seconds = seconds(begun, System.nanoTime());
        System.out.printf(
                "%s: %.2f s, %,.0f entries/s, %.2f s of processor, heap limit %d MB%n",
                what,
                seconds,
                entries / seconds,
                seconds(worked, processorNs()),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** What all threads of this process have used: it does not depend on who else works. */
    private static long processorNs() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getProcessCpuTime();
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
