package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.google.protobuf.ByteString;
import dev.catamaran.registry.v2.LogEntries;
import dev.catamaran.server.stack.jraft.GroupState.SnapshotFile;
import dev.catamaran.server.stack.jraft.GroupState.UnreadableEntryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds one group's committed entries to its state. Never throws for what an entry holds: a peer
 * that appends rubbish must not be able to stop the group (spec: jraft-groups 2.4). Such entries
 * are counted and skipped, the way 2.2.3 and later do.
 */
final class GroupStateMachine extends StateMachineAdapter {

    /** Larger files cannot be held in memory as one array anyway. */
    private static final long MAX_SNAPSHOT_BYTES = 1L << 30;

    private static final long NOT_LEADING = -1;
    private static final Logger LOG = LoggerFactory.getLogger(GroupStateMachine.class);

    private final String group;
    private final GroupState state;
    private final Executor snapshotExecutor;
    private final AtomicLong skipped = new AtomicLong();
    private volatile long leaderTerm = NOT_LEADING;
    private volatile long lastTerm;
    private volatile Optional<String> error = Optional.empty();

    GroupStateMachine(String group, GroupState state, Executor snapshotExecutor) {
        this.group = requireNonNull(group, "group is null");
        this.state = requireNonNull(state, "state is null");
        this.snapshotExecutor = requireNonNull(snapshotExecutor, "snapshotExecutor is null");
    }

    /**
     * The term this member leads the group in, with everything of earlier terms applied; empty when
     * it does not lead.
     */
    Optional<Long> leaderTerm() {
        long term = leaderTerm;
        return term == NOT_LEADING ? Optional.empty() : Optional.of(term);
    }

    /** The last term this member saw a leader in; 0 before the first. */
    long lastTerm() {
        return lastTerm;
    }

    /** Entries that nobody could read, since the process started. */
    long skipped() {
        return skipped.get();
    }

    /** Why JRaft stopped this node; empty while it works. */
    Optional<String> error() {
        return error;
    }

    @Override
    public void onApply(Iterator entries) {
        while (entries.hasNext()) {
            String answer = apply(entries.getData(), entries.getIndex());
            Closure done = entries.done();
            if (done instanceof Proposal proposal) {
                proposal.applied(answer, entries.getIndex());
            }
            if (done != null) {
                done.run(Status.OK());
            }
            entries.next();
        }
    }

    /** One entry; what its proposer is told. */
    String apply(@Nullable ByteBuffer data, long index) {
        if (data == null) {
            return "";
        }
        try {
            LogEntries.Entry entry = Payloads.read(LogEntries.decode(bytes(data)));
            return entry instanceof LogEntries.Write write
                    ? state.apply(write.request(), index)
                    : "";
        } catch (UnreadableEntryException e) {
            skipped.incrementAndGet();
            LOG.warn("entry skipped group={} index={} because={}", group, index, e.getMessage());
            return "skipped: " + e.getMessage();
        } catch (RuntimeException e) {
            // A defect of ours must not stop the group on every member at the same entry.
            skipped.incrementAndGet();
            LOG.error("entry skipped group={} index={}", group, index, e);
            return "skipped: " + e;
        }
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        Callable<SnapshotFile> captured = state.capture();
        snapshotExecutor.execute(() -> done.run(save(writer, captured)));
    }

    private Status save(SnapshotWriter writer, Callable<SnapshotFile> captured) {
        try {
            SnapshotFile file = captured.call();
            writeDurably(Path.of(writer.getPath(), state.snapshotFileName()), file.bytes());
            LocalFileMeta meta =
                    LocalFileMeta.newBuilder()
                            .setUserMeta(ByteString.copyFromUtf8(file.userMeta()))
                            .build();
            return writer.addFile(state.snapshotFileName(), meta)
                    ? Status.OK()
                    : new Status(RaftError.EIO, "snapshot of %s has no place", group);
        } catch (Exception e) {
            LOG.error("snapshot not saved group={}", group, e);
            return new Status(RaftError.EIO, "snapshot of %s: %s", group, e);
        }
    }

    private static void writeDurably(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        String name = state.snapshotFileName();
        Path path = Path.of(reader.getPath(), name);
        try {
            if (!(reader.getFileMeta(name) instanceof LocalFileMeta meta)) {
                throw new IOException("the snapshot lists no file " + name);
            }
            if (Files.size(path) > MAX_SNAPSHOT_BYTES) {
                throw new IOException(path + " is larger than " + MAX_SNAPSHOT_BYTES + " bytes");
            }
            state.load(
                    new SnapshotFile(Files.readAllBytes(path), meta.getUserMeta().toStringUtf8()));
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("snapshot not loaded group={} file={}", group, path, e);
            return false;
        }
    }

    @Override
    public void onLeaderStart(long term) {
        lastTerm = term;
        leaderTerm = term;
        LOG.info("leadership taken group={} term={}", group, term);
    }

    @Override
    public void onLeaderStop(Status status) {
        leaderTerm = NOT_LEADING;
        LOG.info("leadership lost group={} because={}", group, status.getErrorMsg());
    }

    @Override
    public void onStartFollowing(LeaderChangeContext context) {
        lastTerm = context.getTerm();
        LOG.info(
                "leader followed group={} term={} leader={}",
                group,
                context.getTerm(),
                context.getLeaderId());
    }

    @Override
    public void onError(RaftException e) {
        leaderTerm = NOT_LEADING;
        error = Optional.of(String.valueOf(e.getMessage()));
        LOG.error("group stopped group={} advice=restart the member", group, e);
    }
}
