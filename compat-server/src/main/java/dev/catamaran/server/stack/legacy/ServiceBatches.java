package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.WriteOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Commands of one service that wait for the one before them. By the rules of 1.x a leader sends the
 * changes of a key one after the other, because real followers take them in the order in which they
 * come; a list made from the copy while another is under way would not hold what that one adds. All
 * that came meanwhile is carried out as one change. Loop thread only.
 */
final class ServiceBatches {

    /** Commands of one service that wait for one change; more are refused at once. */
    private static final int MAX_PENDING = 1_000;

    /** A command, and who waits for its result. */
    record Waiting(
            RegistryCommand command,
            WriteOrigin origin,
            CompletableFuture<CommandForm.Result> result) {}

    /**
     * What a batch comes to.
     *
     * @param pieces the last value of each key, in order
     * @param accepted those whose result is that of the pieces
     */
    record Batch(List<Plan.Piece> pieces, List<Waiting> accepted) {
        Batch {
            pieces = List.copyOf(pieces);
            accepted = List.copyOf(accepted);
        }
    }

    private final Set<ServiceKey> busy = new HashSet<>();
    private final Map<ServiceKey, List<Waiting>> pending = new HashMap<>();

    /** Takes the turn of a service; false if another has it, which this one waits for. */
    boolean begins(Waiting waiting) {
        ServiceKey service = waiting.command().service();
        if (busy.add(service)) {
            return true;
        }
        List<Waiting> others = pending.computeIfAbsent(service, any -> new ArrayList<>());
        if (others.size() < MAX_PENDING) {
            others.add(waiting);
        } else {
            waiting.result().complete(CommandForm.Result.tooMany(MAX_PENDING));
        }
        return false;
    }

    /** Those that came meanwhile, whose turn it is now; the turn is over when there are none. */
    List<Waiting> next(ServiceKey service) {
        List<Waiting> came = pending.remove(service);
        if (came == null) {
            busy.remove(service);
            return List.of();
        }
        return came;
    }

    /** Plans commands of one service, each on what the one before it makes. */
    static Batch plan(Held held, List<Waiting> commands) {
        Held version = held;
        Map<String, Plan.Piece> last = new LinkedHashMap<>();
        List<Waiting> accepted = new ArrayList<>();
        for (Waiting waiting : commands) {
            ServiceKey service = waiting.command().service();
            Decoded<Optional<ServiceEntry>> entry = LegacyRecords.read(version, service);
            Plan plan =
                    Plan.of(
                            version,
                            entry.value().flatMap(read -> read),
                            LegacyRecords.refusal(entry).isPresent(),
                            waiting.command());
            if (plan instanceof Plan.Refused refused) {
                waiting.result().complete(CommandForm.Result.rejected(refused.because()));
                continue;
            }
            accepted.add(waiting);
            for (Plan.Piece piece : ((Plan.Changes) plan).pieces()) {
                version = version.after(change(piece));
                last.remove(piece.key());
                last.put(piece.key(), piece);
            }
        }
        return new Batch(List.copyOf(last.values()), accepted);
    }

    private static Change change(Plan.Piece piece) {
        return piece.value().isPresent()
                ? new Change.Put(new Datum(piece.key(), piece.value().get(), 1, Position.NONE))
                : new Change.Delete(new Tombstone(piece.key(), 1, Position.NONE));
    }
}
