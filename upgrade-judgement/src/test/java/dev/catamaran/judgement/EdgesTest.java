package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What mutation testing found nobody asking for. */
class EdgesTest {

    private static final JudgeSettings NEVER =
            JudgeSettings.DEFAULTS.withPolicies(UpgradePolicy.OPERATOR, DowngradePolicy.NEVER);

    @Test
    void onlyTheEndNeedsToBeConfirmed() {
        Order plain = new Order.MoveTo(Phase.JRAFT, false, false, "", "");
        Decision decision = Scene.in(Phase.MIRRORING).order(plain);

        assertThat(decision.verdict()).isEqualTo(Verdict.MOVED);
        assertThat(decision.because().get(0).evidence())
                .isEqualTo("JRAFT was ordered by somebody who gave no name");
    }

    @Test
    void thePolicyNeverIsAboutTheWayDownFromJraftOnly() {
        assertThat(Scene.in(Phase.LEGACY).with(NEVER).moveTo(Phase.MIRRORING).verdict())
                .isEqualTo(Verdict.MOVED);
        assertThat(rules(Scene.in(Phase.MIRRORING).with(NEVER).explain()))
                .containsExactly(Rule.ORDER_NEEDED, Rule.ORDER_NEEDED);
    }

    @Test
    void bothWaysAreExplained() {
        assertThat(Scene.in(Phase.MIRRORING).explain().stream().map(r -> r.step().orElseThrow()))
                .containsExactly(Phase.JRAFT, Phase.LEGACY);
        List<Reason> jraft = Scene.in(Phase.JRAFT).explain();
        assertThat(rules(jraft)).containsExactly(Rule.CONFIRM_NEEDED, Rule.ORDER_NEEDED);
        assertThat(jraft.get(1).step()).contains(Phase.MIRRORING);
    }

    @Test
    void anEarlierFenceDoesNotShortenThisOne() {
        Scene scene = Scene.in(Phase.FENCED);
        scene.memory = JudgeMemory.EMPTY.withFence(3, scene.nowMs - 60_000);

        assertThat(scene.observe().verdict()).isEqualTo(Verdict.STAYED);
        assertThat(scene.memory.fenceSince()).contains(new JudgeMemory.FenceSince(7, scene.nowMs));
    }

    @Test
    void aClockThatGoesBackDoesNotLengthenAFence() {
        Scene scene = Scene.in(Phase.FENCED);
        scene.observe();
        scene.pass(-3_000).observe();

        assertThat(scene.memory.fenceSince()).contains(new JudgeMemory.FenceSince(7, scene.nowMs));
    }

    @Test
    void nobodyIsToldThatThisFenceStandsSinceAnEarlierOne() {
        Scene scene = Scene.in(Phase.FENCED);
        scene.memory = JudgeMemory.EMPTY.withFence(3, scene.nowMs - 60_000);

        assertThat(rules(scene.explain())).containsExactly(Rule.SWITCH_UNDER_WAY);
        assertThat(scene.explain().get(0).sinceMs()).isEmpty();
    }

    @Test
    void aFallThatWasDecidedHereAndOvertakenByAnotherLeaderIsNotTold() {
        Scene fell = Scene.in(Phase.FENCED);
        fell.report(FenceEvidence.failed(7, "x"));
        Scene wentThrough = Scene.in(Phase.JRAFT);
        wentThrough.state = Scene.state(Phase.JRAFT, 8);
        wentThrough.allFine();
        wentThrough.memory = fell.memory;

        assertThat(rules(wentThrough.explain())).doesNotContain(Rule.FELL_BACK);
    }

    @Test
    void aFenceThatIsGoneIsForgottenAndItsFallIsNot() {
        Scene scene = Scene.in(Phase.FENCED);
        scene.report(FenceEvidence.failed(7, "x"));
        scene.memory = scene.memory.withFence(9, scene.nowMs);
        scene.allFine().observe();

        assertThat(scene.memory.fenceSince()).isEmpty();
        assertThat(scene.memory.fellBack()).isPresent();
    }

    @Test
    void aFallIsToldOnlyUntilTheClusterMovesOn() {
        Scene scene = Scene.in(Phase.FENCED);
        scene.report(FenceEvidence.failed(7, "x"));
        assertThat(rules(scene.allFine().explain())).contains(Rule.FELL_BACK);

        scene.moveTo(Phase.LEGACY);
        assertThat(rules(scene.allFine().explain())).doesNotContain(Rule.FELL_BACK);
    }

    @Test
    void aReal2xThatTurnsUpTakesTheFenceDown() {
        Decision decision = Scene.in(Phase.FENCED).with(Scene.real(Scene.D, "2.1.2")).observe();

        assertThat(decision.next().phase()).isEqualTo(Phase.MIRRORING);
        assertThat(rules(decision.because())).containsExactly(Rule.REAL_2X_TOO_EARLY);
    }

    @Test
    void lossesAreToldAtTheEndOnly() {
        Scene scene = Scene.in(Phase.MIRRORING).with(Scene.withContent(7, 0, List.of(), 3));

        assertThat(rules(scene.moveTo(Phase.JRAFT).because())).containsExactly(Rule.ORDERED);
    }

    @Test
    void whatWasProvedOfAMemberEndsWhenItIsOursAgain() {
        Scene scene = Scene.in(Phase.JRAFT).with(Scene.real(Scene.C, "1.4.2"));
        for (int i = 0; i < 5; i++) {
            scene.pass(5_000).observe();
        }
        assertThat(rules(scene.explain())).contains(Rule.OLD_MEMBER_PRESENT);

        assertThat(rules(scene.allFine().explain())).doesNotContain(Rule.OLD_MEMBER_PRESENT);
    }

    @Test
    void aMemberThatNamesNoEpochIsToldSo() {
        MemberEvidence silent = Scene.real(Scene.C, "");
        MemberEvidence member =
                new MemberEvidence(
                        Scene.C,
                        MemberEvidence.Kind.CATAMARAN,
                        silent.word(),
                        silent.state(),
                        silent.sightings());
        Decision decision = Scene.in(Phase.MIRRORING).with(member).moveTo(Phase.JRAFT);

        assertThat(rules(decision.because())).containsExactly(Rule.MEMBER_BEHIND);
        assertThat(decision.because().get(0).evidence())
                .isEqualTo("it reports no epoch, the cluster is at epoch 7");
    }

    @Test
    void configuredTimesAreTakenOver() {
        JudgeSettings settings = JudgeSettings.DEFAULTS.withTimes(500, 3_000);

        assertThat(settings.freshMs()).isEqualTo(1_500);
        assertThat(settings.fenceLimitMs()).isEqualTo(3_000);
    }
}
