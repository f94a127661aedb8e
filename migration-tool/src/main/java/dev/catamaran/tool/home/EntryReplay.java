package dev.catamaran.tool.home;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.v2.LogEntries;
import dev.catamaran.registry.v2.SnapshotBodies;
import dev.catamaran.tool.jraftdisk.GroupFolder;
import dev.catamaran.tool.jraftdisk.LogEntry;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings one group's state up to its last entry while its log is read: from the snapshot, if there
 * is one, and every entry behind it.
 */
final class EntryReplay implements Consumer<LogEntry> {

    /** More findings than this of one group say nothing new. */
    private static final int MAX_FINDINGS = 5;

    /** How entries begin since 2.1, and in 1.4 since 1.4.4. */
    private static final byte MARK = 0x38;

    private final GroupFolder group;
    private final GroupReplay replay;
    private final List<HomeFinding> findings = new ArrayList<>();
    private long from;
    private long last;
    private long writes;
    private long unread;
    private long marked;

    EntryReplay(GroupFolder group, GroupReplay replay) {
        this.group = group;
        this.replay = replay;
    }

    /**
     * Starts, or starts over.
     *
     * @param snapshotIndex last index that the snapshot includes; 0 without one
     */
    void begin(long snapshotIndex) {
        replay.clear();
        findings.clear();
        from = snapshotIndex;
        last = 0;
        writes = 0;
        unread = 0;
        marked = 0;
        if (snapshotIndex > 0) {
            load(GroupReplay.snapshot(group.path(), snapshotIndex).resolve(replay.snapshotFile()));
        }
    }

    private void load(Path archive) {
        try {
            if (Files.size(archive) > SnapshotBodies.MAX_BYTES) {
                throw new DecodeException("is larger than any that can be read", "snapshot");
            }
            replay.load(Files.readAllBytes(archive));
        } catch (DecodeException e) {
            unread++;
            findings.add(bad("the snapshot cannot be read: " + e.refusal(), archive));
        } catch (IOException e) {
            unread++;
            findings.add(bad("the snapshot cannot be read: " + e.getMessage(), archive));
        }
    }

    private static HomeFinding bad(String what, Object where) {
        return HomeFinding.blocking(what, where, "Read the home of another member, too.");
    }

    @Override
    public void accept(LogEntry entry) {
        if (entry.index() <= last) {
            begin(from);
        }
        last = entry.index();
        if (entry.type() != LogEntry.Type.DATA || entry.index() <= from) {
            return;
        }
        try {
            byte[] data = entry.data();
            if (LogEntries.decode(data).orThrow() instanceof LogEntries.Write write) {
                replay.apply(write.request());
                writes++;
                marked += data[0] == MARK ? 1 : 0;
            }
        } catch (DecodeException e) {
            unread++;
            if (unread <= MAX_FINDINGS) {
                findings.add(
                        bad(
                                "an entry holds what no server of this kind writes: " + e.refusal(),
                                group.name() + " index " + entry.index()));
            }
        }
    }

    List<HomeFinding> findings() {
        return findings;
    }

    long writes() {
        return writes;
    }

    /** Whether the writes have the mark of later versions; false as well when there are none. */
    boolean isMarked() {
        return marked > 0;
    }

    StackRecords.GroupProgress progress(StoreFacts facts) {
        return new StackRecords.GroupProgress(
                facts.group(), facts.committedAtLeast(), facts.lastIndex(), writes, unread);
    }
}
