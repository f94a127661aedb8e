package dev.catamaran.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps there are, and what each needs. Up and down stand side by side. */
final class Ladder {

    private Ladder() {}

    /** The step up from {@code phase}, if there is one. */
    static Optional<Phase> up(Phase phase) {
        return switch (phase) {
            case LEGACY -> Optional.of(Phase.MIRRORING);
            case MIRRORING -> Optional.of(Phase.JRAFT);
            case JRAFT -> Optional.of(Phase.FINALIZED);
            case FENCED, FINALIZED -> Optional.empty();
        };
    }

    /** The step down from {@code phase}, if there is one. */
    static Optional<Phase> down(Phase phase) {
        return switch (phase) {
            case MIRRORING -> Optional.of(Phase.LEGACY);
            case JRAFT -> Optional.of(Phase.MIRRORING);
            case LEGACY, FENCED, FINALIZED -> Optional.empty();
        };
    }

    /** The first step on the way from {@code from} to {@code to}; empty if there is no way. */
    static Optional<Phase> firstStep(Phase from, Phase to) {
        if (to == Phase.FENCED || from == to) {
            return Optional.empty();
        }
        return to.compareTo(from) > 0 ? up(from) : down(from);
    }

    /**
     * The state after the step from {@code state} to {@code to}: behind a fence, if it switches.
     */
    static UpgradeState take(UpgradeState state, Phase to) {
        boolean mirrorOnly = state.phase() == Phase.LEGACY || to == Phase.LEGACY;
        return mirrorOnly ? state.movedTo(to) : state.fencedFor(to);
    }

    /** What stands in the way of the step to {@code to}; none means go. */
    static List<Reason> blockers(Situation situation, Phase to) {
        List<Reason> reasons = new ArrayList<>(needs(situation, to));
        return reasons.stream().map(reason -> reason.towards(to)).toList();
    }

    private static List<Reason> needs(Situation situation, Phase to) {
        Phase from = situation.state().phase();
        return switch (to) {
            case LEGACY, FENCED -> List.of();
            case MIRRORING -> from == Phase.LEGACY ? startOfMirror(situation) : wayDown(situation);
            case JRAFT, FINALIZED -> wayUp(situation);
        };
    }

    private static List<Reason> startOfMirror(Situation situation) {
        MemberGuards members = new MemberGuards(situation);
        List<Reason> reasons = new ArrayList<>(members.quorum());
        reasons.addAll(members.nobodyTooNew());
        return reasons;
    }

    private static List<Reason> wayDown(Situation situation) {
        List<Reason> reasons = new ArrayList<>(new MemberGuards(situation).quorum());
        reasons.addAll(new MirrorGuards(situation).readyForFence());
        return reasons;
    }

    private static List<Reason> wayUp(Situation situation) {
        List<Reason> reasons = new ArrayList<>(new MemberGuards(situation).everyoneReady());
        reasons.addAll(new MirrorGuards(situation).readyForFence());
        return reasons;
    }
}
