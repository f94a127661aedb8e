package dev.catamaran.server.stack.jraft;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.ByteString;
import dev.catamaran.server.transition.Move;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of {@code catamaran_transition}: one value, replaced by compare-and-set on its
 * revision.
 */
final class TransitionGroupState implements GroupState {

    static final String OPERATION = "TRANSITION";

    /** What a proposer is told whose entry came second. */
    static final String REFUSED = "another entry came first";

    private static final String FILE = "transition.json";
    private static final Logger LOG = LoggerFactory.getLogger(TransitionGroupState.class);

    private final TransitionEntries entries = new TransitionEntries();
    private final List<Consumer<TransitionState>> listeners = new CopyOnWriteArrayList<>();

    /** Older moves are in the logs of the members only; an upgrade takes about ten. */
    private static final int REMEMBERED = 200;

    private volatile List<Move> history = List.of(new Move(TransitionState.START, 0, ""));

    TransitionState applied() {
        return history.get(history.size() - 1).state();
    }

    /** The newest moves, oldest first. */
    List<Move> history() {
        return history.stream().filter(move -> move.state().revision() > 0).toList();
    }

    void onApplied(Consumer<TransitionState> listener) {
        listeners.add(listener);
    }

    WriteRequest entry(Move next) {
        return WriteRequest.newBuilder()
                .setGroup(Groups.TRANSITION)
                .setOperation(OPERATION)
                .setData(ByteString.copyFrom(entries.encode(next)))
                .build();
    }

    @Override
    public String apply(WriteRequest request, long index) throws UnreadableEntryException {
        if (!request.getOperation().equals(OPERATION)) {
            throw new UnreadableEntryException("unknown operation " + request.getOperation());
        }
        Move next;
        try {
            next = entries.decode(request.getData().toByteArray());
        } catch (IOException e) {
            throw new UnreadableEntryException(String.valueOf(e.getMessage()));
        }
        if (!follows(applied(), next.state())) {
            return REFUSED;
        }
        publish(Stream.concat(history.stream(), Stream.of(next)).toList());
        return "";
    }

    /** Whether {@code next} may replace {@code now}: the next revision, the same cluster. */
    static boolean follows(TransitionState now, TransitionState next) {
        boolean sameCluster =
                now.clusterId().isEmpty()
                        ? !next.clusterId().isEmpty()
                        : now.clusterId().equals(next.clusterId());
        return next.revision() == now.revision() + 1
                && next.upgrade().epoch() >= now.upgrade().epoch()
                && sameCluster;
    }

    private void publish(List<Move> moves) {
        history = moves.subList(Math.max(0, moves.size() - REMEMBERED), moves.size());
        TransitionState next = applied();
        for (Consumer<TransitionState> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException e) {
                // The state machine must go on; the listener's owner sees its own trouble.
                LOG.error("transition listener failed revision={}", next.revision(), e);
            }
        }
    }

    @Override
    public Callable<SnapshotFile> capture() {
        List<Move> captured = history;
        return () -> new SnapshotFile(entries.encodeAll(captured), "");
    }

    @Override
    public String snapshotFileName() {
        return FILE;
    }

    @Override
    public void load(SnapshotFile file) throws IOException {
        List<Move> loaded = entries.decodeAll(file.bytes());
        if (!loaded.equals(history)) {
            publish(loaded);
        }
    }
}
