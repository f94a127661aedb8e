package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * How real 2.0 and 2.1 servers went wrong when they decided, fed to this judge under its boldest
 * policies (spec: upgrade-machinery 14, the numbers are its).
 */
class DefectReplayTest {

    private static final JudgeSettings BOLD =
            JudgeSettings.DEFAULTS.withPolicies(UpgradePolicy.AUTO, DowngradePolicy.AUTO);
    private static final long EPOCH = 7;

    /** D1, D2: each node flipped alone, and for some time half the cluster was elsewhere. */
    @Test
    void d1NobodyMovesWhileAMemberIsNotWhereTheOthersAre() {
        Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
        scene.with(Scene.catamaran(Scene.C, EPOCH - 1));
        for (int i = 0; i < 50; i++) {
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
        assertThat(scene.with(Scene.catamaran(Scene.C, EPOCH)).observe().verdict())
                .isEqualTo(Verdict.MOVED);
    }

    /** D3: a restart of one node while another was down took it back to 1.X. */
    @Test
    void d3AMemberThatIsDownWhileAnotherRestartsMovesNothing() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
        scene.with(Scene.unreachable(MemberEvidence.unknown(Scene.B)));
        scene.with(MemberEvidence.unknown(Scene.C));
        scene.memory = JudgeMemory.EMPTY;
        assertQuiet(scene);
    }

    /** D3: an address that was added before its server listened took every node back. */
    @Test
    void d3AnAddressThatDoesNotListenYetMovesNothing() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
        assertQuiet(scene.with(MemberEvidence.unknown(Scene.D)));
        assertQuiet(scene.with(Scene.unreachable(MemberEvidence.unknown(Scene.D))));
        assertQuiet(scene.with(Scene.unreachable(MemberEvidence.unknown("nacos-3.svc:8848"))));
    }

    /** D4: a dead node's last "ready" counted for ever. */
    @Test
    void d4WhatADeadMemberSaidLastDoesNotCountForTheWayUp() {
        Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
        assertQuiet(scene.with(Scene.stale(Scene.C, EPOCH)));
        assertThat(rules(scene.explain())).contains(Rule.STALE_REPORT);
    }

    /** D5, D12: at the first tick everything was 0 = 0 and everybody preset to ready. */
    @Test
    void d5AFreshMemberThatHasMetNobodyMovesNothing() {
        for (Phase phase : List.of(Phase.LEGACY, Phase.MIRRORING, Phase.JRAFT)) {
            Scene scene = Scene.in(phase).with(BOLD);
            scene.members.clear();
            scene.with(Scene.catamaran(Scene.A, scene.state.epoch()));
            scene.with(Scene.mirror(scene.state.epoch(), 0, 0, "empty", "empty"));
            assertQuiet(scene);
        }
    }

    /** D12: an empty node that was still loading advertised itself as ready. */
    @Test
    void d12EqualBecauseBothAreStillEmptyIsNotEqual() {
        assertQuiet(Scene.in(Phase.MIRRORING).with(BOLD).with(Scene.sourceIncomplete(EPOCH)));
        assertQuiet(Scene.in(Phase.MIRRORING).with(BOLD).with(Scene.withoutFullPass(EPOCH)));
    }

    /** D6: one 2.x member made the node believe that all were. */
    @Test
    void d6OneMemberSpeaksForItselfOnly() {
        Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
        scene.with(Scene.real(Scene.B, "1.4.2")).with(Scene.real(Scene.C, "2.0.3"));
        assertQuiet(scene);
        assertThat(rules(scene.explain())).contains(Rule.NOT_CATAMARAN, Rule.REAL_2X_TOO_EARLY);
    }

    /** D7: a downgrade for a 1.4 member was neither logged nor kept. */
    @Test
    void d7AWayDownIsCommittedFirstAndSaysWhy() {
        Decision decision = provedOld(List.of("1.4.2", "1.4.2"));

        assertThat(decision.effects().get(0)).isInstanceOf(Effect.Commit.class);
        assertThat(((Effect.Commit) decision.effects().get(0)).because())
                .startsWith("automatic: ")
                .contains(Scene.D);
    }

    /** D8: a 1.4 event and then one without version did something else than the reverse. */
    @Test
    void d8TheOrderInWhichVersionsCameDoesNotMatter() {
        assertThat(provedOld(List.of("1.4.2", "")).next())
                .isEqualTo(provedOld(List.of("", "1.4.2")).next());
    }

    /** D11: one forged report took the receiver down. */
    @Test
    void d11OneForgedReportMovesNothing() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
        scene.with(Scene.real(Scene.B, "1.1.4", 0, 1)).observe();
        scene.allFine();
        assertQuiet(scene);

        for (int i = 0; i < 50; i++) {
            scene.with(Scene.real(Scene.D, "1.1.4", 0, 1)).pass(2_000).observe();
        }
        assertThat(scene.state.phase()).isEqualTo(Phase.JRAFT);
    }

    /** D13, D14, D19: counts were equal by chance, or while copies were under way. */
    @Test
    void d19EqualCountsAreNotEqualContent() {
        assertQuiet(
                Scene.in(Phase.MIRRORING)
                        .with(BOLD)
                        .with(Scene.mirror(EPOCH, 0, 0, "one", "other")));

        Scene fenced = Scene.in(Phase.FENCED);
        FenceEvidence differ =
                new FenceEvidence(EPOCH, true, true, Optional.of(false), Optional.empty());
        assertThat(fenced.report(differ).next().phase()).isEqualTo(Phase.MIRRORING);
    }

    /** D15: a write that was under way at the flip was lost. */
    @Test
    void d15NoSwitchGoesThroughBeforeWritesUnderWayAreSealedAndDrained() {
        FenceEvidence notSealed =
                new FenceEvidence(EPOCH, false, true, Optional.of(true), Optional.empty());
        FenceEvidence notDrained =
                new FenceEvidence(EPOCH, true, false, Optional.of(true), Optional.empty());

        assertThat(Scene.in(Phase.FENCED).report(notSealed).verdict()).isEqualTo(Verdict.STAYED);
        assertThat(Scene.in(Phase.FENCED).report(notDrained).verdict()).isEqualTo(Verdict.STAYED);
    }

    /** D16, D17: after a restart, "double write closed" was forgotten for a while or for good. */
    @Test
    void d17AFinalizedClusterStaysSoWhoeverIsThere() {
        Scene scene = Scene.in(Phase.FINALIZED).with(BOLD);
        scene.memory = JudgeMemory.EMPTY;
        scene.members.clear();
        assertQuiet(scene);
        scene.with(Scene.real(Scene.B, "1.4.2")).with(Scene.real(Scene.C, "2.5.1"));
        assertQuiet(scene);
    }

    /** D18: what only one node's file said decided. What the judge remembers may be lost. */
    @Test
    void d18ForgettingEverythingAtEveryStepOnlyWaits() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD).with(Scene.real(Scene.D, "1.4.2"));
        for (int i = 0; i < 50; i++) {
            scene.memory = JudgeMemory.EMPTY;
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
    }

    /** D34: closing the double write while a 1.4 node was alive wiped it. */
    @Test
    void d34NoFinalizeBesideAServerOf1x() {
        for (MemberEvidence old :
                List.of(Scene.real(Scene.C, "1.4.2"), Scene.real(Scene.D, "1.4.2"))) {
            Decision decision = Scene.in(Phase.JRAFT).with(old).moveTo(Phase.FINALIZED);

            assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(decision.because().get(0).member()).contains(old.address());
        }
    }

    /** D35: closing it when not ready forced 2.x with whatever it held. */
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

    private static Decision provedOld(List<String> versions) {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
        for (int i = 0; i < 3; i++) {
            String version = versions.get(i % versions.size());
            scene.with(Scene.real(Scene.D, version)).observe();
            scene.pass(5_000);
        }
        return scene.observe();
    }

    private static void assertQuiet(Scene scene) {
        UpgradeState before = scene.state;
        for (int i = 0; i < 50; i++) {
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
        assertThat(scene.state).isEqualTo(before);
    }
}
