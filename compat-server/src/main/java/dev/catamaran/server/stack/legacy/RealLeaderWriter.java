package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.transition.TransitionWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes while a real server leads the raft. 1.x stores a service's list as one value, and whoever
 * writes sends all of it: two writers with stale copies overwrite each other. So the list is read
 * from the leader before each write, commands of one service go one after the other, and what was
 * written is read back: what another writer overwrote in between is written again, and counted.
 */
final class RealLeaderWriter {

    private static final Logger LOG = LoggerFactory.getLogger(RealLeaderWriter.class);

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

    /** How often a write is repeated that real writers overwrite. */
    private static final int MAX_TRIES = 4;

    /** Commands that wait for others of their services; more are refused at once. */
    private static final int MAX_WAITING = 2_000;

    private final RaftLoop loop;
    private final MemberClient client;
    private final LeaderLine line;
    private final TransitionWatch watch;
    private final Map<ServiceKey, CompletableFuture<CommandForm.Result>> last =
            new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong repairs = new AtomicLong();

    RealLeaderWriter(RaftLoop loop, MemberClient client, LeaderLine line, TransitionWatch watch) {
        this.loop = loop;
        this.client = client;
        this.line = line;
        this.watch = watch;
    }

    /** One command under way. */
    private record Order(String leader, RegistryCommand command, WriteOrigin origin) {}

    /** Never fails: every end is a result. */
    CompletableFuture<CommandForm.Result> submit(
            String leader, RegistryCommand command, WriteOrigin origin) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return done(new WriteResult.NotNow(MAX_WAITING + " commands already wait"));
        }
        Order order = new Order(leader, command, origin);
        CompletableFuture<CommandForm.Result> end = new CompletableFuture<>();
        CompletableFuture<CommandForm.Result> before = last.put(command.service(), end);
        CompletableFuture<?> turn =
                before == null ? CompletableFuture.completedFuture(null) : before;
        turn.thenCompose(any -> attempt(order, 1))
                .whenComplete(
                        (result, failure) -> {
                            waiting.decrementAndGet();
                            last.remove(command.service(), end);
                            end.complete(
                                    failure == null
                                            ? result
                                            : result(
                                                    new WriteResult.Unknown(
                                                            String.valueOf(failure))));
                        });
        return end;
    }

    /** Writes that real writers had overwritten and that were written again. */
    long repairs() {
        return repairs.get();
    }

    private CompletableFuture<CommandForm.Result> attempt(Order order, int number) {
        Optional<String> refusal = refusal(order);
        if (refusal.isPresent()) {
            return done(
                    number == 1
                            ? new WriteResult.NotNow(refusal.get())
                            : new WriteResult.Unknown(refusal.get()));
        }
        return read(order)
                .thenCompose(
                        plan -> {
                            if (plan instanceof Plan.Refused refused) {
                                return done(new WriteResult.Rejected(refused.because()));
                            }
                            List<Plan.Piece> pieces = ((Plan.Changes) plan).pieces();
                            if (pieces.isEmpty()) {
                                return done(new WriteResult.Done());
                            }
                            if (number > 1) {
                                noteRepair(order, number);
                            }
                            return number > MAX_TRIES
                                    ? done(new WriteResult.Unknown(overwritten(order)))
                                    : write(order, pieces, number);
                        })
                .exceptionally(
                        failure ->
                                result(
                                        number == 1
                                                ? new WriteResult.NotNow(unread(order, failure))
                                                : new WriteResult.Unknown(unread(order, failure))));
    }

    private void noteRepair(Order order, int number) {
        LOG.info(
                "legacy-write-overwritten service={} leader={} repairs={} try={}",
                order.command().service(),
                order.leader(),
                repairs.incrementAndGet(),
                number);
    }

    private static String overwritten(Order order) {
        return "other writers overwrote it " + MAX_TRIES + " times at " + order.leader();
    }

    private static String unread(Order order, Throwable failure) {
        return "leader " + order.leader() + " could not be read: " + LeaderLine.cause(failure);
    }

    /** Why it may not be written now; empty if it may. */
    private Optional<String> refusal(Order order) {
        boolean follows =
                loop.state()
                        .filter(MemberState::followsReal)
                        .flatMap(MemberState::leader)
                        .filter(order.leader()::equals)
                        .isPresent();
        return follows
                ? Gate.refusal(watch.view(), true, order.origin(), 0)
                : Optional.of(order.leader() + " does not lead the legacy raft any more");
    }

    /** What is to be changed at the leader now. */
    private CompletableFuture<Plan> read(Order order) {
        ServiceKey service = order.command().service();
        List<String> keys = List.of(LegacyRecords.metaKey(service), LegacyRecords.listKey(service));
        String path = RaftCalls.BASE + "/datum?" + DatumForm.encodeKeys(keys);
        return client.send("GET", order.leader(), path, "", new byte[0], READ_TIMEOUT)
                .thenApply(
                        answer -> {
                            if (answer.status() != 200) {
                                throw new IllegalStateException(
                                        "status " + answer.status() + ": " + answer.text());
                            }
                            return plan(
                                    order.command(), DatumForm.decodeList(answer.body()).orThrow());
                        });
    }

    private static Plan plan(RegistryCommand command, List<Datum> datums) {
        KeyMap<Datum> all = KeyMap.empty();
        for (Datum datum : datums) {
            all = all.with(datum.key(), datum);
        }
        Held held = Held.EMPTY.at(Position.NONE, all, KeyMap.empty());
        Decoded<Optional<ServiceEntry>> entry = LegacyRecords.read(held, command.service());
        return Plan.of(
                held,
                entry.value().flatMap(read -> read),
                LegacyRecords.refusal(entry).isPresent(),
                command);
    }

    /** Sends the pieces in order, then looks whether they stayed. */
    private CompletableFuture<CommandForm.Result> write(
            Order order, List<Plan.Piece> pieces, int number) {
        CompletableFuture<Optional<WriteResult>> sent =
                CompletableFuture.completedFuture(Optional.empty());
        for (Plan.Piece piece : pieces) {
            sent =
                    sent.thenCompose(
                            failed ->
                                    failed.isPresent()
                                            ? CompletableFuture.completedFuture(failed)
                                            : line.datum(
                                                            order.leader(),
                                                            piece.key(),
                                                            piece.value(),
                                                            true)
                                                    .thenApply(RealLeaderWriter::failure));
        }
        return sent.thenCompose(
                failed -> failed.isPresent() ? done(failed.get()) : attempt(order, number + 1));
    }

    /** A real leader that answers an error may have stored the value (spec: legacy-raft 4.1). */
    private static Optional<WriteResult> failure(RaftReply reply) {
        return reply.status() == 200
                ? Optional.empty()
                : Optional.of(new WriteResult.Unknown(reply.text()));
    }

    private static CommandForm.Result result(WriteResult result) {
        return new CommandForm.Result(result, 0);
    }

    private static CompletableFuture<CommandForm.Result> done(WriteResult result) {
        return CompletableFuture.completedFuture(result(result));
    }
}
