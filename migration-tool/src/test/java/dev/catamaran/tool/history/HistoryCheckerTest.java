package dev.catamaran.tool.history;

import static dev.catamaran.tool.history.Finding.Kind.BACKWARDS;
import static dev.catamaran.tool.history.Finding.Kind.DUPLICATED;
import static dev.catamaran.tool.history.Finding.Kind.LATE;
import static dev.catamaran.tool.history.Finding.Kind.LOST;
import static dev.catamaran.tool.history.Finding.Kind.PHANTOM;
import static dev.catamaran.tool.history.Finding.Kind.RESURRECTED;
import static dev.catamaran.tool.history.Histories.RECORD;
import static dev.catamaran.tool.history.Value.ABSENT;
import static dev.catamaran.tool.history.Value.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {

    private static Histories history() {
        return new Histories();
    }

    @Test
    void isContentWhenTheLastAcknowledgedWriteIsThere() {
        assertThat(history().put(1).put(2).endingWith(version(2))).isEmpty();
        assertThat(history().put(1).delete().endingWith()).isEmpty();
        assertThat(history().endingWith()).isEmpty();
    }

    @Test
    void callsAnOlderStateLost() {
        assertThat(history().put(1).put(2).endingWith(version(1))).containsExactly(LOST);
        assertThat(history().put(1).put(2).endingWith()).containsExactly(LOST);
        assertThat(history().put(1).delete().put(2).endingWith()).containsExactly(LOST);
    }

    @Test
    void callsARemovedRecordThatIsBackResurrected() {
        assertThat(history().put(1).delete().endingWith(version(1))).containsExactly(RESURRECTED);
        assertThat(history().put(1).put(2).delete().endingWith(version(1)))
                .containsExactly(RESURRECTED);
    }

    @Test
    void callsTwoAppearancesDuplicatedEvenWhenBothAreRight() {
        assertThat(history().put(1).endingWith(version(1), version(1))).containsExactly(DUPLICATED);
        assertThat(history().put(1).put(2).endingWith(version(1), version(2)))
                .containsExactly(DUPLICATED, LOST);
    }

    @Test
    void callsWhatNobodyWrotePhantom() {
        assertThat(history().put(1).endingWith(version(9))).containsExactly(PHANTOM);
        assertThat(history().put(1).endingWith(new Value.Foreign("weight 7 for 1")))
                .containsExactly(PHANTOM);
        assertThat(history().endingWith(version(1))).containsExactly(PHANTOM);
    }

    @Test
    void callsARefusedWriteThatTookEffectPhantom() {
        assertThat(history().put(1).putRefused(2).endingWith(version(2))).containsExactly(PHANTOM);
        assertThat(history().put(1).putRefused(2).endingWith(version(1))).isEmpty();
    }

    @Test
    void allowsAnUnknownWriteEitherWay() {
        assertThat(history().put(1).putUnknown(2).endingWith(version(1))).isEmpty();
        assertThat(history().put(1).putUnknown(2).endingWith(version(2))).isEmpty();
        assertThat(history().put(1).deleteUnknown().endingWith()).isEmpty();
        assertThat(history().put(1).putUnknown(2).endingWith()).containsExactly(LOST);
    }

    @Test
    void tellsOfAnUnknownWriteThatCameInAfterALaterAcknowledgedOne() {
        assertThat(history().putUnknown(1).put(2).endingWith(version(1))).containsExactly(LATE);
        assertThat(history().putUnknown(1).put(2).endingWith(version(2))).isEmpty();
    }

    @Test
    void doesNotExcuseALossByAnAnswerLostLongAgo() {
        Histories longAgo = history().putUnknown(1).later(1_000).put(2);

        assertThat(longAgo.judged(2_000, version(1))).containsExactly(LATE);
        assertThat(longAgo.judged(500, version(1))).containsExactly(LOST);
        assertThat(longAgo.judged(500, version(2))).isEmpty();
    }

    @Test
    void judgesEachViewByItself() {
        List<Call> calls = history().put(1).put(2).calls();
        FinalView good = new FinalView("jraft of m1", 999, Map.of(RECORD, List.of(version(2))));
        FinalView bad = new FinalView("legacy of m3", 999, Map.of(RECORD, List.of(version(1))));

        List<Finding> findings = new HistoryChecker(0).judge(calls, List.of(good, bad));

        assertThat(findings).containsExactly(new Finding(LOST, RECORD, "legacy of m3", "v2", "v1"));
        assertThat(findings.get(0).text())
                .isEqualTo(
                        "LOST public##DEFAULT_GROUP@@orders/10.0.0.1:8080#DEFAULT in legacy of"
                                + " m3: expected v2, found v1");
    }

    @Test
    void doesNotHoldAViewToWritesThatBeganAfterIt() {
        Histories history = history().put(1);
        long beforeNs = 115;
        List<Call> calls = history.put(2).calls();
        FinalView early = new FinalView("m1", beforeNs, Map.of(RECORD, List.of(version(1))));

        assertThat(new HistoryChecker(0).judge(calls, List.of(early))).isEmpty();
    }

    @Test
    void allowsReadingsThatTrailButNotOnesThatGoBack() {
        assertThat(history().put(1).put(2).read("m1", version(1)).readings()).isEmpty();
        assertThat(history().put(1).put(2).read("m1", version(2)).read("m1", version(1)).readings())
                .containsExactly(BACKWARDS);
        assertThat(history().put(1).put(2).read("m1", version(2)).read("m2", version(1)).readings())
                .isEmpty();
        assertThat(
                        history()
                                .put(1)
                                .put(2)
                                .read("m1", version(2))
                                .read("m1", 2, version(1))
                                .readings())
                .isEmpty();
    }

    @Test
    void explainsAnAbsenceByTheNearestRemoval() {
        assertThat(
                        history()
                                .put(1)
                                .delete()
                                .put(2)
                                .read("m1", version(1))
                                .read("m1", ABSENT)
                                .read("m1", version(2))
                                .readings())
                .isEmpty();
        assertThat(history().put(1).read("m1", version(1)).read("m1", ABSENT).readings())
                .containsExactly(BACKWARDS);
    }

    @Test
    void callsAReadingOfWhatNobodyWrotePhantomAndOneSeenTwiceDuplicated() {
        assertThat(history().put(1).read("m1", version(5)).readings()).containsExactly(PHANTOM);
        assertThat(history().read("m1", version(1)).put(1).readings()).containsExactly(PHANTOM);
        assertThat(history().put(1).read("m1", version(1), version(1)).readings())
                .containsExactly(DUPLICATED);
    }
}
