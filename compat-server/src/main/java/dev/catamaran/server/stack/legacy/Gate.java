package dev.catamaran.server.stack.legacy;

import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.transition.TransitionView;
import java.util.Optional;

/** Decides whether the leader of the legacy raft may take a write now. Pure. */
final class Gate {

    private Gate() {}

    /**
     * Why not; empty when it may.
     *
     * @param view what the leader's member acts on
     * @param confirmed whether it was confirmed with a majority since the leadership began
     * @param origin who sent the write
     * @param sealedBelow writes of epochs below this are over
     */
    static Optional<String> refusal(
            TransitionView view, boolean confirmed, WriteOrigin origin, long sealedBelow) {
        UpgradeState upgrade = view.upgrade();
        if (!confirmed || !view.mayWrite()) {
            return Optional.of("the leader has not confirmed the epoch since it was elected");
        }
        if (origin.epoch() != upgrade.epoch()) {
            return Optional.of(
                    "sent in epoch " + origin.epoch() + ", the leader is in " + upgrade.epoch());
        }
        if (upgrade.epoch() < sealedBelow) {
            return Optional.of("sealed for epoch " + sealedBelow);
        }
        return switch (origin.kind()) {
            case CLIENT -> fromClient(upgrade);
            case MIRROR -> fromMirror(upgrade);
        };
    }

    private static Optional<String> fromClient(UpgradeState upgrade) {
        return upgrade.primary().equals(Optional.of(Stack.LEGACY))
                ? Optional.empty()
                : Optional.of("legacy is not the primary in phase " + upgrade.phase());
    }

    private static Optional<String> fromMirror(UpgradeState upgrade) {
        return upgrade.mirrorSource().equals(Optional.of(Stack.JRAFT))
                ? Optional.empty()
                : Optional.of("nothing is mirrored into legacy in phase " + upgrade.phase());
    }
}
