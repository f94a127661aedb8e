package dev.catamaran.tool.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalPlanTest {

    private static final List<Step> STEPS = RehearsalPlan.full();

    @Test
    void climbsTheWholeLadderWithOneStepBack() {
        List<Phase> phases = new ArrayList<>(List.of(Phase.LEGACY));
        for (Step step : STEPS) {
            if (step instanceof Step.Move move) {
                phases.add(move.to());
            }
        }
        assertThat(phases)
                .containsExactly(
                        Phase.LEGACY,
                        Phase.MIRRORING,
                        Phase.JRAFT,
                        Phase.MIRRORING,
                        Phase.JRAFT,
                        Phase.FINALIZED);
    }

    @Test
    void killsAMemberInEveryPhaseAndTheLeadersThatWerePromised() {
        Map<Phase, Integer> kills = new EnumMap<>(Phase.class);
        Map<Phase, Integer> leaderKills = new EnumMap<>(Phase.class);
        Phase phase = Phase.LEGACY;
        int duringSwitch = 0;
        for (Step step : STEPS) {
            if (step instanceof Step.Move move) {
                phase = move.to();
                duringSwitch += move.killLeader() && move.isSwitch() ? 1 : 0;
            } else if (step instanceof Step.KillMember kill) {
                kills.merge(phase, 1, Integer::sum);
                if (kill.victim() == Step.Victim.PRIMARY_LEADER) {
                    leaderKills.merge(phase, 1, Integer::sum);
                }
            }
        }
        assertThat(kills.keySet())
                .containsExactly(Phase.LEGACY, Phase.MIRRORING, Phase.JRAFT, Phase.FINALIZED);
        assertThat(leaderKills).containsExactly(Map.entry(Phase.MIRRORING, 1));
        assertThat(duringSwitch).isEqualTo(1);
    }

    @Test
    void judgesEveryPhaseAndEndsWithTheLastJudgement() {
        assertThat(STEPS.get(STEPS.size() - 1)).isEqualTo(new Step.Checkpoint(true));
        assertThat(STEPS.stream().filter(Step.Checkpoint.class::isInstance)).hasSize(6);
        assertThat(STEPS.stream().filter(new Step.Checkpoint(true)::equals)).hasSize(1);
    }
}
