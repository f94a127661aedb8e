package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import dev.catamaran.judgement.MemberEvidence.Kind;
import dev.catamaran.judgement.MemberEvidence.Sightings;
import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.judgement.MemberEvidence.State;
import dev.catamaran.judgement.MemberEvidence.Word;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a word weighs: whose it is, how calls went, who else saw it, and since when. */
class EvidenceTest {

    private static final long EPOCH = 7;
    private static final JudgeSettings AUTO =
            JudgeSettings.DEFAULTS.withPolicies(UpgradePolicy.AUTO, DowngradePolicy.AUTO);

    @Test
    void whatAnotherMembersListSaysProvesNothingAndIsShown() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.with(Scene.hearsay(Scene.C, "1.4.2"));
        for (int i = 0; i < 50; i++) {
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }

        Reason reason = about(Scene.C, scene.explain());
        assertThat(reason.rule()).isEqualTo(Rule.UNKNOWN_VERSION);
        assertThat(reason.evidence()).endsWith("; another member's list says 1.4.2");
        assertThat(scene.memory.oldSince()).isEmpty();
    }

    @Test
    void whoSaysNothingAtAllIsNotQuotedFromAList() {
        Scene silent = Scene.in(Phase.JRAFT).with(Scene.hearsay(Scene.C, ""));
        assertThat(about(Scene.C, silent.explain()).evidence()).doesNotContain("list");

        Scene unproved = Scene.in(Phase.JRAFT).with(ofUnknownKind(Scene.C, "1.4.2"));
        assertThat(about(Scene.C, unproved.explain()).evidence()).doesNotContain("list");
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"SUSPICIOUS", "DOWN"})
    void aMemberThatCannotBeCalledDecidesNothingHoweverFreshItsWord(State state) {
        Scene old = Scene.in(Phase.JRAFT).with(AUTO);
        old.with(Scene.in(Scene.real(Scene.D, "1.4.2"), state));
        for (int i = 0; i < 50; i++) {
            assertThat(old.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
        assertThat(old.memory.oldSince()).isEmpty();

        Decision up =
                Scene.in(Phase.MIRRORING)
                        .with(Scene.in(Scene.catamaran(Scene.C, EPOCH), state))
                        .moveTo(Phase.JRAFT);
        assertThat(rules(up.because())).containsExactly(Rule.UNREACHABLE);
        assertThat(up.because().get(0).evidence()).contains(state.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"UP", "UNTRIED"})
    void aFreshWordOfAMemberThatNoCallHasFailedToCounts(State state) {
        Scene scene = Scene.in(Phase.MIRRORING);
        scene.with(Scene.in(Scene.catamaran(Scene.C, EPOCH), state));

        assertThat(scene.moveTo(Phase.JRAFT).verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void onlyPlannedMembersAreWitnesses() {
        Set<String> strangers = Set.of("10.9.9.1:8848", "10.9.9.2:8848", Scene.A);
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        scene.with(seenBy(Scene.real(Scene.D, "1.4.2"), strangers));
        for (int i = 0; i < 50; i++) {
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
        assertThat(about(Scene.D, scene.explain()).evidence()).contains("by 1 of our members");
    }

    @Test
    void theMajorityMustSeeItForTheWholeDwellTime() {
        Scene scene = Scene.in(Phase.JRAFT).with(AUTO);
        MemberEvidence byTwo = seenBy(Scene.real(Scene.D, "1.4.2"), Set.of(Scene.A, Scene.B));
        MemberEvidence byOne = seenBy(Scene.real(Scene.D, "1.4.2"), Set.of(Scene.A));
        for (int i = 0; i < 30; i++) {
            scene.with(byOne).pass(2_000).observe();
        }
        scene.with(byTwo).observe();
        scene.pass(7_000).observe();
        assertThat(scene.pass(7_999).observe().verdict()).isEqualTo(Verdict.STAYED);
        scene.with(byOne).pass(1).observe();
        scene.with(byTwo).observe();
        scene.pass(7_000).observe();
        assertThat(scene.pass(7_999).observe().verdict()).isEqualTo(Verdict.STAYED);

        assertThat(scene.pass(1).observe().verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void whoSawSomethingWasAsked() {
        assertThatThrownBy(() -> new Sightings(Set.of(Scene.A), Set.of(Scene.B)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seen by [" + Scene.A + "] of [" + Scene.B + "]");
    }

    @Test
    void aWordCannotComeFromTheFuture() {
        assertThatThrownBy(
                        () -> new Word(Source.REPORT, -1, Optional.empty(), OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThat(new Word(Source.REPORT, 0, Optional.empty(), OptionalLong.empty()).ageMs())
                .isZero();
    }

    @Test
    void nothingGoesUpBeforeEveryoneHasReachedTheTargetVersion() {
        MemberVersion target = MemberVersion.parse("0.2.0").orElseThrow();
        for (String version : List.of("0.1.9", "")) {
            Scene scene = ofVersions("0.2.0", "0.3.1", version);
            scene.with(scene.settings.withTargetVersion(target));
            Decision decision = scene.moveTo(Phase.JRAFT);

            assertThat(rules(decision.because())).as(version).containsExactly(Rule.BELOW_TARGET);
            assertThat(decision.because().get(0).member()).contains(Scene.C);
        }
        Scene ready = ofVersions("0.2.0", "0.3.1", "0.2.0");
        assertThat(ready.with(ready.settings.withTargetVersion(target)).moveTo(Phase.JRAFT))
                .extracting(Decision::verdict)
                .isEqualTo(Verdict.MOVED);
        assertThat(ofVersions("0.1.0", "0.2.0", "").moveTo(Phase.JRAFT).verdict())
                .isEqualTo(Verdict.MOVED);
    }

    @Test
    void theTargetVersionHoldsNoWayDown() {
        Scene scene = Scene.in(Phase.JRAFT);
        scene.with(scene.settings.withTargetVersion(MemberVersion.parse("9.0.0").orElseThrow()));

        assertThat(scene.moveTo(Phase.MIRRORING).verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void everyReasonThatStandsSaysSinceWhen() {
        Scene scene = Scene.in(Phase.MIRRORING).with(Scene.stale(Scene.C, EPOCH));
        long firstMs = scene.nowMs;
        scene.observe();
        scene.pass(30_000).observe();
        assertThat(about(Scene.C, scene.explain()).sinceMs()).hasValue(firstMs);
        assertThat(about(Scene.C, scene.pass(9_000).moveTo(Phase.JRAFT).because()).sinceMs())
                .hasValue(firstMs);

        scene.allFine().observe();
        scene.pass(1_000).with(Scene.stale(Scene.C, EPOCH));
        long againMs = scene.nowMs;
        scene.observe();
        scene.pass(5_000);
        assertThat(about(Scene.C, scene.observe().because()).sinceMs()).hasValue(againMs);
    }

    @Test
    void aReasonNobodyHasLookedAtYetDoesNotSaySinceWhen() {
        Scene scene = Scene.in(Phase.MIRRORING).with(Scene.stale(Scene.C, EPOCH));

        assertThat(about(Scene.C, scene.explain()).sinceMs()).isEmpty();
    }

    @Test
    void aClockThatGoesBackDoesNotLeaveReasonsInTheFuture() {
        Scene scene = Scene.in(Phase.MIRRORING).with(Scene.stale(Scene.C, EPOCH));
        scene.observe();
        scene.nowMs = 50;
        scene.observe();

        assertThat(about(Scene.C, scene.explain()).sinceMs()).hasValue(50);
    }

    @Test
    void aFinalizedClusterShowsWhoeverOldStandsAtItsDoor() {
        Scene scene = Scene.in(Phase.FINALIZED).with(AUTO).with(Scene.real(Scene.D, "1.4.2"));
        scene.with(Scene.real(Scene.C, "2.5.1"));

        assertThat(rules(scene.explain()))
                .containsExactly(Rule.FINALIZED_IS_FINAL, Rule.OLD_MEMBER_UNPROVED);
        assertThat(about(Scene.D, scene.explain()).change()).contains("held at the door");
    }

    @Test
    void theWayBackIsOfferedOnlyWhereItExists() {
        Scene operator = Scene.in(Phase.JRAFT).with(Scene.real(Scene.D, "1.4.2"));
        assertThat(about(Scene.D, operator.explain()).command()).contains("MIRRORING");

        Scene never = Scene.in(Phase.JRAFT).with(Scene.real(Scene.D, "1.4.2"));
        never.with(never.settings.withPolicies(UpgradePolicy.OPERATOR, DowngradePolicy.NEVER));
        assertThat(about(Scene.D, never.explain()).command()).doesNotContain("MIRRORING");
    }

    private static Scene ofVersions(String a, String b, String c) {
        return Scene.in(Phase.MIRRORING)
                .with(Scene.catamaran(Scene.A, EPOCH, a))
                .with(Scene.catamaran(Scene.B, EPOCH, b))
                .with(Scene.catamaran(Scene.C, EPOCH, c));
    }

    private static MemberEvidence ofUnknownKind(String address, String version) {
        MemberEvidence real = Scene.real(address, version);
        return new MemberEvidence(
                address, Kind.UNKNOWN, real.word(), real.state(), real.sightings());
    }

    private static MemberEvidence seenBy(MemberEvidence member, Set<String> witnesses) {
        return new MemberEvidence(
                member.address(),
                member.kind(),
                member.word(),
                member.state(),
                new Sightings(witnesses, witnesses));
    }

    private static Reason about(String address, List<Reason> reasons) {
        return reasons.stream()
                .filter(reason -> reason.member().equals(Optional.of(address)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + address + ": " + reasons));
    }
}
