package dev.catamaran.tool.backup;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.TreeManifest;

/**
 * One backup of a home.
 *
 * @param format of the manifest
 * @param id of the backup in its store
 * @param home path of the home when it was taken
 * @param takenAt when, ISO 8601
 * @param digest over paths, kinds and contents of all entries
 * @param tree what it holds; paths begin with {@code data/} or {@code conf/}
 */
public record Backup(
        int format, String id, String home, String takenAt, String digest, TreeManifest tree) {

    static final int FORMAT = 2;

    public Backup {
        requireNonNull(id, "id is null");
        requireNonNull(home, "home is null");
        requireNonNull(takenAt, "takenAt is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(tree, "tree is null");
    }

    /** The backup in one line. */
    public String text() {
        long files =
                tree.entries().stream()
                        .filter(entry -> entry.kind() == TreeManifest.Kind.FILE)
                        .count();
        return id + "  " + home + "  " + files + " files, " + tree.bytes() + " bytes";
    }
}
