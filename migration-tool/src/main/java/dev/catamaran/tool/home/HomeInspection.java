package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be told of a home without changing it.
 *
 * @param data its data folder
 * @param use whether a server runs on it
 * @param stores its raft groups, by name
 * @param legacyFiles the files of the 1.x store
 * @param upgraded what upgrade.state says, if there is one
 * @param embeddedDatabase whether it holds an embedded database
 * @param records its records, and what is wrong
 */
public record HomeInspection(
        Path data,
        Use use,
        List<StoreFacts> stores,
        FileFacts legacyFiles,
        Optional<Boolean> upgraded,
        boolean embeddedDatabase,
        HomeRecords records) {

    public HomeInspection {
        requireNonNull(data, "data is null");
        requireNonNull(use, "use is null");
        stores = List.copyOf(stores);
        requireNonNull(legacyFiles, "legacyFiles is null");
        requireNonNull(upgraded, "upgraded is null");
        requireNonNull(records, "records is null");
    }

    /** Whether a server runs on a home. */
    public enum Use {
        /** A process holds the lock of a group. */
        IN_USE,
        /** No process holds one. */
        FREE,
        /** Only a home with raft groups can tell. */
        UNKNOWN
    }

    /**
     * The files of the 1.x store.
     *
     * @param count number of record files
     * @param term term of the 1.x raft; 0 if it never had one
     */
    public record FileFacts(int count, long term) {}

    /** Whether nothing is wrong: no damage, and the records are all there. */
    public boolean isSound() {
        return records.isComplete() && stores.stream().allMatch(StoreFacts::isWhole);
    }
}
