package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole clusters round the real judge, by seed; what must hold is checked after each step. */
class SimulationTest {

    private static final int SEEDS = 600;
    private static final int ACTIONS = 900;

    @Test
    void noAcknowledgedWriteIsLostOnAnyWayAcrossTheLadder() {
        Set<Phase> reached = EnumSet.noneOf(Phase.class);
        Set<Trace.Label> seen = EnumSet.noneOf(Trace.Label.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedLadder ladder = new SimulatedLadder(seed);
            Trace trace = ladder.run(ACTIONS);
            ladder.states.values().forEach(state -> reached.add(state.phase()));
            trace.steps().forEach(step -> seen.add(step.label()));
        }
        assertThat(reached).containsExactlyInAnyOrder(Phase.values());
        assertThat(seen)
                .as("the simulation does everything there is")
                .containsExactlyInAnyOrder(Trace.Label.values());
    }

    @Test
    void aSeedGivesTheSameTraceAgain() {
        assertThat(new SimulatedLadder(7).run(ACTIONS))
                .isEqualTo(new SimulatedLadder(7).run(ACTIONS));
    }
}
