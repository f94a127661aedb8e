package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a group's files lie (spec: jraft-disk 2).
 *
 * @param path the folder named after the group
 */
public record GroupFolder(Path path) {

    /** Where the groups lie inside a home's data folder. */
    public static final Path RAFT = Path.of("protocol", "raft");

    /** Prefix of the folders of snapshots. */
    static final String SNAPSHOT_PREFIX = "snapshot_";

    public GroupFolder {
        requireNonNull(path, "path is null");
    }

    /**
     * The groups under a {@code data/protocol/raft} folder, by name; links are not followed.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static List<GroupFolder> in(Path raft) throws IOException {
        if (!Files.isDirectory(raft)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(raft)) {
            return folders.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(GroupFolder::new)
                    .filter(GroupFolder::looksLikeOne)
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        }
    }

    private boolean looksLikeOne() {
        return Stream.of(log(), path.resolve("meta-data"), path.resolve("snapshot"))
                .anyMatch(Files::isDirectory);
    }

    /** Name of the group. */
    public String name() {
        return path.getFileName().toString();
    }

    /** The RocksDB database with the log. */
    public Path log() {
        return path.resolve("log");
    }

    /** File that whoever has the database open holds locked. */
    public Path lock() {
        return log().resolve("LOCK");
    }

    /** File with term and vote. */
    public Path vote() {
        return path.resolve("meta-data").resolve("raft_meta");
    }

    /** Folder of the snapshots; need not exist. */
    public Path snapshots() {
        return path.resolve("snapshot");
    }

    /**
     * Index of the newest snapshot; 0 without one.
     *
     * @throws IOException if the folder of snapshots cannot be listed
     */
    public long newestSnapshot() throws IOException {
        return SnapshotReader.newest(this);
    }
}
