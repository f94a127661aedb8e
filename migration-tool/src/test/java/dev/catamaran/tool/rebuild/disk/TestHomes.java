package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.Planner;
import dev.catamaran.tool.rebuild.RebuildMode;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Homes of real servers, unpacked, and what tests do with them. */
public final class TestHomes {

    /** The RocksDB of servers 1.4.1 to 2.2.0.1, which wrote the older homes. */
    public static final Path OLD_ROCKSDB = Path.of("target/rocksdb-test/rocksdbjni-5.18.4.jar");

    private TestHomes() {}

    /** Homes of all captured members of a version. */
    public static List<Path> cluster(String version, Path folder) {
        List<Path> homes = new ArrayList<>();
        for (int node = 1; node <= 3; node++) {
            String name = "/rebuild/" + version + "-node" + node + ".zip";
            if (TestHomes.class.getResource(name) != null) {
                homes.add(unpack(name, folder.resolve("n" + node)));
            }
        }
        return homes;
    }

    private static Path unpack(String resource, Path home) {
        try (InputStream in = TestHomes.class.getResourceAsStream(resource);
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
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three members on one machine, as the captures name them. */
    public static void writeClusterConf(List<Path> homes) {
        for (Path home : homes) {
            write(
                    home.resolve("conf/cluster.conf"),
                    "# members\n127.0.0.1:8848\n127.0.0.2:8848 # second\n127.0.0.3\n");
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code OLD=NEW} pairs. */
    static AddressMap map(String... pairs) {
        AddressMap.Reading reading = AddressMap.parse(Arrays.asList(pairs));
        if (reading instanceof AddressMap.Reading.Read read) {
            return read.map();
        }
        throw new IllegalArgumentException(reading.toString());
    }

    static SortedSet<Member> members(String... texts) {
        SortedSet<Member> members = new TreeSet<>();
        for (String text : texts) {
            members.add(Member.parse(text).orElseThrow());
        }
        return members;
    }

    static JRaftWork work(String version) {
        try {
            boolean old = version.startsWith("1.") || version.startsWith("2.0");
            return JRaftWork.open(old ? Optional.of(OLD_ROCKSDB) : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<HomeFacts> facts(List<Path> homes, GroupWork work) throws IOException {
        List<HomeFacts> facts = new ArrayList<>();
        for (Path home : homes) {
            Survey.Seen seen = Survey.of(home, work);
            if (Finding.anyRefuses(seen.findings())) {
                throw new AssertionError(seen.findings().toString());
            }
            facts.add(seen.facts().orElseThrow());
        }
        return facts;
    }

    static RebuildPlan plan(List<Path> homes, AddressMap map, GroupWork work) throws IOException {
        return plan(homes, map, new RebuildMode.Rename(), Map.of(), work);
    }

    static RebuildPlan plan(
            List<Path> homes,
            AddressMap map,
            RebuildMode mode,
            Map<String, Path> targets,
            GroupWork work)
            throws IOException {
        SortedMap<Member, String> places = new TreeMap<>();
        targets.forEach(
                (member, home) -> places.put(Member.parse(member).orElseThrow(), home.toString()));
        Planner.Result result =
                Planner.plan(facts(homes, work), new Planner.Request(map, mode, places, ""));
        if (result instanceof Planner.Result.Planned planned) {
            return planned.plan();
        }
        throw new AssertionError(result.findings().toString());
    }

    static List<Placed> placed(RebuildPlan plan) {
        return plan.targets().stream()
                .map(target -> new Placed(target, Path.of(target.home())))
                .toList();
    }

    /** The facts of every group of a home. */
    static Map<String, StoreFacts> stores(Path home, GroupWork work) throws IOException {
        Map<String, StoreFacts> stores = new TreeMap<>();
        HomeLayout layout = HomeLayout.of(home);
        for (String group : layout.groups()) {
            stores.put(group, work.read(layout.raft().resolve(group)));
        }
        return stores;
    }

    /** What a server would find in a home: everything but our own folder and the locks. */
    public static String picture(Path home) {
        try {
            return TreeManifest.of(
                            home,
                            path ->
                                    !path.endsWith("data/catamaran")
                                            && !path.endsWith(Path.of("log", "LOCK")))
                    .digestHex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
