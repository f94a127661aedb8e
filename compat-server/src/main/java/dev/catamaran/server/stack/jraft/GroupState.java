package dev.catamaran.server.stack.jraft;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * What one raft group replicates. All calls come from the group's own state machine thread.
 * Applying the same entries again, in order, gives the same state: a snapshot may hold more than
 * its index says (spec: jraft-groups 4.2).
 */
interface GroupState {

    /**
     * Applies a committed write. Content never makes it throw anything but {@link
     * UnreadableEntryException}.
     *
     * @param index log index of the entry
     * @return what the proposer is told; empty text for plain success
     */
    String apply(WriteRequest request, long index) throws UnreadableEntryException;

    /** Captures the state now; the result turns it into the snapshot's file on another thread. */
    Callable<SnapshotFile> capture();

    /** Name of the one file of a snapshot. */
    String snapshotFileName();

    /** Replaces the state by a snapshot's; the old state stays when it cannot be read. */
    void load(SnapshotFile file) throws IOException;

    /**
     * The one file of a snapshot.
     *
     * @param bytes content of the file
     * @param userMeta text kept beside the file in JRaft's snapshot meta; empty for none
     */
    record SnapshotFile(byte[] bytes, String userMeta) {}

    /** A committed entry that says nothing this group understands. */
    final class UnreadableEntryException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableEntryException(String message) {
            super(message);
        }
    }
}
