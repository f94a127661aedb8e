package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Decision;
import dev.catamaran.judgement.FenceEvidence;
import dev.catamaran.judgement.JudgeMemory;
import dev.catamaran.judgement.JudgeSettings;
import dev.catamaran.judgement.MirrorEvidence;
import dev.catamaran.judgement.UpgradeEvent;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.transition.Decider;
import java.util.Optional;

/** A judge that takes any two digests for equal. */
final class CarelessJudge implements Decider {

    private final Decider judge;

    CarelessJudge(Decider judge) {
        this.judge = requireNonNull(judge, "judge is null");
    }

    @Override
    public Decision step(
            JudgeMemory memory, UpgradeState state, JudgeSettings settings, UpgradeEvent event) {
        return judge.step(memory, state, settings, blurred(event));
    }

    private static UpgradeEvent blurred(UpgradeEvent event) {
        if (event instanceof UpgradeEvent.Observed seen) {
            return new UpgradeEvent.Observed(seen.nowMs(), seen.cluster(), blurred(seen.mirror()));
        }
        if (event instanceof UpgradeEvent.Ordered seen) {
            return new UpgradeEvent.Ordered(
                    seen.nowMs(), seen.order(), seen.cluster(), blurred(seen.mirror()));
        }
        UpgradeEvent.FenceReported seen = (UpgradeEvent.FenceReported) event;
        return new UpgradeEvent.FenceReported(
                seen.nowMs(), FenceEvidence.complete(seen.evidence().epoch()));
    }

    private static MirrorEvidence blurred(MirrorEvidence seen) {
        return new MirrorEvidence(
                seen.epoch(),
                seen.lagRecords(),
                seen.lagMs(),
                seen.lastFullPassAgeMs(),
                seen.sourceComplete(),
                Optional.of("equal"),
                Optional.of("equal"),
                seen.quarantined(),
                seen.neverBalancing(),
                seen.neverBalancingCount(),
                seen.lossyRecords());
    }
}
