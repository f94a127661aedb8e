package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things stand in a home (spec: jraft-disk 2). The folder {@code data} may be a link to
 * another disk; what stands below it may not.
 */
public final class HomeLayout {

    /** Name of our folder below data. */
    public static final String OWN = "catamaran";

    private final Path home;
    private final Path data;

    private HomeLayout(Path home, Path data) {
        this.home = home;
        this.data = data;
    }

    /**
     * The layout of a home.
     *
     * @throws IOException if links in its path lead nowhere
     */
    public static HomeLayout of(Path home) throws IOException {
        Path absolute = requireNonNull(home, "home is null").toAbsolutePath().normalize();
        Path data = absolute.resolve("data");
        return new HomeLayout(absolute, Files.exists(data) ? data.toRealPath() : data);
    }

    /** The home itself. */
    public Path home() {
        return home;
    }

    /** Its data folder, links resolved. */
    public Path data() {
        return data;
    }

    /** The files of the 1.x raft. */
    public Path naming() {
        return new DataFolder(data).naming();
    }

    /**
     * Term of the 1.x raft; 0 if it never had one. A follower's says little: a restart may set it
     * back (spec: legacy-raft 4).
     *
     * @throws IOException if it cannot be read
     */
    public long legacyTerm() throws IOException {
        return new DataFolder(data).legacyTerm();
    }

    /**
     * How many records the 1.x raft keeps here as files.
     *
     * @throws IOException if they cannot be listed
     */
    public int legacyRecords() throws IOException {
        return LegacyFiles.list(naming().resolve("data")).size();
    }

    /**
     * SHA-256 over the names and contents of these files.
     *
     * @throws IOException if one cannot be read
     */
    public String legacyDigest() throws IOException {
        Path root = naming().resolve("data");
        StringBuilder lines = new StringBuilder();
        for (Path file : LegacyFiles.list(root)) {
            lines.append(root.relativize(file))
                    .append('\0')
                    .append(TreeManifest.sha256(file))
                    .append('\n');
        }
        return TreeManifest.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The folder of all groups. */
    public Path raft() {
        return data.resolve("protocol").resolve("raft");
    }

    /** Our folder, which real servers do not look into. */
    public Path own() {
        return data.resolve(OWN);
    }

    /** The lock of our own server and of this tool. */
    public Path lock() {
        return own().resolve("lock");
    }

    /** Journals, stages and kept trees of rebuilds. */
    public Path rebuilds() {
        return own().resolve("rebuild");
    }

    /** The list of members. */
    public Path clusterConf() {
        return home.resolve("conf").resolve("cluster.conf");
    }

    /**
     * The groups: folders below {@link #raft} with a {@code log} in them.
     *
     * @throws IOException if the folder cannot be read
     */
    public List<String> groups() throws IOException {
        return groupsIn(raft());
    }

    /**
     * The groups in a folder like {@link #raft}.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<String> groupsIn(Path raft) throws IOException {
        if (!Files.isDirectory(raft)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(raft)) {
            return entries.filter(entry -> Files.isDirectory(entry.resolve("log")))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** The lock file of a group's log, which RocksDB holds while a server runs. */
    public static Path groupLock(Path group) {
        return group.resolve("log").resolve("LOCK");
    }
}
