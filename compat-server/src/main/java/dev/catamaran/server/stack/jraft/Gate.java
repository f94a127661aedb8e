package dev.catamaran.server.stack.jraft;

import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.transition.TransitionView;
import java.util.Optional;

/** Decides whether the leader of a JRaft group may take a write now. Pure. */
final class Gate {

    private Gate() {}

    /**
     * Why not; empty when it may.
     *
     * @param view what the leader's member acts on
     * @param origin who sent the write; empty for a real peer
     * @param sealedBelow epochs below this are over: what their clients and mirrors still send is
     *     stale
     */
    static Optional<String> refusal(
            TransitionView view, Optional<WriteOrigin> origin, long sealedBelow) {
        UpgradeState upgrade = view.upgrade();
        if (!view.mayWrite()) {
            return Optional.of("this leader has not confirmed the epoch since it started");
        }
        if (upgrade.epoch() < sealedBelow) {
            return Optional.of("sealed for epoch " + sealedBelow);
        }
        if (origin.isEmpty()) {
            return fromClient(upgrade);
        }
        WriteOrigin sender = origin.get();
        if (sender.epoch() != upgrade.epoch()) {
            return Optional.of(
                    "sent in epoch " + sender.epoch() + ", the leader is in " + upgrade.epoch());
        }
        return switch (sender.kind()) {
            case CLIENT -> fromClient(upgrade);
            case MIRROR -> fromMirror(upgrade);
        };
    }

    private static Optional<String> fromClient(UpgradeState upgrade) {
        return upgrade.primary().equals(Optional.of(Stack.JRAFT))
                ? Optional.empty()
                : Optional.of("jraft is not the primary in phase " + upgrade.phase());
    }

    private static Optional<String> fromMirror(UpgradeState upgrade) {
        return upgrade.mirrorSource().equals(Optional.of(Stack.LEGACY))
                ? Optional.empty()
                : Optional.of("nothing is mirrored into jraft in phase " + upgrade.phase());
    }
}
