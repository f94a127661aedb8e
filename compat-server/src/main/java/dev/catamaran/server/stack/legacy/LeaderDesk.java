package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.Outcome;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.decode.Refusal;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this member does as the leader: it looks at each command on the loop's thread, where nothing
 * can come between the gate, the reading of the list, and the change made of it.
 */
final class LeaderDesk {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderDesk.class);
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CONFIRM_PAUSE = Duration.ofMillis(300);

    /** Commands that wait for the loop; more are refused at once. */
    private static final int MAX_QUEUED = 5_000;

    private final ServiceBatches batches = new ServiceBatches();
    private final Queue<ServiceBatches.Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final RaftLoop loop;
    private final LegacyTable table;
    private final TransitionWatch watch;

    /** Whether a service's next change waits for the one before it. */
    private final boolean oneByOne;

    /** The leadership whose epoch the transition group has confirmed. Loop only. */
    private long confirmedLeadership;

    /** Writes of epochs below this are over. Loop only. */
    private long sealedBelow;

    LeaderDesk(RaftLoop loop, LegacyTable table, TransitionWatch watch, boolean oneByOne) {
        this.oneByOne = oneByOne;
        this.loop = loop;
        this.table = table;
        this.watch = watch;
    }

    /** A leadership can take changes: the epoch is confirmed first. Loop thread. */
    void onReady(long leadership) {
        watch.confirm(CONFIRM_TIMEOUT)
                .whenComplete(
                        (view, failure) ->
                                loop.run(
                                        () -> {
                                            if (failure == null) {
                                                onConfirmed(leadership, view);
                                            } else {
                                                onUnconfirmed(leadership, failure);
                                            }
                                        }));
    }

    private void onConfirmed(long leadership, TransitionView view) {
        confirmedLeadership = leadership;
        LOG.info(
                "legacy-leader-confirmed leadership={} epoch={}",
                leadership,
                view.upgrade().epoch());
    }

    private void onUnconfirmed(long leadership, Throwable failure) {
        boolean still =
                loop.state()
                        .filter(now -> now.isServing() && now.leadership() == leadership)
                        .isPresent();
        if (still) {
            LOG.debug("legacy-leader-unconfirmed leadership={}", leadership, failure);
            CompletableFuture.delayedExecutor(CONFIRM_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> loop.run(() -> onReady(leadership)));
        }
    }

    CompletableFuture<CommandForm.Result> submit(RegistryCommand command, WriteOrigin origin) {
        CompletableFuture<CommandForm.Result> result = new CompletableFuture<>();
        if (queued.incrementAndGet() > MAX_QUEUED) {
            queued.decrementAndGet();
            result.complete(notDone(new WriteResult.NotNow(MAX_QUEUED + " commands already wait")));
            return result;
        }
        queue.add(new ServiceBatches.Waiting(command, origin, result));
        loop.run(this::takeNext);
        return result.completeOnTimeout(
                notDone(new WriteResult.Unknown("no outcome in time")),
                LegacySettings.PUBLISH_TIMEOUT.plusSeconds(1).toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Takes one command for each that came, but lets what came from followers in the meantime go
     * first: a burst of commands must not keep the leader from hearing its followers. Loop thread.
     */
    private void takeNext() {
        loop.runLast(
                () -> {
                    ServiceBatches.Waiting next = queue.poll();
                    if (next == null) {
                        return;
                    }
                    queued.decrementAndGet();
                    if (!oneByOne) {
                        take(next);
                    } else if (batches.begins(next)) {
                        takeAll(List.of(next));
                    }
                });
    }

    /** Commands of one service whose turn it is. Loop thread. */
    private void takeAll(List<ServiceBatches.Waiting> commands) {
        List<ServiceBatches.Waiting> open =
                commands.stream().filter(waiting -> !isOver(waiting)).toList();
        ServiceBatches.Batch batch =
                open.isEmpty()
                        ? new ServiceBatches.Batch(List.of(), List.of())
                        : ServiceBatches.plan(loop.state().orElseThrow().held(), open);
        CompletableFuture<CommandForm.Result> end =
                batch.accepted().isEmpty()
                        ? CompletableFuture.completedFuture(
                                notDone(new WriteResult.NotNow("nothing to do")))
                        : carryOut(batch.pieces());
        end.thenAccept(
                result -> {
                    batch.accepted().forEach(waiting -> waiting.result().complete(result));
                    // not in the midst of the step that ended it
                    loop.run(() -> takeRest(commands.get(0).command().service()));
                });
    }

    private void takeRest(ServiceKey service) {
        List<ServiceBatches.Waiting> came = batches.next(service);
        if (!came.isEmpty()) {
            takeAll(came);
        }
    }

    /** Refuses what may not be written now. */
    private boolean isOver(ServiceBatches.Waiting waiting) {
        Optional<String> refusal = refusal(waiting.origin());
        refusal.ifPresent(
                because -> waiting.result().complete(notDone(new WriteResult.NotNow(because))));
        return waiting.result().isDone();
    }

    private void take(ServiceBatches.Waiting waiting) {
        if (isOver(waiting)) {
            return;
        }
        RegistryCommand command = waiting.command();
        Plan plan =
                Plan.of(
                        loop.state().orElseThrow().held(),
                        table.table().entry(command.service()),
                        table.unreadable().contains(command.service()),
                        command);
        if (plan instanceof Plan.Refused refused) {
            waiting.result().complete(CommandForm.Result.rejected(refused.because()));
            return;
        }
        carryOut(((Plan.Changes) plan).pieces()).thenAccept(waiting.result()::complete);
    }

    /** Loop thread. */
    private CompletableFuture<CommandForm.Result> carryOut(List<Plan.Piece> pieces) {
        if (pieces.isEmpty()) {
            long timeoutMs = LegacySettings.PUBLISH_TIMEOUT.toMillis();
            return loop.wish(id -> new Event.ConfirmWanted(id, timeoutMs))
                    .thenApply(outcome -> result(List.of(outcome)));
        }
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (Plan.Piece piece : pieces) {
            outcomes.add(loop.wish(id -> new Event.ChangeWanted(id, piece.key(), piece.value())));
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(all -> result(outcomes.stream().map(CompletableFuture::join).toList()));
    }

    /** All committed is done; none taken is not now; anything between is unknown. */
    private static CommandForm.Result result(List<Outcome> outcomes) {
        if (outcomes.stream().allMatch(outcome -> outcome instanceof Outcome.NotNow)) {
            return notDone(new WriteResult.NotNow(because(outcomes.get(0))));
        }
        long position = 0;
        for (Outcome outcome : outcomes) {
            if (!(outcome instanceof Outcome.Committed committed)) {
                return notDone(new WriteResult.Unknown(because(outcome)));
            }
            position = Math.max(position, committed.position().packed());
        }
        return new CommandForm.Result(new WriteResult.Done(), position);
    }

    private static String because(Outcome outcome) {
        if (outcome instanceof Outcome.NotNow notNow) {
            return notNow.because();
        }
        return outcome instanceof Outcome.Unknown unknown ? unknown.because() : "committed";
    }

    /** How a command is carried out here. */
    interface Execution {
        CompletableFuture<CommandForm.Result> of(RegistryCommand command, WriteOrigin origin);
    }

    /** Reads what another member carried here, and answers what came of it. */
    static CompletableFuture<RaftReply> onCommand(byte[] body, Execution execution) {
        Decoded<CommandForm.Order> order = CommandForm.decode(body);
        Optional<Refusal> refusal = LegacyRecords.refusal(order);
        if (refusal.isPresent()) {
            WriteResult rejected = new WriteResult.Rejected(refusal.get().toString());
            return CompletableFuture.completedFuture(
                    new RaftReply(200, CommandForm.encode(notDone(rejected))));
        }
        CommandForm.Order wanted = order.orThrow();
        return execution
                .of(wanted.command(), wanted.origin())
                .thenApply(result -> new RaftReply(200, CommandForm.encode(result)));
    }

    /** Proves that this member leads and that all it holds is committed; the position. */
    CompletableFuture<Long> confirm(Duration timeout) {
        CompletableFuture<Long> position = new CompletableFuture<>();
        loop.run(
                () ->
                        loop.wish(id -> new Event.ConfirmWanted(id, timeout.toMillis()))
                                .thenAccept(outcome -> complete(position, outcome)));
        return position.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void complete(CompletableFuture<Long> position, Outcome outcome) {
        if (outcome instanceof Outcome.Committed committed) {
            position.complete(committed.position().packed());
        } else {
            position.completeExceptionally(new IllegalStateException(because(outcome)));
        }
    }

    /** Takes no older write any more; the position when this member leads. */
    CompletableFuture<Optional<Long>> seal(long epoch, Duration timeout) {
        CompletableFuture<Optional<Long>> sealed = new CompletableFuture<>();
        loop.run(
                () -> {
                    sealedBelow = Math.max(sealedBelow, epoch);
                    if (loop.state().filter(MemberState::isLeader).isEmpty()) {
                        sealed.complete(Optional.empty());
                        return;
                    }
                    CompletableFuture<Long> position = new CompletableFuture<>();
                    loop.wish(id -> new Event.ConfirmWanted(id, timeout.toMillis()))
                            .thenAccept(outcome -> complete(position, outcome));
                    position.whenComplete(
                            (packed, failure) -> {
                                if (failure == null) {
                                    sealed.complete(Optional.of(packed));
                                } else {
                                    sealed.completeExceptionally(failure);
                                }
                            });
                });
        return sealed.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    CompletableFuture<RaftReply> onDatum(String key, Optional<String> value) {
        CompletableFuture<RaftReply> reply = new CompletableFuture<>();
        loop.run(
                () -> {
                    WriteOrigin origin =
                            new WriteOrigin(
                                    WriteOrigin.Kind.CLIENT, watch.view().upgrade().epoch());
                    Optional<String> stop =
                            refusal(origin)
                                    .or(
                                            () ->
                                                    value.flatMap(
                                                            text ->
                                                                    LegacyRecords.refusal(key, text)
                                                                            .map(
                                                                                    Refusal
                                                                                            ::toString)));
                    if (stop.isPresent()) {
                        reply.complete(failed(key, stop.get()));
                        return;
                    }
                    carryOut(List.of(new Plan.Piece(key, value)))
                            .thenAccept(
                                    result ->
                                            reply.complete(
                                                    result.result() instanceof WriteResult.Done
                                                            ? new RaftReply(200, "ok")
                                                            : failed(
                                                                    key,
                                                                    result.result().toString())));
                });
        return reply;
    }

    private static RaftReply failed(String key, String because) {
        return new RaftReply(
                500, "caused: Raft put failed, key:" + key + ";caused: " + because + ";");
    }

    /** Why no write may be taken now. Loop thread. */
    private Optional<String> refusal(WriteOrigin origin) {
        Optional<MemberState> state = loop.state();
        if (state.isEmpty() || !state.get().isServing()) {
            return Optional.of("this member does not lead the legacy raft, or not yet");
        }
        boolean confirmed =
                state.get().leadership() == confirmedLeadership
                        || nothingIsDecidedWithoutThis(state.get());
        return Gate.refusal(watch.view(), confirmed, origin, sealedBelow);
    }

    /**
     * Whether so many members are real servers, and answer this leader as such now, that the
     * transition group has no majority without this member: what it has applied is the last word,
     * and it needs nobody to confirm it. (With a real 1.x server present the primary is legacy.)
     */
    private static boolean nothingIsDecidedWithoutThis(MemberState state) {
        int all = state.peers().size();
        int real = state.realFollowers();
        return real > 0 && all - real - 1 < all / 2 + 1;
    }

    private static CommandForm.Result notDone(WriteResult result) {
        return new CommandForm.Result(result, 0);
    }
}
