package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.transition.Move;
import dev.catamaran.server.transition.TransitionGroup;
import dev.catamaran.server.transition.TransitionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The transition group over a JRaft group of that name. */
final class JRaftTransitionGroup implements TransitionGroup {

    private final RaftGroup group;
    private final TransitionGroupState state;

    JRaftTransitionGroup(RaftGroup group, TransitionGroupState state) {
        this.group = requireNonNull(group, "group is null");
        this.state = requireNonNull(state, "state is null");
    }

    @Override
    public TransitionState applied() {
        return state.applied();
    }

    @Override
    public List<Move> history() {
        return state.history();
    }

    @Override
    public boolean isLeader() {
        return group.leaderTerm().isPresent();
    }

    @Override
    public Optional<String> leader() {
        return group.leader();
    }

    @Override
    public long term() {
        return group.machine().lastTerm();
    }

    @Override
    public CompletableFuture<Boolean> propose(TransitionState next) {
        Optional<Long> term = group.leaderTerm();
        if (term.isEmpty() || !TransitionGroupState.follows(state.applied(), next)) {
            return CompletableFuture.completedFuture(false);
        }
        Move move = new Move(next, System.currentTimeMillis(), group.leader().orElse(""));
        return group.propose(state.entry(move), term.get())
                .thenCompose(JRaftTransitionGroup::outcome);
    }

    private static CompletableFuture<Boolean> outcome(Proposal.Applied applied) {
        if (applied.result() instanceof WriteResult.Done) {
            return CompletableFuture.completedFuture(applied.answer().isEmpty());
        }
        if (applied.result() instanceof WriteResult.NotNow) {
            return CompletableFuture.completedFuture(false);
        }
        return CompletableFuture.failedFuture(
                new IllegalStateException("outcome unknown: " + applied.result()));
    }

    @Override
    public CompletableFuture<TransitionState> confirm(Duration timeout) {
        return group.readIndex(timeout).thenApply(index -> state.applied());
    }

    @Override
    public Optional<String> broken() {
        return group.machine().error();
    }

    @Override
    public void giveUpLeadership(String because) {
        group.giveUpLeadership(because);
    }

    @Override
    public void onApplied(Consumer<TransitionState> listener) {
        state.onApplied(requireNonNull(listener, "listener is null"));
    }
}
