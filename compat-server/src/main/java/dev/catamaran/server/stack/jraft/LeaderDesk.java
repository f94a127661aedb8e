package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.stack.jraft.GroupState.UnreadableEntryException;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the leader of a group takes writes. Each passes the gate at the moment it is proposed,
 * under one lock, so that the order of the log is the order of the epochs the writes were taken in:
 * a mirror's straggler can never follow a client's write of a later epoch.
 */
final class LeaderDesk {

    /** Shorter than the 5 s a forwarding member waits, so that its client gets a true answer. */
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(2);

    /** More writes than this at once on one leader are refused: each holds its payload. */
    static final int MAX_IN_FLIGHT = 8_192;

    private final RaftGroup group;
    private final RegistryGroupState state;
    private final TransitionWatch watch;
    private final Lanes<Object, WriteResult> lanes = new Lanes<>();

    private final Set<Taken> inFlight = new HashSet<>();
    private long sealedBelow;
    private @Nullable Confirmation confirmation;

    /** A write on its way; each is itself. */
    private static final class Taken {
        private final CompletableFuture<WriteResult> ended = new CompletableFuture<>();
    }

    private record Confirmation(long term, CompletableFuture<TransitionView> view) {}

    LeaderDesk(RaftGroup group, RegistryGroupState state, TransitionWatch watch) {
        this.group = requireNonNull(group, "group is null");
        this.state = requireNonNull(state, "state is null");
        this.watch = requireNonNull(watch, "watch is null");
    }

    /** Takes a write of a client, a mirror or a real peer; never fails, never blocks. */
    CompletableFuture<WriteResult> take(WriteRequest request) {
        Optional<Long> term = group.leaderTerm();
        if (term.isEmpty()) {
            return done(new WriteResult.NotNow("this member does not lead " + group.name()));
        }
        Object subject;
        Optional<WriteOrigin> origin;
        try {
            subject = state.check(request);
            origin = Origins.of(request);
        } catch (UnreadableEntryException | RuntimeException e) {
            return done(new WriteResult.Rejected(String.valueOf(e.getMessage())));
        }
        Taken write = new Taken();
        if (!enter(write)) {
            return done(new WriteResult.NotNow("the leader of " + group.name() + " is busy"));
        }
        confirmed(term.get())
                .handle((view, error) -> error == null ? "" : String.valueOf(error.getMessage()))
                .thenCompose(
                        error ->
                                error.isEmpty()
                                        ? inLane(subject, request, origin, term.get())
                                        : done(
                                                new WriteResult.NotNow(
                                                        "the epoch is not confirmed: " + error)))
                .whenComplete((result, error) -> leave(write, result, error));
        return write.ended;
    }

    private CompletableFuture<WriteResult> inLane(
            Object subject, WriteRequest request, Optional<WriteOrigin> origin, long term) {
        return lanes.run(
                subject, state.dependsOnState(request), () -> proposeGated(request, origin, term));
    }

    private CompletableFuture<WriteResult> proposeGated(
            WriteRequest request, Optional<WriteOrigin> origin, long term) {
        List<CompletableFuture<Proposal.Applied>> proposed = new ArrayList<>();
        try {
            List<WriteRequest> entries = state.plan(request);
            synchronized (this) {
                Optional<String> refusal = Gate.refusal(watch.view(), origin, sealedBelow);
                if (refusal.isPresent()) {
                    return done(new WriteResult.NotNow(refusal.get()));
                }
                entries.forEach(entry -> proposed.add(group.propose(Origins.bare(entry), term)));
            }
        } catch (UnreadableEntryException e) {
            return done(new WriteResult.Rejected(String.valueOf(e.getMessage())));
        }
        return CompletableFuture.allOf(proposed.toArray(CompletableFuture[]::new))
                .thenApply(all -> combined(proposed));
    }

    private static WriteResult combined(List<CompletableFuture<Proposal.Applied>> proposed) {
        return WholeResult.of(
                proposed.stream().map(CompletableFuture::join).map(LeaderDesk::result).toList());
    }

    private static WriteResult result(Proposal.Applied applied) {
        return applied.result() instanceof WriteResult.Done && !applied.answer().isEmpty()
                ? new WriteResult.Rejected(applied.answer())
                : applied.result();
    }

    /** Asks the transition group once in each leadership; a failure is asked again next time. */
    private synchronized CompletableFuture<TransitionView> confirmed(long term) {
        Confirmation last = confirmation;
        if (last != null && last.term() == term && !last.view().isCompletedExceptionally()) {
            return last.view();
        }
        CompletableFuture<TransitionView> asked = ask();
        confirmation = new Confirmation(term, asked);
        return asked;
    }

    private CompletableFuture<TransitionView> ask() {
        try {
            return watch.confirm(CONFIRM_TIMEOUT);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized boolean enter(Taken write) {
        return inFlight.size() < MAX_IN_FLIGHT && inFlight.add(write);
    }

    private void leave(Taken write, @Nullable WriteResult result, @Nullable Throwable error) {
        synchronized (this) {
            inFlight.remove(write);
        }
        write.ended.complete(
                result == null ? new WriteResult.Unknown("the leader failed: " + error) : result);
    }

    /**
     * Takes no write of an epoch below {@code epoch} any more, waits until no write is in flight,
     * and confirms that this member still leads.
     *
     * @return the position reached; empty when this member does not lead
     */
    CompletableFuture<Optional<Long>> seal(long epoch, Duration timeout) {
        CompletableFuture<Void> drained;
        synchronized (this) {
            sealedBelow = Math.max(sealedBelow, epoch);
            drained =
                    CompletableFuture.allOf(
                            inFlight.stream()
                                    .map(write -> write.ended)
                                    .toArray(CompletableFuture[]::new));
        }
        Optional<Long> term = group.leaderTerm();
        if (term.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return drained.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(nothing -> group.readIndex(timeout))
                .thenApply(
                        index ->
                                group.leaderTerm().equals(term)
                                        ? Optional.of(index)
                                        : Optional.empty());
    }

    private static CompletableFuture<WriteResult> done(WriteResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
