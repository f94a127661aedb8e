package dev.catamaran.it;

import dev.catamaran.it.dump.DumpFile;
import dev.catamaran.it.dump.RegistryDump;
import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Homes of real servers that were captured, and what those servers had said. */
final class GoldenHomes {

    /** The members of every captured cluster. */
    static final List<String> MEMBERS =
            List.of("127.0.0.1:8848", "127.0.0.2:8848", "127.0.0.3:8848");

    private static final Path ZIPS =
            Path.of("..", "migration-tool", "src", "test", "resources", "rebuild");

    private GoldenHomes() {}

    /** The homes of all captured members of a version, in the order of {@link #MEMBERS}. */
    static List<Path> unpack(String version, Path folder) throws IOException {
        List<Path> homes = new ArrayList<>();
        for (int node = 1; node <= MEMBERS.size(); node++) {
            Path zip = ZIPS.resolve(version + "-node" + node + ".zip");
            if (Files.exists(zip)) {
                homes.add(unpack(zip, folder.resolve("n" + node)));
            }
        }
        return homes;
    }

    private static Path unpack(Path archive, Path home) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
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
        return home;
    }

    /** What the three 2.4.1 servers said before they were stopped. */
    static RegistryDump said241() throws IOException {
        return DumpFile.read(Path.of("src/test/resources/golden/2.4.1/expected-dump.json"));
    }

    /** The RocksDB of our own server. */
    static Path rocksdbOfOurs() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("..", "compat-server", "target", "lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("rocksdbjni-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("compat-server is not packed"));
        }
    }

    /** The same in the words of the v1 API of 1.x, which tells no check port of a cluster. */
    static RegistryDump said1x() throws IOException {
        return DumpFile.read(
                Path.of("../migration-tool/src/test/resources/golden/1.4.2/expected-dump.json"));
    }

    /** Every byte of a home but the tool's own folder. */
    static String picture(Path home) throws IOException {
        return TreeManifest.of(home, path -> !path.endsWith("data/catamaran")).digestHex();
    }

    static List<String> pictures(List<Path> homes) throws IOException {
        List<String> pictures = new ArrayList<>();
        for (Path home : homes) {
            pictures.add(picture(home));
        }
        return pictures;
    }
}
