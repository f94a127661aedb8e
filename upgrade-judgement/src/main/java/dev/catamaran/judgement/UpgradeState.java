package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The only copy of "how far along are we". It changes by entries of the transition group alone; the
 * epoch fences everything that was said under an earlier phase.
 *
 * @param phase where the cluster is
 * @param epoch counts phase changes; 0 is LEGACY as it was before anybody decided anything
 * @param fence the switch under way; present exactly in {@link Phase#FENCED}
 * @param held whether an operator's hold stops every move
 * @param holdReason what the operator said when holding; empty when not held
 */
public record UpgradeState(
        Phase phase, long epoch, Optional<Fence> fence, boolean held, String holdReason) {

    public static final UpgradeState START =
            new UpgradeState(Phase.LEGACY, 0, Optional.empty(), false, "");

    public UpgradeState {
        requireNonNull(phase, "phase is null");
        requireNonNull(fence, "fence is null");
        requireNonNull(holdReason, "holdReason is null");
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch is negative: " + epoch);
        }
        if ((phase == Phase.FENCED) != fence.isPresent()) {
            throw new IllegalArgumentException("a fence belongs to FENCED, phase is " + phase);
        }
    }

    /** The next state after a move that needs no fence. */
    public UpgradeState movedTo(Phase to) {
        return new UpgradeState(to, epoch + 1, Optional.empty(), held, holdReason);
    }

    /** The next state with a fence up for a switch. */
    public UpgradeState fencedFor(Phase to) {
        return new UpgradeState(
                Phase.FENCED, epoch + 1, Optional.of(new Fence(phase, to)), held, holdReason);
    }

    /** The same phase and epoch with an operator's hold. */
    public UpgradeState held(String reason) {
        return new UpgradeState(phase, epoch, fence, true, reason);
    }

    /** The same phase and epoch without a hold. */
    public UpgradeState released() {
        return new UpgradeState(phase, epoch, fence, false, "");
    }

    /** The stack that answers writes; none while fenced. */
    public Optional<Stack> primary() {
        return switch (phase) {
            case LEGACY, MIRRORING -> Optional.of(Stack.LEGACY);
            case FENCED -> Optional.empty();
            case JRAFT, FINALIZED -> Optional.of(Stack.JRAFT);
        };
    }

    /** The stack the mirror copies from; none when nothing is mirrored. */
    public Optional<Stack> mirrorSource() {
        return switch (phase) {
            case LEGACY, FINALIZED -> Optional.empty();
            case MIRRORING -> Optional.of(Stack.LEGACY);
            case JRAFT -> Optional.of(Stack.JRAFT);
            case FENCED -> fence.map(Fence::from).map(UpgradeState::primaryOf);
        };
    }

    /** The stack reads are answered from: the primary, or while fenced the one that was. */
    public Stack readable() {
        return primary().or(this::mirrorSource).orElse(Stack.LEGACY);
    }

    private static Stack primaryOf(Phase phase) {
        return phase == Phase.MIRRORING ? Stack.LEGACY : Stack.JRAFT;
    }
}
