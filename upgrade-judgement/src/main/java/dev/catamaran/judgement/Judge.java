package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the cluster may do now. No clock, no I/O, no thread: the same arguments give the
 * same decision, always, and what a decision has done is not done again when it is asked twice.
 *
 * <p>Only the leader of the transition group asks, from one thread, and hands in what the group
 * holds. A decision counts when its {@link Effect.Commit} is through.
 */
public final class Judge {

    private Judge() {}

    /** The decision on {@code event} in {@code state}. */
    public static Decision step(
            JudgeMemory memory, UpgradeState state, JudgeSettings settings, UpgradeEvent event) {
        requireNonNull(memory, "memory is null");
        requireNonNull(state, "state is null");
        requireNonNull(settings, "settings is null");
        JudgeMemory now = FenceJudge.remember(memory, state, event.nowMs());
        if (event instanceof UpgradeEvent.Observed observed) {
            JudgeMemory seen = Dwell.look(now, event.nowMs(), observed.cluster(), settings);
            Decision decision =
                    onObserved(
                            new Situation(
                                    state, seen, settings, observed.cluster(), observed.mirror()),
                            event.nowMs());
            return decision.remembering(
                    Since.look(decision.memory(), event.nowMs(), decision.because()));
        }
        if (event instanceof UpgradeEvent.Ordered ordered) {
            JudgeMemory seen = Dwell.look(now, event.nowMs(), ordered.cluster(), settings);
            Decision decision =
                    OrderJudge.onOrdered(
                            new Situation(
                                    state, seen, settings, ordered.cluster(), ordered.mirror()),
                            ordered.order(),
                            event.nowMs());
            return decision.remembering(decision.memory());
        }
        if (event instanceof UpgradeEvent.FenceReported reported) {
            return FenceJudge.onReported(now, state, settings, reported);
        }
        throw new AssertionError("no rule for " + event);
    }

    /**
     * What holds the cluster where it is: why it does not take the next step up, and what is true
     * of the way down. Never empty.
     */
    public static List<Reason> explain(
            UpgradeState state,
            JudgeMemory memory,
            JudgeSettings settings,
            ClusterView cluster,
            MirrorEvidence mirror) {
        return Explanation.of(new Situation(state, memory, settings, cluster, mirror));
    }

    private static Decision onObserved(Situation situation, long nowMs) {
        UpgradeState state = situation.state();
        if (state.phase() == Phase.FENCED) {
            return FenceJudge.onObserved(situation, nowMs);
        }
        Optional<Phase> step = automaticStep(situation);
        if (state.held() || step.isEmpty() || resting(situation, nowMs)) {
            return Decision.stay(state, situation.memory(), Explanation.of(situation));
        }
        Phase to = step.get();
        if (!Ladder.blockers(situation, to).isEmpty()) {
            return Decision.stay(state, situation.memory(), Explanation.of(situation));
        }
        UpgradeState next = Ladder.take(state, to);
        Reason reason =
                Reason.of(
                                Rule.AUTOMATIC,
                                "nothing stands in the way of " + to + why(situation, to),
                                "to stop such moves, hold the cluster",
                                Command.hold(situation.self()))
                        .towards(to);
        return Decision.change(
                state, next, FenceJudge.remember(situation.memory(), next, nowMs), List.of(reason));
    }

    /** The step that a policy wants taken, blocked or not. */
    private static Optional<Phase> automaticStep(Situation situation) {
        JudgeSettings settings = situation.settings();
        return switch (situation.state().phase()) {
            case LEGACY, MIRRORING ->
                    settings.upgradePolicy() == UpgradePolicy.AUTO
                            ? Ladder.up(situation.state().phase())
                            : Optional.empty();
            case JRAFT ->
                    settings.downgradePolicy() == DowngradePolicy.AUTO
                                    && !new MemberGuards(situation).provedOld().isEmpty()
                            ? Optional.of(Phase.MIRRORING)
                            : Optional.empty();
            case FENCED, FINALIZED -> Optional.empty();
        };
    }

    private static String why(Situation situation, Phase to) {
        if (situation.state().phase() != Phase.JRAFT) {
            return "";
        }
        List<String> old =
                new MemberGuards(situation)
                        .provedOld().stream().map(r -> r.member().orElse("?")).toList();
        return ", and proved old: " + String.join(", ", old) + " (" + to + ")";
    }

    /** Whether automatic moves rest because a fence fell back not long ago. */
    private static boolean resting(Situation situation, long nowMs) {
        long pauseMs = situation.settings().pauseAfterFallBackMs();
        return situation
                .memory()
                .fellBack()
                .filter(last -> nowMs - last.atMs() < pauseMs)
                .isPresent();
    }
}
