package dev.catamaran.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.server.member.MemberInfo.Kind;
import dev.catamaran.server.member.MemberRoster.Received;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemberRosterTest {

    private static final String A = "127.0.0.1:8848";
    private static final String B = "127.0.0.1:8858";

    /** As captured from a real 1.4.2 server. */
    private static final String REAL =
            "{\"ip\":\"127.0.0.1\",\"port\":8858,\"state\":\"UP\",\"extendInfo\":{"
                    + "\"lastRefreshTime\":1795301107153,\"naming\":{\"term\":1},"
                    + "\"raftPort\":\"7858\",\"version\":\"1.4.2\"},"
                    + "\"address\":\"127.0.0.1:8858\",\"failAccessCnt\":0}";

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aMemberThatNeverSpokeIsUnknown() {
        MemberInfo other = roster(A, Phase.LEGACY).members().get(1);

        assertThat(other.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(other.version()).isEmpty();
        assertThat(other.reportAgeMs()).isEmpty();
        assertThat(other.reachable()).isEmpty();
    }

    @Test
    void ourReportIsUnderstoodByOurs() {
        MemberRoster a = roster(A, Phase.MIRRORING);

        assertThat(a.receive(bytes(roster(B, Phase.MIRRORING).selfJson())))
                .isEqualTo(Received.TAKEN);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

        MemberInfo b = a.members().get(1);
        assertThat(b.kind()).isEqualTo(Kind.CATAMARAN);
        assertThat(b.version()).contains(SelfFacts.SPEAKS);
        assertThat(b.epoch()).hasValue(4);
        assertThat(b.reportAgeMs()).hasValue(3_000);
    }

    @Test
    void aRealServersReportIsUnderstood() {
        MemberRoster a = roster(A, Phase.LEGACY);

        assertThat(a.receive(bytes(REAL))).isEqualTo(Received.TAKEN);

        MemberInfo b = a.members().get(1);
        assertThat(b.kind()).isEqualTo(Kind.REAL);
        assertThat(b.version()).contains("1.4.2");
        assertThat(b.epoch()).isEmpty();
    }

    @Test
    void nobodyEntersTheListByReporting() {
        MemberRoster a = roster(A, Phase.LEGACY);

        assertThat(a.receive(bytes(REAL.replace("8858", "9999")))).isEqualTo(Received.NOT_LISTED);
        assertThat(a.receive(bytes(a.selfJson()))).isEqualTo(Received.NOT_LISTED);
        assertThat(a.receive(bytes("{\"ip\":\"\",\"port\":8858}"))).isEqualTo(Received.ILLEGAL);
        assertThat(a.receive(bytes("[[[["))).isEqualTo(Received.ILLEGAL);
        assertThat(a.receive(bytes("[".repeat(100_000)))).isEqualTo(Received.ILLEGAL);
        assertThat(a.members()).hasSize(2);
        assertThat(a.members().get(1).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void realServersSeeAVersionOnlyOnceTheClusterWorksOnJraft() {
        for (Phase phase : Phase.values()) {
            boolean shown = phase == Phase.JRAFT || phase == Phase.FINALIZED;
            String visible = roster(A, phase).selfJson().replaceAll("\"catamaran\":\\{[^}]*}", "");

            assertThat(visible.contains("\"version\":\"" + SelfFacts.SPEAKS + "\""))
                    .as(phase.name())
                    .isEqualTo(shown);
        }
    }

    private MemberRoster roster(String self, Phase phase) {
        return new MemberRoster(
                self, List.of(B, A), () -> new SelfFacts(phase, 4, 9, true), nanos::get);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
