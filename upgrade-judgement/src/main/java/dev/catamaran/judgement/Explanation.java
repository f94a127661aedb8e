package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeMemory.FellBack;
import dev.catamaran.judgement.JudgeMemory.FenceSince;
import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What holds a cluster where it is. */
final class Explanation {

    private Explanation() {}

    /** Never empty: hold, last failure, real servers that matter, the way up, the way down. */
    static List<Reason> of(Situation situation) {
        UpgradeState state = situation.state();
        List<Reason> reasons = new ArrayList<>();
        if (state.held()) {
            reasons.add(held(situation));
        }
        fellBack(situation).ifPresent(reasons::add);
        switch (state.phase()) {
            case LEGACY, MIRRORING -> {
                reasons.addAll(wayUp(situation));
                reasons.addAll(wayDown(situation));
            }
            case JRAFT -> {
                reasons.addAll(new MemberGuards(situation).realServers());
                reasons.addAll(wayUp(situation));
                reasons.addAll(wayDown(situation));
            }
            case FENCED -> reasons.add(underWay(state, situation.memory(), situation.self()));
            case FINALIZED -> {
                reasons.add(isFinal());
                reasons.addAll(new MemberGuards(situation).oldServers());
            }
        }
        return Since.stamp(situation.memory(), reasons);
    }

    static Reason held(Situation situation) {
        return held(situation.state(), situation.self());
    }

    static Reason held(UpgradeState state, String member) {
        return Reason.of(
                Rule.HELD,
                "held: " + state.holdReason(),
                "release the hold",
                Command.release(member));
    }

    static Reason isFinal() {
        return Reason.of(
                Rule.FINALIZED_IS_FINAL,
                "the cluster is finalized",
                "nothing leads away from here; a backup of the 1.x data is in the archive",
                "");
    }

    static Reason neverDown() {
        return Reason.of(
                        Rule.DOWNGRADE_POLICY,
                        "the policy for going down is never",
                        "set the policy to operator or auto and restart the members",
                        "")
                .towards(Phase.MIRRORING);
    }

    static Reason confirmNeeded(Situation situation) {
        return Reason.of(
                        Rule.CONFIRM_NEEDED,
                        "after FINALIZED there is no way back",
                        "say that you know, with confirm",
                        Command.moveTo(situation.self(), Phase.FINALIZED))
                .towards(Phase.FINALIZED);
    }

    static Reason underWay(UpgradeState state, JudgeMemory memory, String member) {
        Fence fence = state.fence().orElseThrow();
        Reason reason =
                Reason.of(
                                Rule.SWITCH_UNDER_WAY,
                                "a switch from " + fence.from() + " to " + fence.to() + " runs",
                                "wait; it ends by itself. To give it up, order " + fence.from(),
                                Command.moveTo(member, fence.from()))
                        .towards(fence.to());
        Optional<FenceSince> since =
                memory.fenceSince().filter(seen -> seen.epoch() == state.epoch());
        return since.isPresent() ? reason.since(since.get().sinceMs()) : reason;
    }

    /** The fence that led here backwards, while nothing has moved since. */
    private static Optional<Reason> fellBack(Situation situation) {
        return situation
                .memory()
                .fellBack()
                .filter(last -> last.epoch() + 1 == situation.state().epoch())
                .filter(last -> last.to() != situation.state().phase())
                .map(last -> fellBack(situation, last));
    }

    private static Reason fellBack(Situation situation, FellBack last) {
        return Reason.of(
                        Rule.FELL_BACK,
                        "the last switch to "
                                + last.to()
                                + " fell back: "
                                + last.reason().rule().id()
                                + ", "
                                + last.reason().evidence(),
                        last.reason().change(),
                        Command.explain(situation.self()))
                .towards(last.to())
                .since(last.atMs());
    }

    private static List<Reason> wayUp(Situation situation) {
        Phase to = Ladder.up(situation.state().phase()).orElseThrow();
        List<Reason> blockers = Ladder.blockers(situation, to);
        if (to == Phase.FINALIZED) {
            List<Reason> reasons = new ArrayList<>(blockers);
            reasons.addAll(new MirrorGuards(situation).losses());
            reasons.add(confirmNeeded(situation));
            return reasons;
        }
        return blockers.isEmpty() ? List.of(open(situation, to)) : blockers;
    }

    private static List<Reason> wayDown(Situation situation) {
        Optional<Phase> to = Ladder.down(situation.state().phase());
        if (to.isEmpty()) {
            return List.of();
        }
        boolean never = situation.settings().downgradePolicy() == DowngradePolicy.NEVER;
        if (to.get() == Phase.MIRRORING && never) {
            return List.of(neverDown());
        }
        List<Reason> blockers = Ladder.blockers(situation, to.get());
        return blockers.isEmpty() ? List.of(orderNeeded(situation, to.get())) : blockers;
    }

    private static Reason open(Situation situation, Phase to) {
        if (situation.settings().upgradePolicy() == UpgradePolicy.OPERATOR) {
            return orderNeeded(situation, to);
        }
        return Reason.of(
                        Rule.AUTOMATIC,
                        "nothing stands in the way of " + to,
                        "wait: the next look takes the step, unless held or resting after a fence"
                                + " that fell back",
                        Command.status(situation.self()))
                .towards(to);
    }

    private static Reason orderNeeded(Situation situation, Phase to) {
        return Reason.of(
                        Rule.ORDER_NEEDED,
                        "nothing stands in the way of " + to,
                        "order it",
                        Command.moveTo(situation.self(), to))
                .towards(to);
    }
}
