package dev.catamaran.tool.home;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import java.nio.file.Path;

/**
 * The state that one group's snapshot and entries amount to. Applies what real state machines apply
 * (spec: jraft-groups 3); throws {@link dev.catamaran.registry.decode.DecodeException} for what it
 * cannot read, and stays as it was then.
 */
interface GroupReplay {

    /** Forgets everything. */
    void clear();

    /** Name of the one file of the group's snapshots. */
    String snapshotFile();

    /**
     * Starts from a snapshot.
     *
     * @param archive content of {@link #snapshotFile}
     */
    void load(byte[] archive);

    /** Applies a committed or last write. */
    void apply(WriteRequest request);

    /** Where snapshots of a group lie. */
    static Path snapshot(Path group, long index) {
        return group.resolve("snapshot").resolve("snapshot_" + index);
    }
}
