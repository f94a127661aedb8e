package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.MirrorEvidence.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MirrorGuardsTest {

    private static final long EPOCH = 7;
    private static final Finding ALIAS =
            new Finding("public/svc", "name-alias", "rename one of the two services");

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(MirrorEvidence.NONE, Rule.MIRROR_NOT_RUNNING),
                Arguments.of(Scene.goodMirror(EPOCH - 1), Rule.STALE_EPOCH),
                Arguments.of(Scene.goodMirror(EPOCH + 1), Rule.STALE_EPOCH),
                Arguments.of(Scene.withoutFullPass(EPOCH), Rule.NO_FULL_PASS),
                Arguments.of(Scene.sourceIncomplete(EPOCH), Rule.SOURCE_INCOMPLETE),
                Arguments.of(Scene.mirror(EPOCH, 1_001, 5, "d1", "d2"), Rule.MIRROR_BEHIND),
                Arguments.of(Scene.mirror(EPOCH, 1, 5_001, "d1", "d2"), Rule.MIRROR_BEHIND),
                Arguments.of(Scene.mirror(EPOCH, 0, 0, "d1", "d2"), Rule.DIGESTS_DIFFER),
                Arguments.of(Scene.withContent(EPOCH, 1, List.of(), 0), Rule.QUARANTINE),
                Arguments.of(Scene.withContent(EPOCH, 0, List.of(ALIAS), 0), Rule.NEVER_BALANCING));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void eachClauseStopsEverySwitchByItsName(MirrorEvidence mirror, Rule rule) {
        record Switch(Phase from, Phase to) {}
        List<Switch> switches =
                List.of(
                        new Switch(Phase.MIRRORING, Phase.JRAFT),
                        new Switch(Phase.JRAFT, Phase.MIRRORING),
                        new Switch(Phase.JRAFT, Phase.FINALIZED));
        for (Switch one : switches) {
            Scene scene = Scene.in(one.from()).with(mirror);
            assertThat(rules(scene.explain())).as("%s", one).contains(rule);

            Decision decision = scene.moveTo(one.to());

            assertThat(decision.verdict()).as("%s", one).isEqualTo(Verdict.REFUSED);
            assertThat(rules(decision.because())).as("%s", one).containsExactly(rule);
            assertThat(decision.because().get(0).step()).contains(one.to());
        }
    }

    @ParameterizedTest
    @MethodSource("bad")
    void theMirrorItselfCanAlwaysBeStopped(MirrorEvidence mirror, Rule rule) {
        assertThat(rule).isNotNull();
        assertThat(Scene.in(Phase.MIRRORING).with(mirror).moveTo(Phase.LEGACY).verdict())
                .isEqualTo(Verdict.MOVED);
    }

    @Test
    void whatAMirrorOfAnotherEpochSaysIsNotLookedAt() {
        MirrorEvidence late = Scene.mirror(EPOCH - 1, 5_000, 9_000, "d1", "d2");

        assertThat(rules(Scene.in(Phase.MIRRORING).with(late).moveTo(Phase.JRAFT).because()))
                .containsExactly(Rule.STALE_EPOCH);
    }

    @Test
    void digestsAreKnownOnlyIfBothAre() {
        MirrorEvidence both = Scene.goodMirror(EPOCH);
        Optional<String> none = Optional.empty();

        assertThat(both.digestsKnown()).isTrue();
        assertThat(digests(both.legacyDigest(), none).digestsKnown()).isFalse();
        assertThat(digests(none, both.jraftDigest()).digestsKnown()).isFalse();
        assertThat(digests(none, none).digestsKnown()).isFalse();
        assertThat(digests(none, none).digestsEqual()).isFalse();
    }

    private static MirrorEvidence digests(Optional<String> legacy, Optional<String> jraft) {
        MirrorEvidence good = Scene.goodMirror(EPOCH);
        return new MirrorEvidence(
                good.epoch(),
                0,
                0,
                good.lastFullPassAgeMs(),
                true,
                legacy,
                jraft,
                0,
                List.of(),
                0,
                0);
    }

    @Test
    void aSmallLagIsLeftToTheFenceEvenWithUnequalDigests() {
        Scene scene = Scene.in(Phase.MIRRORING);
        scene.with(Scene.mirror(EPOCH, 1_000, 5_000, "d1", "d2"));

        assertThat(scene.moveTo(Phase.JRAFT).verdict()).isEqualTo(Verdict.MOVED);
    }

    @Test
    void anUnknownDigestIsNotAnEqualOne() {
        MirrorEvidence none = digests(Optional.empty(), Optional.empty());

        assertThat(rules(Scene.in(Phase.MIRRORING).with(none).moveTo(Phase.JRAFT).because()))
                .containsExactly(Rule.DIGESTS_DIFFER);
    }

    @Test
    void lossesAreToldBeforeTheEndAndStandInNobodysWay() {
        Scene scene = Scene.in(Phase.JRAFT).with(Scene.withContent(EPOCH, 0, List.of(), 3));
        assertThat(rules(scene.explain())).contains(Rule.LOSSY_RECORDS);

        Decision decision = scene.moveTo(Phase.FINALIZED);

        assertThat(decision.verdict()).isEqualTo(Verdict.MOVED);
        assertThat(rules(decision.because())).containsExactly(Rule.ORDERED, Rule.LOSSY_RECORDS);
    }

    @Test
    void aLongListOfFindingsIsCountedAndNotTold() {
        List<Finding> many = Collections.nCopies(500, ALIAS);
        Decision decision =
                Scene.in(Phase.MIRRORING)
                        .with(Scene.withContent(EPOCH, 0, many, 0))
                        .moveTo(Phase.JRAFT);

        assertThat(decision.because()).hasSize(21);
        assertThat(decision.because().get(20).evidence()).startsWith("480 further records");
    }
}
