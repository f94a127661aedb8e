package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MembersTest {

    private static final long EPOCH = 7;

    static Stream<Arguments> notReady() {
        return Stream.of(
                Arguments.of(MemberEvidence.unknown(Scene.C), Rule.UNKNOWN_VERSION),
                Arguments.of(Scene.unreachable(MemberEvidence.unknown(Scene.C)), Rule.UNREACHABLE),
                Arguments.of(Scene.unreachable(Scene.catamaran(Scene.C, EPOCH)), Rule.UNREACHABLE),
                Arguments.of(Scene.stale(Scene.C, EPOCH), Rule.STALE_REPORT),
                Arguments.of(Scene.catamaran(Scene.C, EPOCH - 1), Rule.MEMBER_BEHIND),
                Arguments.of(Scene.catamaran(Scene.C, EPOCH + 1), Rule.MEMBER_BEHIND),
                Arguments.of(Scene.broken(Scene.C, EPOCH), Rule.MEMBER_BROKEN),
                Arguments.of(Scene.broken(Scene.C, EPOCH - 1), Rule.MEMBER_BEHIND),
                Arguments.of(Scene.real(Scene.C, "1.4.2"), Rule.NOT_CATAMARAN),
                Arguments.of(Scene.real(Scene.C, "2.1.2"), Rule.REAL_2X_TOO_EARLY),
                Arguments.of(Scene.real(Scene.C, "", 0, 2), Rule.NOT_CATAMARAN),
                Arguments.of(Scene.real(Scene.C, "", 0, 1), Rule.UNKNOWN_VERSION));
    }

    @ParameterizedTest
    @MethodSource("notReady")
    void oneMemberThatIsNotReadyStopsTheWayUpByName(MemberEvidence member, Rule rule) {
        for (Phase from : List.of(Phase.MIRRORING, Phase.JRAFT)) {
            Phase to = Ladder.up(from).orElseThrow();
            Decision decision = Scene.in(from).with(member).moveTo(to);

            assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(rules(decision.because())).containsExactly(rule);
            assertThat(decision.because().get(0).member()).contains(Scene.C);
        }
    }

    @ParameterizedTest
    @MethodSource("notReady")
    void oneMemberThatIsNotReadyDoesNotStopTheWayDown(MemberEvidence member, Rule rule) {
        assertThat(rule).isNotNull();
        assertThat(Scene.in(Phase.JRAFT).with(member).moveTo(Phase.MIRRORING).verdict())
                .isEqualTo(Verdict.MOVED);
    }

    @ParameterizedTest
    @MethodSource("notReady")
    void twoMembersThatAreNotReadyStopEverySwitch(MemberEvidence member, Rule rule) {
        Scene scene = Scene.in(Phase.JRAFT).with(member).with(MemberEvidence.unknown(Scene.B));

        assertThat(rules(scene.moveTo(Phase.MIRRORING).because()))
                .containsExactly(Rule.NO_QUORUM, Rule.UNKNOWN_VERSION, rule);
    }

    @Test
    void aPlannedMemberWithoutAnyEvidenceIsUnknown() {
        Scene scene = Scene.in(Phase.MIRRORING);
        scene.members.removeIf(member -> member.address().equals(Scene.B));

        assertThat(rules(scene.moveTo(Phase.JRAFT).because()))
                .containsExactly(Rule.UNKNOWN_VERSION);
    }

    @Test
    void aReportCountsUpToThreeIntervals() {
        MemberEvidence fresh = Scene.aged(Scene.catamaran(Scene.C, EPOCH), 6_000);
        MemberEvidence stale = Scene.aged(Scene.catamaran(Scene.C, EPOCH), 6_001);

        assertThat(Scene.in(Phase.MIRRORING).with(fresh).moveTo(Phase.JRAFT).verdict())
                .isEqualTo(Verdict.MOVED);
        assertThat(Scene.in(Phase.MIRRORING).with(stale).moveTo(Phase.JRAFT).verdict())
                .isEqualTo(Verdict.REFUSED);
    }

    @Test
    void mirroringStartsWithAMajorityWhileOthersAreStillReal1x() {
        Scene scene = Scene.in(Phase.LEGACY).with(Scene.real(Scene.C, "1.4.2"));
        assertThat(scene.moveTo(Phase.MIRRORING).verdict()).isEqualTo(Verdict.MOVED);

        Scene tooFew =
                Scene.in(Phase.LEGACY)
                        .with(Scene.real(Scene.C, "1.4.2"))
                        .with(Scene.real(Scene.B, "1.4.2"));
        assertThat(rules(tooFew.moveTo(Phase.MIRRORING).because()))
                .containsExactly(Rule.NO_QUORUM, Rule.NOT_CATAMARAN, Rule.NOT_CATAMARAN);
    }

    @Test
    void mirroringStartsBesideAnUnplanned1xAndNotBesideA2x() {
        assertThat(
                        Scene.in(Phase.LEGACY)
                                .with(Scene.real(Scene.D, "1.3.2"))
                                .moveTo(Phase.MIRRORING)
                                .verdict())
                .isEqualTo(Verdict.MOVED);
        assertThat(
                        rules(
                                Scene.in(Phase.LEGACY)
                                        .with(Scene.real(Scene.D, "2.0.3"))
                                        .moveTo(Phase.MIRRORING)
                                        .because()))
                .containsExactly(Rule.REAL_2X_TOO_EARLY);
    }

    @Test
    void whoeverIsThereUnplannedStopsTheWayUp() {
        for (MemberEvidence guest :
                List.of(
                        Scene.real(Scene.D, "1.4.2"),
                        Scene.catamaran(Scene.D, EPOCH),
                        MemberEvidence.unknown(Scene.D))) {
            Decision decision = Scene.in(Phase.MIRRORING).with(guest).moveTo(Phase.JRAFT);

            assertThat(rules(decision.because())).containsExactly(Rule.NOT_PLANNED_PRESENT);
            assertThat(decision.because().get(0).member()).contains(Scene.D);
        }
    }

    @Test
    void membersThatComeOneAtATimeInAnyOrderMoveNothingBeforeTheLast() {
        for (List<String> order : orders(Scene.PLANNED)) {
            Scene scene = Scene.in(Phase.MIRRORING);
            scene.settings =
                    scene.settings.withPolicies(
                            JudgeSettings.UpgradePolicy.AUTO, JudgeSettings.DowngradePolicy.AUTO);
            scene.members.clear();
            scene.observe();
            for (String address : order) {
                assertThat(scene.state.phase())
                        .as("%s before %s", order, address)
                        .isEqualTo(Phase.MIRRORING);
                scene.pass(2_000).with(MemberEvidence.unknown(address)).observe();
                assertThat(scene.state.phase()).isEqualTo(Phase.MIRRORING);
                scene.with(Scene.catamaran(address, EPOCH)).observe();
            }
            assertThat(scene.state.phase()).as("%s", order).isEqualTo(Phase.FENCED);
        }
    }

    @Test
    void membersThatGoOneAtATimeInAnyOrderMoveNothingDown() {
        for (List<String> order : orders(Scene.PLANNED)) {
            Scene scene = Scene.in(Phase.JRAFT);
            scene.settings =
                    scene.settings.withPolicies(
                            JudgeSettings.UpgradePolicy.AUTO, JudgeSettings.DowngradePolicy.AUTO);
            for (String address : order) {
                scene.with(Scene.unreachable(Scene.catamaran(address, EPOCH)));
                for (int i = 0; i < 20; i++) {
                    scene.pass(2_000).observe();
                }
                scene.with(MemberEvidence.unknown(address)).pass(60_000).observe();
            }
            assertThat(scene.state).as("%s", order).isEqualTo(Scene.state(Phase.JRAFT, EPOCH));
        }
    }

    @Test
    void twoMembersCannotHaveOneAddress() {
        Optional<RuntimeException> thrown = Optional.empty();
        try {
            MemberEvidence one = MemberEvidence.unknown(Scene.A);
            new ClusterView(Scene.A, Scene.PLANNED, List.of(one, one));
        } catch (IllegalArgumentException e) {
            thrown = Optional.of(e);
        }
        assertThat(thrown).isPresent();
    }

    private static List<List<String>> orders(List<String> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : items) {
            List<String> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<String> tail : orders(rest)) {
                List<String> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
