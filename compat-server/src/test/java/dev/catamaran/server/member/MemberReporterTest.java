package dev.catamaran.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.MemberEvidence.State;
import dev.catamaran.judgement.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said to whom, and in which order. */
class MemberReporterTest {

    private static final String SELF = "127.0.0.1:8848";
    private static final String B = "127.0.0.1:8858";
    private static final String C = "127.0.0.1:8868";
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong();
    private final Script script = new Script();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemberRoster roster =
            new MemberRoster(
                    new Membership(SELF, List.of(SELF, B, C), List.of(SELF), ""),
                    () -> SelfFacts.of(Phase.LEGACY, 0),
                    INTERVAL,
                    nanos::get);
    private final MemberReporter reporter = new MemberReporter(roster, script, timer, INTERVAL);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void looksBeforeItSpeaksSoThatA2xServerNeverSeesAMemberWithoutVersion() {
        script.answer(B, MemberReporter.SELF, 200, member(B, "\"version\":\"2.0.4\""));
        script.answer(B, MemberReporter.PATH, 200, "{\"code\":200,\"data\":\"true\"}");

        round(2);

        assertThat(script.calls(B)).startsWith("GET " + MemberReporter.SELF);
        assertThat(script.bodies)
                .isNotEmpty()
                .allMatch(body -> body.contains("\"version\":\"2.1.2\",\"catamaran\""))
                .allMatch(body -> body.contains("\"readyToUpgrade\":true"));
    }

    @Test
    void hidesItsVersionFromA14ServerOnTheHttpRaft() {
        script.answer(
                B, MemberReporter.SELF, 200, member(B, "\"naming\":{},\"version\":\"1.4.2\""));
        script.answer(B, MemberReporter.PATH, 200, "{\"code\":200,\"data\":\"true\"}");

        round(2);

        assertThat(script.bodies)
                .isNotEmpty()
                .noneMatch(body -> body.contains("\"version\":\"2.1.2\",\"catamaran\""));
    }

    @Test
    void saysNothingToWhoDoesNotAnswer() {
        round(4);

        assertThat(script.bodies).isEmpty();
        assertThat(roster.members().get(1).reach().state()).isEqualTo(State.DOWN);
    }

    @Test
    void reportsToRealServersInTurnAndToOursEachTime() {
        for (String real : List.of(B, C)) {
            script.answer(real, MemberReporter.SELF, 200, member(real, "\"version\":\"2.0.4\""));
            script.answer(real, MemberReporter.PATH, 200, "{\"code\":200,\"data\":\"true\"}");
        }
        round(4);
        assertThat(script.reports(B)).isEqualTo(2);
        assertThat(script.reports(C)).isEqualTo(2);

        script.answer(C, MemberReporter.SELF, 200, member(C, "\"catamaran\":{}"));
        round(4);
        assertThat(script.reports(C)).isEqualTo(6);
    }

    @Test
    void readsTheMemberThatANewerServerAnswersAReportWith() {
        script.answer(B, MemberReporter.SELF, 200, member(B, "\"version\":\"2.1.1\""));
        String answer = member(B, "\"version\":\"2.1.2\"").replace("{\"data\":", "");
        String text = answer.substring(0, answer.length() - 1).replace("\"", "\\\"");
        script.answer(B, MemberReporter.PATH, 200, "{\"code\":200,\"data\":\"" + text + "\"}");

        round(1);

        assertThat(roster.members().get(1).version()).contains("2.1.2");
    }

    @Test
    void tellsAServerBefore13ByWhatItAnswers() {
        script.answer(B, MemberReporter.SELF, 501, "no such api");
        script.answer(B, MemberReporter.LEGACY, 200, "{\"services\":0,\"peers\":[]}");

        round(1);

        MemberInfo old = roster.members().get(1);
        assertThat(old.kind()).isEqualTo(MemberInfo.Kind.REAL);
        assertThat(old.sightings().old()).containsExactly(SELF);
        assertThat(old.reachable()).contains(true);
    }

    @Test
    void aServerThatAnswersErrorsProvesNothing() {
        script.answer(B, MemberReporter.SELF, 503, "starting");
        script.answer(C, MemberReporter.SELF, 501, "no such api");
        script.answer(C, MemberReporter.LEGACY, 501, "no such api");

        round(1);

        assertThat(roster.members())
                .filteredOn(member -> !member.self())
                .allMatch(member -> member.kind() == MemberInfo.Kind.UNKNOWN)
                .allMatch(member -> member.reach().state() == State.SUSPICIOUS);
    }

    @Test
    void nobodySpeaksForAnother() {
        script.answer(B, MemberReporter.SELF, 200, member(C, "\"version\":\"1.4.2\""));

        round(1);

        assertThat(roster.members())
                .filteredOn(member -> !member.self())
                .allMatch(member -> member.kind() == MemberInfo.Kind.UNKNOWN);
    }

    private void round(int times) {
        for (int i = 0; i < times; i++) {
            nanos.addAndGet(INTERVAL.toNanos());
            reporter.round();
        }
    }

    private static String member(String address, String extend) {
        String port = address.substring(address.indexOf(':') + 1);
        return "{\"data\":{\"ip\":\"127.0.0.1\",\"port\":"
                + port
                + ",\"extendInfo\":{"
                + extend
                + "}}}";
    }

    /** Answers by address and path; whoever has no answer is not reached. */
    private static final class Script implements MemberClient {

        private final Map<String, MemberResponse> answers = new HashMap<>();
        private final List<String> calls = new ArrayList<>();
        private final List<String> bodies = new ArrayList<>();

        private void answer(String address, String path, int status, String body) {
            answers.put(
                    address + path,
                    new MemberResponse(status, body.getBytes(StandardCharsets.UTF_8)));
        }

        private List<String> calls(String address) {
            return calls.stream()
                    .filter(call -> call.startsWith(address))
                    .map(call -> call.substring(address.length() + 1))
                    .toList();
        }

        private long reports(String address) {
            return calls(address).stream().filter(call -> call.startsWith("POST")).count();
        }

        @Override
        public CompletableFuture<MemberResponse> send(
                String method,
                String address,
                String path,
                String contentType,
                byte[] body,
                Duration timeout) {
            calls.add(address + " " + method + " " + path);
            if (body.length > 0) {
                bodies.add(new String(body, StandardCharsets.UTF_8));
            }
            MemberResponse answer = answers.get(address + path);
            return answer == null
                    ? CompletableFuture.failedFuture(
                            new NotSentException("refused", new IllegalStateException()))
                    : CompletableFuture.completedFuture(answer);
        }
    }
}
