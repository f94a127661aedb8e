package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeMemory.FellBack;
import dev.catamaran.judgement.JudgeMemory.FenceSince;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a fence: it goes through only if everything is sealed, drained and equal under
 * its own epoch, and falls back in every other case within its time limit. It never stays up,
 * because writes wait for it.
 */
final class FenceJudge {

    private FenceJudge() {}

    /** The memory with the moment the fence of {@code state} was first seen, and of no other. */
    static JudgeMemory remember(JudgeMemory memory, UpgradeState state, long nowMs) {
        Optional<FenceSince> known =
                memory.fenceSince()
                        .filter(seen -> seen.epoch() == state.epoch() && seen.sinceMs() <= nowMs);
        if (state.phase() != Phase.FENCED) {
            return memory.fenceSince().isEmpty() ? memory : memory.withoutFence();
        }
        return known.isPresent() ? memory : memory.withFence(state.epoch(), nowMs);
    }

    /** Members were looked at while a fence is up. */
    static Decision onObserved(Situation situation, long nowMs) {
        UpgradeState state = situation.state();
        Fence fence = state.fence().orElseThrow();
        if (state.held()) {
            return fallBack(situation.memory(), state, Explanation.held(situation), nowMs);
        }
        if (fence.to() != Phase.MIRRORING) {
            List<Reason> real = new MemberGuards(situation).realServers();
            if (!real.isEmpty()) {
                return fallBack(situation.memory(), state, real.get(0), nowMs);
            }
        }
        return waitOrTimeOut(situation.memory(), state, situation.settings(), nowMs);
    }

    /** The work behind a fence was reported on. */
    static Decision onReported(
            JudgeMemory memory,
            UpgradeState state,
            JudgeSettings settings,
            UpgradeEvent.FenceReported reported) {
        FenceEvidence evidence = reported.evidence();
        if (state.phase() != Phase.FENCED || evidence.epoch() != state.epoch()) {
            return Decision.stay(state, memory, List.of(stale(state, evidence)));
        }
        if (state.held()) {
            Reason held = Explanation.held(state, Command.ANY_MEMBER);
            return fallBack(memory, state, held, reported.nowMs());
        }
        if (evidence.problem().isPresent()) {
            return fallBack(memory, state, problem(evidence.problem().get()), reported.nowMs());
        }
        boolean settled = evidence.sealed() && evidence.drained();
        if (settled && evidence.digestsEqual().equals(Optional.of(true))) {
            return goThrough(memory, state, settings);
        }
        if (settled && evidence.digestsEqual().equals(Optional.of(false))) {
            return fallBack(memory, state, differ(), reported.nowMs());
        }
        return waitOrTimeOut(memory, state, settings, reported.nowMs());
    }

    /** The fence comes down backwards: the phase before it, with an epoch of its own. */
    static Decision fallBack(JudgeMemory memory, UpgradeState state, Reason reason, long nowMs) {
        Fence fence = state.fence().orElseThrow();
        FellBack last = new FellBack(state.epoch(), fence.to(), nowMs, reason);
        return Decision.change(
                state,
                state.movedTo(fence.from()),
                memory.withFellBack(last),
                List.of(reason.towards(fence.to())));
    }

    /** A switch that is under way and needs nothing but time. */
    static Decision waitFor(JudgeMemory memory, UpgradeState state, Reason reason) {
        return Decision.stay(
                state,
                memory,
                List.of(reason),
                new Effect.SealAndDrain(state.epoch(), state.readable()));
    }

    private static Decision waitOrTimeOut(
            JudgeMemory memory, UpgradeState state, JudgeSettings settings, long nowMs) {
        long sinceMs = memory.fenceSince().map(FenceSince::sinceMs).orElse(nowMs);
        if (nowMs - sinceMs >= settings.fenceLimitMs()) {
            Reason reason =
                    Reason.of(
                                    Rule.FENCE_TIMEOUT,
                                    "the fence was up for "
                                            + (nowMs - sinceMs)
                                            + " ms, at most "
                                            + settings.fenceLimitMs()
                                            + " ms are allowed",
                                    "find out what was slow, then order the move again",
                                    Command.explain(Command.ANY_MEMBER))
                            .since(sinceMs);
            return fallBack(memory, state, reason, nowMs);
        }
        return waitFor(memory, state, Explanation.underWay(state, memory, Command.ANY_MEMBER));
    }

    /**
     * The switch. After a way down the policy AUTO would go up again at once; that needs an
     * operator's word.
     */
    private static Decision goThrough(
            JudgeMemory memory, UpgradeState state, JudgeSettings settings) {
        Fence fence = state.fence().orElseThrow();
        boolean wouldBounce =
                fence.to() == Phase.MIRRORING && settings.upgradePolicy() == UpgradePolicy.AUTO;
        UpgradeState moved = state.movedTo(fence.to());
        UpgradeState next = wouldBounce ? moved.held(OrderJudge.BOUNCE) : moved;
        Reason reason =
                Reason.of(
                                Rule.SWITCH_COMPLETE,
                                "sealed, drained and equal: "
                                        + fence.from()
                                        + " has become "
                                        + fence.to(),
                                "",
                                "")
                        .towards(fence.to());
        return Decision.change(state, next, memory.switched(), List.of(reason));
    }

    private static Reason stale(UpgradeState state, FenceEvidence evidence) {
        return Reason.of(
                Rule.STALE_EPOCH,
                "a report on the fence of epoch "
                        + evidence.epoch()
                        + " came in "
                        + state.phase()
                        + " at epoch "
                        + state.epoch(),
                "nothing to do: it is dropped",
                "");
    }

    private static Reason problem(String text) {
        return Reason.of(
                Rule.FENCE_PROBLEM,
                text,
                "repair it, then order the move again",
                Command.explain(Command.ANY_MEMBER));
    }

    private static Reason differ() {
        return Reason.of(
                Rule.DIGESTS_DIFFER,
                "everything was drained and the two stacks still differ",
                "look at the records that differ; a full pass repairs them; then order again",
                Command.diff(Command.ANY_MEMBER));
    }
}
