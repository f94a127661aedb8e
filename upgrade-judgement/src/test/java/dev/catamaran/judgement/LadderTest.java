package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LadderTest {

    @Test
    void goesAllTheWayUpByOrders() {
        Scene scene = Scene.in(Phase.LEGACY);

        Decision mirroring = scene.moveTo(Phase.MIRRORING);
        assertThat(mirroring.verdict()).isEqualTo(Verdict.MOVED);
        assertThat(mirroring.next()).isEqualTo(Scene.state(Phase.MIRRORING, 1));
        assertThat(mirroring.effects())
                .containsExactly(
                        new Effect.Commit(
                                UpgradeState.START,
                                mirroring.next(),
                                "ordered: MIRRORING was ordered by anna: planned"));

        Decision fenced = scene.allFine().moveTo(Phase.JRAFT);
        assertThat(fenced.next()).isEqualTo(mirroring.next().fencedFor(Phase.JRAFT));
        assertThat(fenced.effects()).contains(new Effect.SealAndDrain(2, Stack.LEGACY)).hasSize(2);

        Decision jraft = scene.report(FenceEvidence.complete(2));
        assertThat(jraft.next()).isEqualTo(Scene.state(Phase.JRAFT, 3));
        assertThat(rules(jraft.because())).containsExactly(Rule.SWITCH_COMPLETE);

        Decision fencedAgain = scene.allFine().moveTo(Phase.FINALIZED);
        assertThat(fencedAgain.effects()).contains(new Effect.SealAndDrain(4, Stack.JRAFT));
        assertThat(scene.report(FenceEvidence.complete(4)).next())
                .isEqualTo(Scene.state(Phase.FINALIZED, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "LEGACY,    JRAFT,     MIRRORING",
        "LEGACY,    FINALIZED, MIRRORING",
        "MIRRORING, FINALIZED, JRAFT",
        "JRAFT,     FINALIZED, FINALIZED",
        "JRAFT,     LEGACY,    MIRRORING",
        "MIRRORING, LEGACY,    LEGACY",
        "FINALIZED, LEGACY,    ''",
        "FENCED,    JRAFT,     ''"
    })
    void theFirstStepGoesOneRungTowardsTheEnd(Phase from, Phase to, String step) {
        assertThat(Ladder.firstStep(from, to).map(Phase::name).orElse("")).isEqualTo(step);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void noStepLeadsToWhereItIsNorToAFence(Phase from) {
        assertThat(Ladder.firstStep(from, from)).isEmpty();
        assertThat(Ladder.firstStep(from, Phase.FENCED)).isEmpty();
    }

    @Test
    void goesAllTheWayDownByOrders() {
        Scene scene = Scene.in(Phase.JRAFT);

        assertThat(scene.moveTo(Phase.MIRRORING).next())
                .isEqualTo(Scene.state(Phase.JRAFT, 7).fencedFor(Phase.MIRRORING));
        assertThat(scene.report(FenceEvidence.complete(8)).next())
                .isEqualTo(Scene.state(Phase.MIRRORING, 9));
        assertThat(scene.moveTo(Phase.LEGACY).next()).isEqualTo(Scene.state(Phase.LEGACY, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "LEGACY,JRAFT,MIRRORING",
        "LEGACY,FINALIZED,MIRRORING",
        "MIRRORING,FINALIZED,JRAFT",
        "JRAFT,LEGACY,MIRRORING"
    })
    void noStepIsLeftOut(Phase from, Phase to, Phase first) {
        Decision decision = Scene.in(from).moveTo(to);

        assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(rules(decision.because())).containsExactly(Rule.NO_SUCH_STEP);
        assertThat(decision.because().get(0).command())
                .contains("\"to\":\"" + first + "\"")
                .contains(Scene.A);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void nobodyCanOrderAFence(Phase from) {
        Scene scene = Scene.in(from);
        Decision decision = scene.moveTo(Phase.FENCED);

        assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(value = Phase.class, names = "FENCED", mode = EnumSource.Mode.EXCLUDE)
    void whoIsThereAlreadyStays(Phase phase) {
        Decision decision = Scene.in(phase).moveTo(phase);

        assertThat(decision.verdict()).isEqualTo(Verdict.STAYED);
        assertThat(rules(decision.because())).containsExactly(Rule.ALREADY_THERE);
    }

    @ParameterizedTest
    @EnumSource(value = Phase.class, names = "FINALIZED", mode = EnumSource.Mode.EXCLUDE)
    void nothingLeadsOutOfFinalized(Phase to) {
        Scene scene = Scene.in(Phase.FINALIZED);

        assertThat(rules(scene.moveTo(to).because())).containsExactly(Rule.FINALIZED_IS_FINAL);
        assertThat(scene.order(new Order.Hold("wait", "anna")).verdict())
                .isEqualTo(Verdict.REFUSED);
        assertThat(scene.observe().verdict()).isEqualTo(Verdict.STAYED);
    }

    @Test
    void finalizeNeedsToBeConfirmed() {
        Order unconfirmed = new Order.MoveTo(Phase.FINALIZED, false, false, "done", "anna");
        Decision decision = Scene.in(Phase.JRAFT).order(unconfirmed);

        assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(rules(decision.because())).containsExactly(Rule.CONFIRM_NEEDED);
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() {
        Scene scene = Scene.in(Phase.JRAFT);
        Decision decision =
                scene.order(new Order.MoveTo(Phase.FINALIZED, true, false, "try", "anna"));

        assertThat(decision.verdict()).isEqualTo(Verdict.WOULD_MOVE);
        assertThat(decision.next()).isEqualTo(Scene.state(Phase.JRAFT, 7));
        assertThat(decision.effects()).isEmpty();

        scene.with(Scene.mirror(7, 0, 0, "d1", "d2"));
        Decision refused =
                scene.order(new Order.MoveTo(Phase.FINALIZED, true, false, "try", "anna"));
        assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(rules(refused.because())).containsExactly(Rule.DIGESTS_DIFFER);
    }

    @Test
    void aDryRunOfGivingUpASwitchKeepsTheFence() {
        Scene scene = Scene.in(Phase.FENCED);
        JudgeMemory before = scene.observe().memory();
        Decision decision =
                scene.order(new Order.MoveTo(Phase.MIRRORING, true, false, "try", "anna"));

        assertThat(decision.verdict()).isEqualTo(Verdict.WOULD_MOVE);
        assertThat(decision.memory()).isEqualTo(before);
    }

    @Test
    void everyStepUpHasItsStepDown() {
        for (Phase phase : EnumSet.of(Phase.LEGACY, Phase.MIRRORING)) {
            Phase up = Ladder.up(phase).orElseThrow();
            assertThat(Ladder.down(up)).contains(phase);
        }
        assertThat(Ladder.down(Phase.FINALIZED)).isEmpty();
    }

    @Test
    void aHoldStopsEveryOrderAndItsReleaseLetsThemGo() {
        Scene scene = Scene.in(Phase.MIRRORING);

        Decision hold = scene.order(new Order.Hold("audit", "anna"));
        assertThat(hold.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(hold.next().holdReason()).isEqualTo("audit (by anna)");
        assertThat(scene.order(new Order.Hold("again", "ben")).verdict()).isEqualTo(Verdict.STAYED);
        for (Phase to : Set.of(Phase.JRAFT, Phase.LEGACY)) {
            Decision refused = scene.moveTo(to);
            assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(refused.because().get(0).rule()).isEqualTo(Rule.HELD);
        }

        assertThat(scene.order(new Order.Release("anna")).verdict()).isEqualTo(Verdict.NOTED);
        Decision twice = scene.order(new Order.Release("anna"));
        assertThat(rules(twice.because())).containsExactly(Rule.NOT_HELD);
        assertThat(scene.moveTo(Phase.JRAFT).verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void theWayDownIsClosedByPolicyNeverEvenToAnOperator() {
        Scene scene = Scene.in(Phase.JRAFT);
        scene.settings =
                scene.settings.withPolicies(
                        JudgeSettings.UpgradePolicy.OPERATOR, JudgeSettings.DowngradePolicy.NEVER);

        assertThat(rules(scene.moveTo(Phase.MIRRORING).because()))
                .containsExactly(Rule.DOWNGRADE_POLICY);
        assertThat(rules(scene.explain())).contains(Rule.DOWNGRADE_POLICY);
        assertThat(scene.moveTo(Phase.FINALIZED).verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void everyPhaseIsExplained() {
        for (Phase phase : Phase.values()) {
            assertThat(Scene.in(phase).explain()).as("%s", phase).isNotEmpty();
        }
    }

    static List<Rule> rules(List<Reason> reasons) {
        return reasons.stream().map(Reason::rule).toList();
    }
}
