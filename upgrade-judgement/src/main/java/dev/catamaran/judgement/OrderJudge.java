package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of an operator's order. */
final class OrderJudge {

    /** The hold that keeps the policy AUTO from undoing a way down. */
    static final String BOUNCE = "went down; release it to let it go up by itself again";

    private OrderJudge() {}

    static Decision onOrdered(Situation situation, Order order, long nowMs) {
        if (order instanceof Order.MoveTo move) {
            Decision decision = moveTo(situation, move, nowMs);
            return move.dryRun()
                    ? Decision.dry(situation.state(), situation.memory(), decision)
                    : decision;
        }
        if (order instanceof Order.Hold hold) {
            return hold(situation, hold, nowMs);
        }
        if (order instanceof Order.Release release) {
            return release(situation, release);
        }
        throw new AssertionError("no rule for " + order);
    }

    private static Decision moveTo(Situation situation, Order.MoveTo move, long nowMs) {
        UpgradeState state = situation.state();
        if (state.phase() == Phase.FENCED) {
            return moveWhileFenced(situation, move, nowMs);
        }
        if (state.phase() == move.to()) {
            return Decision.stay(state, situation.memory(), List.of(alreadyThere(state)));
        }
        if (state.phase() == Phase.FINALIZED) {
            return refuse(situation, Explanation.isFinal());
        }
        Optional<Phase> step = Ladder.firstStep(state.phase(), move.to());
        if (!step.equals(Optional.of(move.to()))) {
            return refuse(situation, noSuchStep(situation, move.to(), step));
        }
        List<Reason> blockers = new ArrayList<>();
        if (state.held()) {
            blockers.add(Explanation.held(situation));
        }
        policy(situation, move).ifPresent(blockers::add);
        blockers.addAll(Ladder.blockers(situation, move.to()));
        confirm(situation, move).ifPresent(blockers::add);
        if (!blockers.isEmpty()) {
            return Decision.refuse(state, situation.memory(), blockers);
        }
        UpgradeState taken = Ladder.take(state, move.to());
        boolean wouldBounce =
                taken.phase() == Phase.LEGACY
                        && situation.settings().upgradePolicy() == UpgradePolicy.AUTO;
        UpgradeState next = wouldBounce ? taken.held(BOUNCE) : taken;
        List<Reason> because = new ArrayList<>(List.of(ordered(move)));
        if (move.to() == Phase.FINALIZED) {
            because.addAll(new MirrorGuards(situation).losses());
        }
        return Decision.change(
                state, next, FenceJudge.remember(situation.memory(), next, nowMs), because);
    }

    /** While a switch is under way only one order is followed: the one that gives it up. */
    private static Decision moveWhileFenced(Situation situation, Order.MoveTo move, long nowMs) {
        UpgradeState state = situation.state();
        Fence fence = state.fence().orElseThrow();
        if (move.to() == fence.from()) {
            return FenceJudge.fallBack(situation.memory(), state, ordered(move), nowMs);
        }
        Reason underWay = Explanation.underWay(state, situation.memory(), situation.self());
        if (move.to() == fence.to()) {
            return FenceJudge.waitFor(situation.memory(), state, underWay);
        }
        return refuse(situation, underWay);
    }

    private static Optional<Reason> policy(Situation situation, Order.MoveTo move) {
        boolean down = situation.state().phase() == Phase.JRAFT && move.to() == Phase.MIRRORING;
        if (!down || situation.settings().downgradePolicy() != DowngradePolicy.NEVER) {
            return Optional.empty();
        }
        return Optional.of(Explanation.neverDown());
    }

    private static Optional<Reason> confirm(Situation situation, Order.MoveTo move) {
        if (move.to() != Phase.FINALIZED || move.confirm() || move.dryRun()) {
            return Optional.empty();
        }
        return Optional.of(Explanation.confirmNeeded(situation));
    }

    /** A hold never leaves a fence standing: writes wait for it. */
    private static Decision hold(Situation situation, Order.Hold hold, long nowMs) {
        UpgradeState state = situation.state();
        if (state.phase() == Phase.FINALIZED) {
            return refuse(situation, Explanation.isFinal());
        }
        if (state.held()) {
            return Decision.stay(state, situation.memory(), List.of(Explanation.held(situation)));
        }
        UpgradeState held = state.held(hold.reason() + " (by " + name(hold.by()) + ")");
        Reason reason = Explanation.held(held, situation.self());
        if (state.phase() != Phase.FENCED) {
            return Decision.change(state, held, situation.memory(), List.of(reason));
        }
        Decision back = FenceJudge.fallBack(situation.memory(), state, reason, nowMs);
        return Decision.change(
                state, back.next().held(held.holdReason()), back.memory(), back.because());
    }

    private static Decision release(Situation situation, Order.Release release) {
        UpgradeState state = situation.state();
        if (!state.held()) {
            Reason reason = Reason.of(Rule.NOT_HELD, "nothing is held", "nothing to do", "");
            return Decision.stay(state, situation.memory(), List.of(reason));
        }
        Reason reason =
                Reason.of(
                        Rule.ORDERED,
                        "the hold was lifted by " + release.by(),
                        "nothing to do",
                        "");
        return Decision.change(state, state.released(), situation.memory(), List.of(reason));
    }

    private static String name(String by) {
        return by.isBlank() ? "somebody who gave no name" : by;
    }

    private static Decision refuse(Situation situation, Reason reason) {
        return Decision.refuse(situation.state(), situation.memory(), List.of(reason));
    }

    private static Reason ordered(Order.MoveTo move) {
        return Reason.of(
                        Rule.ORDERED,
                        move.to()
                                + " was ordered by "
                                + name(move.by())
                                + (move.reason().isBlank() ? "" : ": " + move.reason()),
                        "",
                        "")
                .towards(move.to());
    }

    private static Reason alreadyThere(UpgradeState state) {
        return Reason.of(
                Rule.ALREADY_THERE,
                "the cluster is in " + state.phase() + " at epoch " + state.epoch(),
                "nothing to do",
                "");
    }

    private static Reason noSuchStep(Situation situation, Phase to, Optional<Phase> first) {
        Phase from = situation.state().phase();
        if (first.isEmpty()) {
            return Reason.of(
                            Rule.NO_SUCH_STEP,
                            "nobody can order " + to + ": a switch passes through it",
                            "order the phase the switch shall lead to",
                            Command.explain(situation.self()))
                    .towards(to);
        }
        return Reason.of(
                        Rule.NO_SUCH_STEP,
                        "no step leads from " + from + " to " + to,
                        "go to " + first.get() + " first",
                        Command.moveTo(situation.self(), first.get()))
                .towards(to);
    }
}
