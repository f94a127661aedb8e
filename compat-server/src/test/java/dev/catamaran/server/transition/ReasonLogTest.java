package dev.catamaran.server.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Reason;
import dev.catamaran.judgement.Rule;
import dev.catamaran.judgement.UpgradeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReasonLogTest {

    private final ReasonLog log = new ReasonLog();

    @Test
    void tellsAReasonOnceWhenItHasComeToStayAndOnceWhenItHasGone() {
        assertThat(note(0, reason("5 ms"))).isZero();
        assertThat(note(1_999, reason("6 ms"))).isZero();
        assertThat(note(2_000, reason("7 ms"))).isEqualTo(1);
        assertThat(note(9_000, reason("8 ms"))).isZero();

        assertThat(note(10_000)).isZero();
        assertThat(note(12_000)).isEqualTo(1);
        assertThat(note(20_000)).isZero();
    }

    @Test
    void whatComesAndGoesBetweenLooksIsNoNews() {
        for (int ms = 0; ms < 60_000; ms += 200) {
            int lines = ms % 400 == 0 ? note(ms, reason("x")) : note(ms);
            assertThat(lines).isZero();
        }
    }

    @Test
    void aReasonThatGoesForAMomentIsNotToldAgain() {
        note(0, reason("x"));
        assertThat(note(2_000, reason("x"))).isEqualTo(1);
        assertThat(note(2_200)).isZero();
        assertThat(note(2_400, reason("x"))).isZero();
        assertThat(note(60_000, reason("x"))).isZero();
    }

    @Test
    void anotherMemberTellsAnew() {
        note(0, reason("x"));
        note(2_000, reason("x"));
        log.forget();
        assertThat(note(3_000, reason("x"))).isZero();
        assertThat(note(5_000, reason("x"))).isEqualTo(1);
    }

    @Test
    void aLineTellsSinceWhenAndWhatToRunAsTheAnswerDoes() {
        Reason held =
                new Reason(
                        Rule.HELD,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(1_000),
                        "held: audit",
                        "release the hold",
                        "curl -X POST http://127.0.0.1:8848/catamaran/v1/release");

        assertThat(ReasonLog.line(held, UpgradeState.START, Optional.of(Instant.EPOCH)))
                .isEqualTo(
                        "reason rule=held member=none step=none phase=LEGACY epoch=0"
                                + " since=1970-01-01T00:00:00Z evidence=\"held: audit\""
                                + " change=\"release the hold\" command=\"curl -X POST"
                                + " http://127.0.0.1:8848/catamaran/v1/release\"");
    }

    private int note(long nowMs, Reason... reasons) {
        return log.note(nowMs, UpgradeState.START, List.of(reasons));
    }

    private static Reason reason(String evidence) {
        return new Reason(
                Rule.UNREACHABLE,
                Optional.empty(),
                Optional.of("127.0.0.1:8858"),
                OptionalLong.empty(),
                evidence,
                "start it",
                "");
    }
}
