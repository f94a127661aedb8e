package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.JudgeMemory.OldSince;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How looks and words are counted before a member is proved old. */
class DwellTest {

    private static final JudgeSettings SETTINGS = JudgeSettings.DEFAULTS;
    private static final long INTERVAL_MS = SETTINGS.reportIntervalMs();
    private static final long NOW_MS = 100_000;

    private JudgeMemory memory = JudgeMemory.EMPTY;

    @Test
    void aSecondLookAtTheSameMomentStartsNothingAgain() {
        look(NOW_MS, 0);
        look(NOW_MS + INTERVAL_MS, 0);
        OldSince before = old();

        look(NOW_MS + INTERVAL_MS, 0);
        assertThat(old()).isEqualTo(before).isEqualTo(new OldSince(NOW_MS, 102_000, 102_000, 2));
    }

    @Test
    void aClockThatGoesBackStartsTheCountAgain() {
        look(NOW_MS, 0);
        look(NOW_MS - 1, 0);

        assertThat(old()).isEqualTo(new OldSince(NOW_MS - 1, NOW_MS - 1, NOW_MS - 1, 1));
    }

    @Test
    void oneWordCountsOnceHoweverOftenItIsLookedAt() {
        for (long age = 0; age <= INTERVAL_MS; age += 100) {
            look(NOW_MS + age, age);
        }
        assertThat(old().words()).isEqualTo(1);
    }

    @Test
    void wordsHalfAnIntervalApartAreOneAndOnesALittleFurtherAreTwo() {
        look(NOW_MS, 0);
        look(NOW_MS + INTERVAL_MS / 2, 0);
        assertThat(old().words()).isEqualTo(1);

        look(NOW_MS + INTERVAL_MS / 2 + 1, 0);
        assertThat(old().words()).isEqualTo(2);
        look(NOW_MS + INTERVAL_MS / 2 + 1 + INTERVAL_MS, 0);
        assertThat(old().words()).isEqualTo(3);
    }

    @Test
    void theDistanceIsMeasuredFromTheLastWordThatCounted() {
        long little = INTERVAL_MS / 2 - 100;
        look(NOW_MS, 0);
        look(NOW_MS + little, 0);
        assertThat(old().wordAtMs()).isEqualTo(NOW_MS);

        look(NOW_MS + 2 * little, 0);
        assertThat(old().words()).isEqualTo(2);
        assertThat(old().wordAtMs()).isEqualTo(NOW_MS + 2 * little);
    }

    @Test
    void whoWasOldLongEnoughAndIsNotNowIsNotProved() {
        JudgeMemory longAgo = remembering(SETTINGS.dwellMs(), SETTINGS.dwellReports());

        assertThat(proved(longAgo, Scene.real(Scene.D, "1.4.2"))).isTrue();
        assertThat(proved(longAgo, Scene.real(Scene.D, "2.1.2"))).isFalse();
        assertThat(proved(longAgo, Scene.real(Scene.D, "1.4.2", 0, 1)))
                .as("no majority sees it now")
                .isFalse();
    }

    @Test
    void whoIsOldNowIsProvedByTimeAndByWords() {
        MemberEvidence old = Scene.real(Scene.D, "1.4.2");

        assertThat(proved(JudgeMemory.EMPTY, old)).isFalse();
        assertThat(proved(remembering(SETTINGS.dwellMs() - 1, SETTINGS.dwellReports()), old))
                .isFalse();
        assertThat(proved(remembering(SETTINGS.dwellMs(), SETTINGS.dwellReports() - 1), old))
                .isFalse();
    }

    private JudgeMemory remembering(long dwellMs, int words) {
        look(NOW_MS, 0);
        OldSince since = new OldSince(NOW_MS, NOW_MS + dwellMs, NOW_MS + dwellMs, words);
        return memory.withOld(new TreeMap<>(Map.of(Scene.D, since)));
    }

    private static boolean proved(JudgeMemory memory, MemberEvidence member) {
        UpgradeState state = Scene.state(Phase.JRAFT, 7);
        Situation situation =
                new Situation(state, memory, SETTINGS, cluster(member), MirrorEvidence.NONE);
        return Dwell.proved(member, situation);
    }

    private void look(long nowMs, long wordAgeMs) {
        MemberEvidence old = Scene.aged(Scene.real(Scene.D, "1.4.2"), wordAgeMs);
        memory = Dwell.look(memory, nowMs, cluster(old), SETTINGS);
    }

    private static ClusterView cluster(MemberEvidence member) {
        return new ClusterView(Scene.A, Scene.PLANNED, List.of(member));
    }

    private OldSince old() {
        return memory.oldSince().get(Scene.D);
    }
}
