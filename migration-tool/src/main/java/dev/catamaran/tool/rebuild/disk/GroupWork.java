package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.GroupTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is done to the store of one group. An implementation must never write to the store it reads,
 * and must not open the lock file of a log: that would end the lock this process holds.
 */
public interface GroupWork {

    /**
     * Reads a store that nobody writes.
     *
     * @throws IOException if it cannot be read at all; damage is not an exception but a finding
     */
    StoreFacts read(Path group) throws IOException;

    /**
     * Why a store must not be written here: there is no RocksDB at hand that is no newer than its
     * server's (spec: jraft-disk 0). Empty when it may be.
     *
     * @param where the store, for the finding
     */
    Optional<Finding> unwritable(StoreFacts facts, String where);

    /**
     * Rewrites the copy of a store, with a RocksDB no newer than its server's.
     *
     * @param original facts of the store it is a copy of
     * @throws IOException if it cannot be written
     */
    void rewrite(Path staged, StoreFacts original, GroupTask task, AddressMap map)
            throws IOException;

    /**
     * Compares a rewritten copy with its original, both read whole.
     *
     * @return what differs beyond the names and the appended entry; empty when nothing does
     */
    List<String> differences(
            StoreFacts original, StoreFacts staged, GroupTask task, AddressMap map);
}
