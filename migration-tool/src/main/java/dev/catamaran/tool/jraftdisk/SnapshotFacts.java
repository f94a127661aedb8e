package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A snapshot of a group.
 *
 * @param index last index it includes; all up to it is committed
 * @param term term of that index
 * @param configuration who was in the group then
 * @param files the files it consists of
 */
public record SnapshotFacts(long index, long term, Configuration configuration, List<File> files) {

    public SnapshotFacts {
        requireNonNull(configuration, "configuration is null");
        files = List.copyOf(files);
    }

    /**
     * A file of a snapshot.
     *
     * @param name name inside the snapshot's folder
     * @param bytes its length
     * @param sha256 hash of its content in lower-case hexadecimal
     */
    public record File(String name, long bytes, String sha256) {
        public File {
            requireNonNull(name, "name is null");
            requireNonNull(sha256, "sha256 is null");
        }
    }
}
