package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;

/**
 * What the transition group holds: the state of the upgrade and what every member needs to act on
 * it.
 *
 * @param clusterId random id given when the group decided its first entry; empty before
 * @param revision counts entries; an entry is applied only if it names the revision before it
 * @param upgrade phase, epoch, fence, hold
 * @param readFrom positions of the primary at the switch that led here: a member answers reads from
 *     the new primary only when its copy has come that far
 * @param digest digest of both stacks at the last completed switch; empty before the first
 * @param because one line: why the last entry was made, and on whose word
 */
public record TransitionState(
        String clusterId,
        long revision,
        UpgradeState upgrade,
        StackPosition readFrom,
        String digest,
        String because) {

    public static final TransitionState START =
            new TransitionState("", 0, UpgradeState.START, StackPosition.NONE, "", "");

    public TransitionState {
        requireNonNull(clusterId, "clusterId is null");
        requireNonNull(upgrade, "upgrade is null");
        requireNonNull(readFrom, "readFrom is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(because, "because is null");
    }
}
