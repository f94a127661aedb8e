package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the judge does without an order, and how a member is proved old. */
class PolicyTest {

    private static final JudgeSettings AUTO =
            JudgeSettings.DEFAULTS.withPolicies(UpgradePolicy.AUTO, DowngradePolicy.AUTO);

    @ParameterizedTest
    @EnumSource(value = Phase.class, names = "FENCED", mode = EnumSource.Mode.EXCLUDE)
    void byDefaultNothingMovesWithoutAnOrder(Phase phase) {
        Scene scene = Scene.in(phase).with(Scene.real(Scene.D, "1.4.2"));
        for (int i = 0; i < 100; i++) {
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
    }

    @Test
    void theReadyClusterSaysWhichOrderItWaitsFor() {
        Reason reason = Scene.in(Phase.MIRRORING).explain().get(0);

        assertThat(reason.rule()).isEqualTo(Rule.ORDER_NEEDED);
        assertThat(reason.command())
                .isEqualTo(
                        "curl -X POST -H 'Content-Type: application/json'"
                                + " http://10.0.0.1:8848/catamaran/v1/phase"
                                + " -d '{\"to\":\"JRAFT\"}'");
    }

    @Test
    void underAutoItGoesUpByItselfAndStopsBeforeTheEnd() {
        Scene scene = Scene.in(Phase.LEGACY).with(AUTO);

        assertThat(scene.observe().next().phase()).isEqualTo(Phase.MIRRORING);
        assertThat(scene.allFine().observe().next().phase()).isEqualTo(Phase.FENCED);
        scene.report(FenceEvidence.complete(2));
        assertThat(scene.allFine().observe().next().phase()).isEqualTo(Phase.JRAFT);
        for (int i = 0; i < 100; i++) {
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
    }

    @Test
    void byOrderOnlyItStaysWhateverItWasTold() {
        Scene scene = Scene.in(Phase.LEGACY).with(AUTO.byOrderOnly());

        assertThat(scene.allFine().observe().verdict()).isEqualTo(Verdict.STAYED);
        assertThat(AUTO.byOrderOnly()).isEqualTo(JudgeSettings.DEFAULTS);
        JudgeSettings never = AUTO.withPolicies(UpgradePolicy.AUTO, DowngradePolicy.NEVER);
        assertThat(never.byOrderOnly().downgradePolicy()).isEqualTo(DowngradePolicy.NEVER);
    }

    @Test
    void underAutoAHoldStopsIt() {
        Scene scene = Scene.in(Phase.LEGACY).with(AUTO).held("audit");

        assertThat(rules(scene.observe().because())).contains(Rule.HELD, Rule.AUTOMATIC);
        assertThat(scene.order(new Order.Release("anna")).verdict()).isEqualTo(Verdict.NOTED);
        assertThat(scene.observe().verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void afterAFenceThatFellBackItRestsButFollowsOrders() {
        Scene scene = Scene.in(Phase.MIRRORING).with(AUTO);
        scene.observe();
        scene.report(FenceEvidence.failed(8, "no quorum"));
        scene.allFine();
        assertThat(scene.pass(59_999).observe().verdict()).isEqualTo(Verdict.STAYED);
        assertThat(rules(scene.observe().because())).contains(Rule.FELL_BACK);
        JudgeMemory resting = scene.memory;
        UpgradeState before = scene.state;

        assertThat(scene.pass(1).observe().next().phase()).isEqualTo(Phase.FENCED);

        scene.memory = resting;
        scene.state = before;
        assertThat(scene.pass(-1).moveTo(Phase.JRAFT).verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void underAutoAWayDownEndsInAHoldSoThatNothingBounces() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.moveTo(Phase.MIRRORING);
        scene.report(FenceEvidence.complete(8));
        assertThat(scene.state)
                .isEqualTo(
                        Scene.state(Phase.MIRRORING, 9)
                                .held("went down; release it to let it go up by itself again"));
        assertThat(scene.allFine().pass(600_000).observe().verdict()).isEqualTo(Verdict.STAYED);

        Scene stopped = Scene.in(Phase.MIRRORING).with(AUTO);
        assertThat(stopped.moveTo(Phase.LEGACY).next().held()).isTrue();
        assertThat(stopped.allFine().observe().verdict()).isEqualTo(Verdict.STAYED);
    }

    @Test
    void aMemberIsProvedOldAfterTheDwellTimeByThreeWords() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.with(Scene.real(Scene.D, "1.4.2"));
        scene.observe();
        scene.pass(7_000).observe();
        assertThat(rules(scene.pass(7_999).observe().because())).contains(Rule.OLD_MEMBER_UNPROVED);

        Decision decision = scene.pass(1).observe();

        assertThat(decision.next())
                .isEqualTo(Scene.state(Phase.JRAFT, 7).fencedFor(Phase.MIRRORING));
        assertThat(rules(decision.because())).containsExactly(Rule.AUTOMATIC);
        assertThat(decision.because().get(0).evidence()).contains(Scene.D);
    }

    @Test
    void oneReportLookedAtOftenIsOneWord() {
        JudgeSettings patient = withStaleAfter(30);
        Scene scene = Scene.in(Phase.JRAFT).with(patient);
        for (long age = 0; age <= 20_000; age += 1_000) {
            long jitterMs = age % 3_000 / 1_000;
            scene.with(Scene.real(Scene.D, "1.4.2", age + jitterMs, 3)).observe();
            assertThat(scene.state.phase()).isEqualTo(Phase.JRAFT);
            scene.pass(1_000);
        }
        assertThat(scene.memory.oldSince().get(Scene.D).words()).isEqualTo(1);
    }

    @Test
    void whatOnlyAMinorityOfOursSeesIsNotProved() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.with(Scene.real(Scene.D, "1.4.2", 0, 1));
        for (int i = 0; i < 100; i++) {
            assertThat(rules(scene.pass(2_000).observe().because()))
                    .contains(Rule.OLD_MEMBER_UNPROVED)
                    .doesNotContain(Rule.OLD_MEMBER_PRESENT);
        }
    }

    @Test
    void aServerThatNamesNoVersionIsProvedByItsEndpoints() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.with(Scene.real(Scene.D, "", 0, 2));
        for (int i = 0; i < 3; i++) {
            assertThat(scene.observe().verdict()).isEqualTo(Verdict.STAYED);
            scene.pass(5_000);
        }
        assertThat(scene.observe().verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void oneGapStartsTheDwellAgain() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 3; i++) {
                scene.with(Scene.real(Scene.D, "1.4.2")).observe();
                scene.pass(7_000);
            }
            scene.with(Scene.stale(Scene.D, 7)).observe();
            assertThat(scene.state.phase()).isEqualTo(Phase.JRAFT);
            assertThat(scene.memory.oldSince()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DowngradePolicy.class,
            names = {"OPERATOR", "NEVER"})
    void aProvedOldMemberIsShownAndHeldAtTheDoorUnderOtherPolicies(DowngradePolicy policy) {
        Scene scene = Scene.in(Phase.JRAFT);
        scene.with(scene.settings.withPolicies(UpgradePolicy.AUTO, policy));
        scene.with(Scene.real(Scene.D, "1.4.2"));
        long sinceMs = scene.nowMs;
        for (int i = 0; i < 100; i++) {
            scene.observe();
            scene.pass(2_000);
        }
        assertThat(scene.state.phase()).isEqualTo(Phase.JRAFT);
        Reason first = scene.explain().get(0);
        assertThat(first.rule()).isEqualTo(Rule.OLD_MEMBER_PRESENT);
        assertThat(first.member()).contains(Scene.D);
        assertThat(first.sinceMs()).hasValue(sinceMs);
    }

    @Test
    void aProvedOldMemberDoesNotStartAWayDownThatWouldLose() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.with(Scene.real(Scene.D, "1.4.2")).with(Scene.mirror(7, 0, 0, "d1", "d2"));
        for (int i = 0; i < 20; i++) {
            scene.pass(2_000).observe();
        }
        assertThat(scene.state.phase()).isEqualTo(Phase.JRAFT);
        assertThat(rules(scene.explain())).contains(Rule.OLD_MEMBER_PRESENT, Rule.DIGESTS_DIFFER);
    }

    @Test
    void aClockThatGoesBackProvesNothing() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.with(Scene.real(Scene.D, "1.4.2"));
        scene.observe();
        scene.pass(10_000).observe();
        scene.nowMs = 50;
        scene.observe();

        assertThat(scene.memory.oldSince().get(Scene.D))
                .isEqualTo(new JudgeMemory.OldSince(50, 50, 50, 1));
    }

    private static JudgeSettings withStaleAfter(int intervals) {
        JudgeSettings base = AUTO;
        return new JudgeSettings(
                base.upgradePolicy(),
                base.downgradePolicy(),
                base.dwellMs(),
                base.dwellReports(),
                base.reportIntervalMs(),
                intervals,
                base.maxLagRecordsToFence(),
                base.maxLagMsToFence(),
                base.fenceLimitMs(),
                base.pauseAfterFallBackMs(),
                base.targetVersion());
    }
}
