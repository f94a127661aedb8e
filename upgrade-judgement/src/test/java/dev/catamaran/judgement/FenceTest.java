package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FenceTest {

    private static final long EPOCH = 7;
    private static final Optional<Boolean> EQUAL = Optional.of(true);
    private static final Optional<Boolean> NOT_COMPARED = Optional.empty();

    static Stream<Fence> fences() {
        return Stream.of(
                new Fence(Phase.MIRRORING, Phase.JRAFT),
                new Fence(Phase.JRAFT, Phase.MIRRORING),
                new Fence(Phase.JRAFT, Phase.FINALIZED));
    }

    @ParameterizedTest
    @MethodSource("fences")
    void goesThroughWhenSealedDrainedAndEqual(Fence fence) {
        Decision decision = scene(fence).report(FenceEvidence.complete(EPOCH));

        assertThat(decision.next()).isEqualTo(Scene.state(fence.to(), 8));
        assertThat(decision.effects()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void waitsWhileAnyPartIsMissing(Fence fence) {
        for (FenceEvidence partly :
                new FenceEvidence[] {
                    FenceEvidence.begun(EPOCH),
                    evidence(true, false, EQUAL),
                    evidence(false, true, EQUAL),
                    evidence(true, true, NOT_COMPARED),
                    evidence(true, false, Optional.of(false)),
                    evidence(false, true, Optional.of(false)),
                }) {
            Scene scene = scene(fence);
            Decision decision = scene.report(partly);

            assertThat(decision.verdict()).as("%s", partly).isEqualTo(Verdict.STAYED);
            assertThat(rules(decision.because())).containsExactly(Rule.SWITCH_UNDER_WAY);
            assertThat(decision.effects())
                    .containsExactly(new Effect.SealAndDrain(EPOCH, scene.state.readable()));
        }
    }

    @ParameterizedTest
    @MethodSource("fences")
    void fallsBackWhenTheStacksDifferAfterTheDrain(Fence fence) {
        Scene scene = scene(fence);
        Decision decision = scene.report(evidence(true, true, Optional.of(false)));

        assertThat(decision.next()).isEqualTo(Scene.state(fence.from(), 8));
        assertThat(rules(decision.because())).containsExactly(Rule.DIGESTS_DIFFER);
        assertThat(rules(scene.explain())).contains(Rule.FELL_BACK);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void fallsBackOnAProblemEvenIfAllElseIsTold(Fence fence) {
        FenceEvidence broken =
                new FenceEvidence(EPOCH, true, true, EQUAL, Optional.of("b has no quorum"));
        Decision decision = scene(fence).report(broken);

        assertThat(decision.next()).isEqualTo(Scene.state(fence.from(), 8));
        assertThat(decision.because().get(0).evidence()).isEqualTo("b has no quorum");
    }

    @ParameterizedTest
    @MethodSource("fences")
    void fallsBackAtItsTimeLimitAndNotBefore(Fence fence) {
        Scene scene = scene(fence);
        scene.observe();
        assertThat(scene.pass(9_999).observe().verdict()).isEqualTo(Verdict.STAYED);

        Decision decision = scene.pass(1).observe();

        assertThat(decision.next()).isEqualTo(Scene.state(fence.from(), 8));
        assertThat(rules(decision.because())).containsExactly(Rule.FENCE_TIMEOUT);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void theLimitRunsFromTheOrderAndHoldsForReportsToo(Fence fence) {
        Scene scene = Scene.in(fence.from());
        scene.moveTo(fence.to());

        Decision decision = scene.pass(10_000).report(FenceEvidence.begun(scene.state.epoch()));

        assertThat(rules(decision.because())).containsExactly(Rule.FENCE_TIMEOUT);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void aNewDecidingMemberOnlyWaitsAnew(Fence fence) {
        Scene scene = scene(fence);
        scene.observe();
        scene.pass(9_000);
        scene.memory = JudgeMemory.EMPTY;
        scene.nowMs = 5;

        assertThat(scene.observe().verdict()).isEqualTo(Verdict.STAYED);
        assertThat(scene.pass(10_000).observe().next().phase()).isEqualTo(fence.from());
    }

    @ParameterizedTest
    @MethodSource("fences")
    void reportsOfAnotherEpochAreDropped(Fence fence) {
        for (long epoch : new long[] {EPOCH - 1, EPOCH + 1}) {
            Decision complete = scene(fence).report(FenceEvidence.complete(epoch));
            Decision failed = scene(fence).report(FenceEvidence.failed(epoch, "x"));

            assertThat(rules(complete.because())).containsExactly(Rule.STALE_EPOCH);
            assertThat(rules(failed.because())).containsExactly(Rule.STALE_EPOCH);
            assertThat(failed.verdict()).isEqualTo(Verdict.STAYED);
        }
    }

    @Test
    void aReportWithoutAFenceIsDropped() {
        assertThat(rules(Scene.in(Phase.MIRRORING).report(FenceEvidence.complete(7)).because()))
                .containsExactly(Rule.STALE_EPOCH);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void anOperatorCanGiveItUp(Fence fence) {
        Decision decision = scene(fence).moveTo(fence.from());

        assertThat(decision.next()).isEqualTo(Scene.state(fence.from(), 8));
        assertThat(rules(decision.because())).containsExactly(Rule.ORDERED);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void askedForTheSameSwitchItWaitsAndForAnotherItRefuses(Fence fence) {
        Scene scene = scene(fence);

        assertThat(scene.moveTo(fence.to()).verdict()).isEqualTo(Verdict.STAYED);
        assertThat(rules(scene.moveTo(Phase.LEGACY).because()))
                .containsExactly(Rule.SWITCH_UNDER_WAY);
        assertThat(scene.moveTo(Phase.LEGACY).verdict()).isEqualTo(Verdict.REFUSED);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void aHoldTakesTheFenceDownInOneEntry(Fence fence) {
        Decision decision = scene(fence).order(new Order.Hold("audit", "anna"));

        UpgradeState back = Scene.state(fence.from(), 8).held("audit (by anna)");
        assertThat(decision.next()).isEqualTo(back);
        assertThat(decision.verdict()).isEqualTo(Verdict.MOVED);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void aHeldFenceComesDownWhateverHappens(Fence fence) {
        assertThat(scene(fence).held("audit").observe().next().phase()).isEqualTo(fence.from());
        assertThat(scene(fence).held("audit").report(FenceEvidence.complete(EPOCH)).next().phase())
                .isEqualTo(fence.from());
    }

    @Test
    void aRealServerThatTurnsUpStopsTheWayUpAndNotTheWayDown() {
        MemberEvidence old = Scene.real(Scene.D, "1.4.2", 0, 1);
        Fence up = new Fence(Phase.MIRRORING, Phase.JRAFT);
        Fence end = new Fence(Phase.JRAFT, Phase.FINALIZED);
        Fence down = new Fence(Phase.JRAFT, Phase.MIRRORING);

        assertThat(scene(up).with(old).observe().next().phase()).isEqualTo(Phase.MIRRORING);
        assertThat(scene(end).with(old).observe().next().phase()).isEqualTo(Phase.JRAFT);
        assertThat(scene(down).with(old).observe().verdict()).isEqualTo(Verdict.STAYED);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void unknownMembersDoNotMoveIt(Fence fence) {
        Scene scene = scene(fence);
        Scene.PLANNED.stream()
                .filter(address -> !address.equals(Scene.A))
                .forEach(address -> scene.with(MemberEvidence.unknown(address)));

        assertThat(scene.observe().verdict()).isEqualTo(Verdict.STAYED);
    }

    private static Scene scene(Fence fence) {
        return Scene.fenced(fence.from(), fence.to());
    }

    private static FenceEvidence evidence(
            boolean sealed, boolean drained, Optional<Boolean> equal) {
        return new FenceEvidence(EPOCH, sealed, drained, equal, Optional.empty());
    }
}
