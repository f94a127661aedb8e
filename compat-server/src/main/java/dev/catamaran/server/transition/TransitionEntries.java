package dev.catamaran.server.transition;

import dev.catamaran.judgement.Effect;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import java.util.Optional;
import java.util.UUID;

/** The entries that the judgement loop puts into the transition group. Pure. */
final class TransitionEntries {

    private TransitionEntries() {}

    /** The entry that gives a new cluster its identity. */
    static TransitionState first(UUID clusterId) {
        return new TransitionState(
                clusterId.toString(),
                1,
                UpgradeState.START,
                StackPosition.NONE,
                "",
                "the transition group elected its first leader");
    }

    /**
     * What follows {@code state} by a commit of the judge. A completed switch carries the positions
     * and the digest that were found behind its fence.
     */
    static TransitionState successor(
            TransitionState state, Effect.Commit commit, Optional<FenceOutcome> lastFence) {
        UpgradeState next = commit.next();
        boolean switched =
                state.upgrade().fence().map(fence -> fence.to() == next.phase()).orElse(false);
        Optional<FenceOutcome> behind =
                switched
                        ? lastFence.filter(fence -> fence.epoch() == state.upgrade().epoch())
                        : Optional.empty();
        return new TransitionState(
                state.clusterId(),
                state.revision() + 1,
                next,
                behind.map(FenceOutcome::positions).orElse(state.readFrom()),
                behind.map(FenceOutcome::digest).orElse(state.digest()),
                commit.because());
    }
}
