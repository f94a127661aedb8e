package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How real 2.0 and 2.1 servers went wrong when they decided, fed to this judge under its boldest
 * policies. The numbers are those of spec: upgrade-machinery 14, where each is derived from the
 * code of the tags 2.0.0 to 2.1.2; issues are of alibaba/nacos. D34 and D35 are in {@link
 * FinalizeReplayTest}.
 */
class DefectReplayTest {

    /** The defects of the mode decision (14 A), and those of closing the double write (14 C). */
    private static final List<String> DEFECTS =
            IntStream.concat(IntStream.rangeClosed(1, 18), IntStream.of(34, 35))
                    .mapToObj(number -> "D" + number)
                    .toList();

    @Test
    void everyDefectOfTheDecisionIsReplayed() {
        Set<String> replayed =
                Stream.of(DefectReplayTest.class, FinalizeReplayTest.class)
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> method.getName().replaceAll("^d(\\d+)[A-Z].*", "D$1"))
                        .filter(name -> name.startsWith("D"))
                        .collect(Collectors.toSet());

        assertThat(replayed).containsExactlyInAnyOrderElementsOf(DEFECTS);
    }

    private static final JudgeSettings BOLD =
            JudgeSettings.DEFAULTS.withPolicies(UpgradePolicy.AUTO, DowngradePolicy.AUTO);
    private static final long EPOCH = 7;

    /**
     * D1: each node flipped alone when its own copies of all flags were true at one tick, then cut
     * the others off; their counts diverged and they never followed (#9320, #9185, #10293). Here
     * nobody moves before everyone stands where the others are.
     */
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

    /**
     * D2: while D1 lasted, one half of the cluster chose the responsible node by the service's name
     * and the other by ip and port, and forwarded requests were refused (#9320, #12070, #9864).
     * Here there is one primary for each epoch, and between two primaries an epoch without any.
     */
    @Test
    void d2NoTwoEpochsInARowHaveDifferentPrimaries() {
        Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
        List<Optional<Stack>> primaries = new ArrayList<>(List.of(scene.state.primary()));
        scene.observe();
        primaries.add(scene.state.primary());
        scene.report(FenceEvidence.complete(EPOCH + 1));
        primaries.add(scene.state.primary());

        assertThat(primaries)
                .containsExactly(
                        Optional.of(Stack.LEGACY), Optional.empty(), Optional.of(Stack.JRAFT));
        assertThat(scene.state.epoch()).isEqualTo(EPOCH + 2);
    }

    /**
     * D3: a restart of one node while another was down took it back to 1.X: the list names no
     * version, and none was read as older than 1.3 (#13181, #10163, #15693; seen on 2.0.3 in
     * research: baselines 3a).
     */
    @Test
    void d3AMemberThatIsDownWhileAnotherRestartsMovesNothing() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
        scene.with(Scene.unreachable(MemberEvidence.unknown(Scene.B)));
        scene.with(MemberEvidence.unknown(Scene.C));
        scene.memory = JudgeMemory.EMPTY;
        assertQuiet(scene);
    }

    /**
     * D3: an address that was added before its server listened took every running node back, and so
     * did a host name that could not be resolved yet (#8465, #9332).
     */
    @Test
    void d3AnAddressThatDoesNotListenYetMovesNothing() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
        assertQuiet(scene.with(MemberEvidence.unknown(Scene.D)));
        assertQuiet(scene.with(Scene.unreachable(MemberEvidence.unknown(Scene.D))));
        assertQuiet(scene.with(Scene.unreachable(MemberEvidence.unknown("nacos-3.svc:8848"))));
    }

    /**
     * D4: readiness had no time: a dead node's last "true" let the others flip, and it came back as
     * a 1.x island.
     */
    @Test
    void d4WhatADeadMemberSaidLastDoesNotCountForTheWayUp() {
        Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
        assertQuiet(scene.with(Scene.stale(Scene.C, EPOCH)));
        assertThat(rules(scene.explain())).contains(Rule.STALE_REPORT);
    }

    /**
     * D5: 2.1.x presets readyToUpgrade=true for everyone it reads from the list; at its first tick,
     * 100 ms after start, counts are 0 = 0, and it flips inside a 1.x cluster before it has met
     * anyone.
     */
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

    /**
     * D12: a node that was still loading had 0 services on both sides, called itself ready, and
     * completed the AND of its peers.
     */
    @Test
    void d12EqualBecauseBothAreStillEmptyIsNotEqual() {
        assertQuiet(Scene.in(Phase.MIRRORING).with(BOLD).with(Scene.sourceIncomplete(EPOCH)));
        assertQuiet(Scene.in(Phase.MIRRORING).with(BOLD).with(Scene.withoutFullPass(EPOCH)));
    }

    /**
     * D6: since 2.0.2 "all are 2.x" was computed from the one member that had changed, so one 2.x
     * report in a mixed cluster stopped the copying.
     */
    @Test
    void d6OneMemberSpeaksForItselfOnly() {
        Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
        scene.with(Scene.real(Scene.B, "1.4.2")).with(Scene.real(Scene.C, "2.0.3"));
        assertQuiet(scene);
        assertThat(rules(scene.explain())).contains(Rule.NOT_CATAMARAN, Rule.REAL_2X_TOO_EARLY);
    }

    /**
     * D7: a downgrade for a 1.4 member was neither logged nor saved; the next restart came up in
     * 2.X inside a mixed cluster.
     */
    @Test
    void d7AWayDownIsCommittedFirstAndSaysWhy() {
        Decision decision = provedOld(List.of("1.4.2", "1.4.2"));

        assertThat(decision.effects().get(0)).isInstanceOf(Effect.Commit.class);
        assertThat(((Effect.Commit) decision.effects().get(0)).because())
                .startsWith("automatic: ")
                .contains(Scene.D);
    }

    /**
     * D8: a 1.4 event and then one without a version skipped the part that brings the old raft
     * back; the reverse did not.
     */
    @Test
    void d8TheOrderInWhichVersionsCameDoesNotMatter() {
        assertThat(provedOld(List.of("1.4.2", "")).next())
                .isEqualTo(provedOld(List.of("", "1.4.2")).next());
    }

    /**
     * D9: the hard downgrade did not bring the old raft back (its "stop work" flags are never
     * reset), so writes went on into a store that the old members cannot read. Here the way down
     * seals the new primary, drains into the old one, and gives writes to it only then.
     */
    @Test
    void d9TheWayDownGivesWritesBackToAStoreThatHasEverything() {
        Scene scene = Scene.in(Phase.JRAFT);
        Decision begun = scene.moveTo(Phase.MIRRORING);
        assertThat(begun.effects()).contains(new Effect.SealAndDrain(EPOCH + 1, Stack.JRAFT));
        assertThat(scene.state.primary()).isEmpty();
        assertThat(scene.state.mirrorSource()).contains(Stack.JRAFT);

        scene.report(FenceEvidence.complete(EPOCH + 1));
        assertThat(scene.state.primary()).contains(Stack.LEGACY);
        assertThat(scene.state.mirrorSource()).contains(Stack.LEGACY);
    }

    /**
     * D10: the checker was a timer without a catch; a readyToUpgrade that was no boolean, or any
     * failure of a custom checker, ended upgrading for the life of the process without a word. Here
     * whatever can be put into evidence gets a decision with a reason, and nonsense that names
     * itself a version is no version.
     */
    @Test
    void d10NonsenseInAReportIsUnknownAndStopsNothingForEver() {
        for (String nonsense :
                List.of("true", "", "two", "2", "-1.4", "1.4.x.y.z!", "9".repeat(99))) {
            assertThat(MemberVersion.parse(nonsense)).as(nonsense).isEmpty();
            Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
            scene.with(Scene.real(Scene.C, nonsense, 0, 0));
            assertQuiet(scene);

            assertThat(scene.allFine().observe().verdict()).isEqualTo(Verdict.MOVED);
        }
    }

    /**
     * D11: /cluster/report needs no permission: one body with an old version for a known address
     * downgraded the receiver.
     */
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

    /**
     * D13: the 2.x count was a gauge up to 15 s old, the 1.x count was exact: equal by accident was
     * enough, once. Here what was measured under another epoch says nothing, and what is measured
     * now is content (D19).
     */
    @Test
    void d13WhatWasMeasuredEarlierOrOnlyCountedIsNotEqual() {
        assertQuiet(Scene.in(Phase.MIRRORING).with(BOLD).with(Scene.goodMirror(EPOCH - 1)));
        assertQuiet(
                Scene.in(Phase.MIRRORING)
                        .with(BOLD)
                        .with(Scene.mirror(EPOCH, 0, 0, "one", "other")));

        Scene fenced = Scene.in(Phase.FENCED);
        FenceEvidence differ =
                new FenceEvidence(EPOCH, true, true, Optional.of(false), Optional.empty());
        assertThat(fenced.report(differ).next().phase()).isEqualTo(Phase.MIRRORING);
    }

    /**
     * D14: "engine empty" did not see copies that workers held already: ready=true while they were
     * queued. Here what waits is in the lag, and a fence with anything not drained does not go
     * through.
     */
    @Test
    void d14CopiesUnderWayAreNotNothing() {
        assertQuiet(
                Scene.in(Phase.MIRRORING)
                        .with(BOLD)
                        .with(Scene.mirror(EPOCH, 1_001, 0, "one", "one")));
        FenceEvidence queued =
                new FenceEvidence(EPOCH, true, false, Optional.of(true), Optional.empty());

        assertThat(Scene.in(Phase.FENCED).report(queued).next().phase()).isEqualTo(Phase.FENCED);
    }

    /**
     * D15: nothing was drained at the flip: a registration that had passed the controller was lost
     * in 2.x, a removal left a zombie.
     */
    @Test
    void d15NoSwitchGoesThroughBeforeWritesUnderWayAreSealedAndDrained() {
        FenceEvidence notSealed =
                new FenceEvidence(EPOCH, false, true, Optional.of(true), Optional.empty());
        FenceEvidence notDrained =
                new FenceEvidence(EPOCH, true, false, Optional.of(true), Optional.empty());

        assertThat(Scene.in(Phase.FENCED).report(notSealed).verdict()).isEqualTo(Verdict.STAYED);
        assertThat(Scene.in(Phase.FENCED).report(notDrained).verdict()).isEqualTo(Verdict.STAYED);
    }

    /**
     * D16: "double write closed" is polled every 5 s and true by default, so for some seconds after
     * each restart a member event could downgrade a finished node.
     */
    @Test
    void d16AFinalizedMemberThatHasJustStartedIsFinalizedAtOnce() {
        Scene scene = Scene.in(Phase.FINALIZED).with(BOLD);
        scene.memory = JudgeMemory.EMPTY;
        scene.members.clear();

        assertThat(scene.observe().because().get(0).rule()).isEqualTo(Rule.FINALIZED_IS_FINAL);
        assertThat(scene.state.primary()).contains(Stack.JRAFT);
    }

    /**
     * D17: the closed switch reached a node only if all versions were known at its start, so a
     * restart while a member was down left it in 1.X for good (#15693, #7549, #7330, #7112).
     */
    @Test
    void d17AFinalizedClusterStaysSoWhoeverIsThere() {
        Scene scene = Scene.in(Phase.FINALIZED).with(BOLD);
        scene.members.clear();
        assertQuiet(scene);
        scene.with(Scene.real(Scene.B, "1.4.2")).with(Scene.real(Scene.C, "2.5.1"));
        assertQuiet(scene);
        scene.with(Scene.unreachable(MemberEvidence.unknown(Scene.B)));
        assertQuiet(scene);
    }

    /**
     * D18: upgrade.state was written late, without fsync, rename or cluster id, and decided alone
     * at the next start; lost, the node came up as 1.x in a 2.x cluster (#5775). Here the phase is
     * the group's, and what the judge remembers for itself may be lost at any time.
     */
    @Test
    void d18ForgettingEverythingAtEveryStepOnlyWaits() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD).with(Scene.real(Scene.D, "1.4.2"));
        for (int i = 0; i < 50; i++) {
            scene.memory = JudgeMemory.EMPTY;
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
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
