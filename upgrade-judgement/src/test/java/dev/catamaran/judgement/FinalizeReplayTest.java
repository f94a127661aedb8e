package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code doubleWriteEnabled=false} of real 2.0 servers against FINALIZED of this judge (spec:
 * upgrade-machinery 10 and 14 C).
 */
class FinalizeReplayTest {

    private static final long EPOCH = 7;

    /**
     * D34: closing the double write removes every 1.x record through the raft that a 1.4 node still
     * follows: it applies the removals and destroys its services, ephemeral instances included. No
     * guard asks whether a 1.x member is there.
     */
    @Test
    void d34NoFinalizeBesideAServerOf1x() {
        for (MemberEvidence old :
                List.of(Scene.real(Scene.C, "1.4.2"), Scene.real(Scene.D, "1.4.2"))) {
            Decision decision = Scene.in(Phase.JRAFT).with(old).moveTo(Phase.FINALIZED);

            assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(decision.because().get(0).member()).contains(old.address());
        }
    }

    /**
     * D35: closing it when not ready forces 2.x with whatever it holds, node by node within 5 s.
     */
    @Test
    void d35NoFinalizeWithStacksThatDifferOrFromAnEarlierPhase() {
        assertThat(
                        Scene.in(Phase.JRAFT)
                                .with(Scene.mirror(EPOCH, 0, 0, "one", "other"))
                                .moveTo(Phase.FINALIZED)
                                .verdict())
                .isEqualTo(Verdict.REFUSED);
        for (Phase early : List.of(Phase.LEGACY, Phase.MIRRORING, Phase.FENCED)) {
            assertThat(Scene.in(early).moveTo(Phase.FINALIZED).verdict())
                    .as("%s", early)
                    .isEqualTo(Verdict.REFUSED);
        }
    }

    /** A real node stops at once; a repeated order, or one after a restart, does nothing more. */
    @Test
    void d35FinalizingTwiceIsFinalizingOnce() {
        Scene scene = Scene.in(Phase.JRAFT);
        scene.moveTo(Phase.FINALIZED);
        assertThat(rules(scene.moveTo(Phase.FINALIZED).because()))
                .containsExactly(Rule.SWITCH_UNDER_WAY);
        scene.report(FenceEvidence.complete(EPOCH + 1));
        UpgradeState done = scene.state;
        scene.memory = JudgeMemory.EMPTY;

        assertThat(rules(scene.moveTo(Phase.FINALIZED).because()))
                .containsExactly(Rule.ALREADY_THERE);
        assertThat(scene.state).isEqualTo(done);
    }
}
