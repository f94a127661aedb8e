package dev.catamaran.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.MemberEvidence.Sightings;
import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.judgement.MemberEvidence.State;
import dev.catamaran.judgement.Phase;
import dev.catamaran.server.member.MemberInfo.Kind;
import dev.catamaran.server.member.MemberRoster.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MemberRosterTest {

    private static final String A = "127.0.0.1:8848";
    private static final String B = "127.0.0.1:8858";
    private static final String C = "127.0.0.1:8868";
    private static final String D = "127.0.0.1:8878";
    private static final String HOST = "127.0.0.1";
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** As captured from a real 1.4.2 server on its HTTP raft. */
    private static final String REAL_142 =
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

        assertThat(take(a, roster(B, Phase.MIRRORING).selfJson())).isEqualTo(Received.TAKEN);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));

        MemberInfo b = a.members().get(1);
        assertThat(b.kind()).isEqualTo(Kind.CATAMARAN);
        assertThat(b.version()).contains(SelfFacts.SPEAKS);
        assertThat(b.phase()).contains(Phase.MIRRORING);
        assertThat(b.epoch()).hasValue(4);
        assertThat(b.reportAgeMs()).hasValue(3_000);
    }

    @Test
    void tellsWhenAnotherMemberOfOursHasAppliedADecision() {
        MemberRoster a = roster(A, Phase.LEGACY);
        AtomicLong told = new AtomicLong();
        a.onDecided(told::incrementAndGet);

        take(a, REAL_142);
        take(a, roster(B, Phase.LEGACY).selfJson());
        assertThat(told.get()).isZero();

        MemberRoster decided =
                new MemberRoster(
                        Membership.ofPlanned(B, List.of(A, B)),
                        () -> facts(Optional.of(Phase.LEGACY), true),
                        INTERVAL,
                        nanos::get);
        AtomicLong nobody = new AtomicLong();
        a.onUndecided(nobody::incrementAndGet);
        take(a, decided.selfJson());
        assertThat(told.get()).isEqualTo(1);
        assertThat(nobody.get()).isZero();
    }

    @Test
    void tellsThatNobodyDecidedOnceAMajorityIsHeard() {
        AtomicLong told = new AtomicLong();
        MemberRoster a =
                new MemberRoster(
                        Membership.ofPlanned(A, List.of(A, B, C, D)),
                        () -> SelfFacts.of(Phase.LEGACY, 0),
                        INTERVAL,
                        nanos::get);
        a.onUndecided(told::incrementAndGet);
        a.tellIfNobodyDecided();
        take(a, REAL_142);
        assertThat(told.get()).as("two of four are no majority").isZero();

        take(a, roster(C, Phase.LEGACY, A, C).selfJson());
        assertThat(told.get()).isEqualTo(1);

        MemberRoster alone =
                new MemberRoster(
                        new Membership(A, List.of(A, B), List.of(A), ""),
                        () -> SelfFacts.of(Phase.LEGACY, 0),
                        INTERVAL,
                        nanos::get);
        alone.onUndecided(told::incrementAndGet);
        alone.tellIfNobodyDecided();
        assertThat(told.get()).as("alone in its plan").isEqualTo(2);
    }

    @Test
    void whoDoesNotKnowThePhaseReportsNone() {
        MemberRoster a = roster(A, Phase.MIRRORING);
        MemberRoster lost =
                new MemberRoster(
                        Membership.ofPlanned(B, List.of(A, B)),
                        () -> facts(Optional.empty(), false),
                        INTERVAL,
                        nanos::get);

        take(a, lost.selfJson());

        assertThat(a.members().get(1).kind()).isEqualTo(Kind.CATAMARAN);
        assertThat(a.members().get(1).phase()).isEmpty();
        assertThat(a.members().get(1).epoch()).isEmpty();
        assertThat(lost.members().get(1).epoch()).isEmpty();
    }

    @Test
    void aRealServersReportIsUnderstood() {
        MemberRoster a = roster(A, Phase.LEGACY);

        assertThat(take(a, REAL_142)).isEqualTo(Received.TAKEN);

        MemberInfo b = a.members().get(1);
        assertThat(b.kind()).isEqualTo(Kind.REAL);
        assertThat(b.version()).contains("1.4.2");
        assertThat(b.epoch()).isEmpty();
    }

    @Test
    void nobodyEntersTheListByReporting() {
        MemberRoster a = roster(A, Phase.LEGACY);

        assertThat(take(a, REAL_142.replace("8858", "9999"))).isEqualTo(Received.NOT_LISTED);
        assertThat(take(a, a.selfJson())).isEqualTo(Received.NOT_LISTED);
        assertThat(take(a, "{\"ip\":\"\",\"port\":8858}")).isEqualTo(Received.ILLEGAL);
        assertThat(take(a, "[[[[")).isEqualTo(Received.ILLEGAL);
        assertThat(take(a, "[".repeat(100_000))).isEqualTo(Received.ILLEGAL);
        assertThat(a.receive(bytes(REAL_142), "10.0.0.9").received()).isEqualTo(Received.FORGED);
        assertThat(a.members()).hasSize(2);
        assertThat(a.members().get(1).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aReporterIsAnsweredInTheFormItsVersionReads() {
        MemberRoster a = roster(A, Phase.JRAFT);

        for (String older : List.of("1.3.2", "1.4.2", "2.0.0", "2.0.4", "2.1.0", "2.1.1")) {
            assertThat(a.receive(bytes(real(older)), HOST).data()).as(older).isEqualTo("true");
        }
        for (String newer : List.of("2.1.2", "2.2.0", "2.5.1", "3.0.0")) {
            String data = a.receive(bytes(real(newer)), HOST).data();
            assertThat(JsonMapper.shared().readTree(data).path("address").asString())
                    .as(newer)
                    .isEqualTo(A);
        }
        assertThat(a.receive(bytes(REAL_142.replace("8858", "9999")), HOST).data())
                .isEqualTo("false");
    }

    @Test
    void reportsTheFormOfARealServerAndWhatOnlyOursRead() {
        RaftView view = new RaftView("127.0.0.1:7848", List.of("127.0.0.1:7848"), 3);
        MemberRoster a =
                new MemberRoster(
                        new Membership(A, List.of(A, B), List.of(A), "auto/never"),
                        () ->
                                new SelfFacts(
                                        Optional.of(Phase.JRAFT),
                                        4,
                                        true,
                                        true,
                                        Optional.of("jraft:\n a full disk"),
                                        new TreeMap<>(Map.of("naming_service_metadata", view))),
                        INTERVAL,
                        nanos::get);

        String json = a.selfJson().replaceAll("\"lastRefreshTime\":\\d+", "\"lastRefreshTime\":1");

        assertThat(json)
                .isEqualTo(
                        "{\"ip\":\"127.0.0.1\",\"port\":8848,\"state\":\"UP\",\"extendInfo\":{\"lastRefreshTime\":1,\"raftMetaData\":{\"metaDataMap\":{\"naming_service_metadata\":{\"leader\":\"127.0.0.1:7848\",\"raftGroupMember\":[\"127.0.0.1:7848\"],\"term\":3}}},\"raftPort\":\"7848\",\"readyToUpgrade\":true,\"version\":\"2.1.2\",\"catamaran\":{\"version\":\"0.1.0\",\"speaks\":\"2.1.2\",\"phase\":\"JRAFT\",\"epoch\":4,\"decided\":true,\"broken\":\"jraft:\\n"
                            + " a full disk\",\"old\":[],\"planned\":[\"127.0.0.1:8848\"],"
                            + "\"policies\":\"auto/never\"}},"
                            + "\"address\":\"127.0.0.1:8848\",\"failAccessCnt\":0,"
                            + "\"abilities\":{\"remoteAbility\":{"
                            + "\"supportRemoteConnection\":false,\"grpcReportEnabled\":false},"
                            + "\"configAbility\":{\"supportRemoteMetrics\":false},"
                            + "\"namingAbility\":{\"supportJraft\":true}},"
                            + "\"grpcReportEnabled\":false}");

        MemberRoster b = roster(B, Phase.JRAFT, A, B);
        take(b, a.selfJson());
        assertThat(
                        b.members().stream()
                                .filter(info -> info.address().equals(A))
                                .flatMap(info -> info.said().stream())
                                .flatMap(said -> said.broken().stream()))
                .containsExactly("jraft:  a full disk");
    }

    @Test
    void nothingChangesBetweenReportsThatARealServerWouldTakeForNews() {
        MemberRoster a = roster(A, Phase.JRAFT);
        JsonNode first = JsonMapper.shared().readTree(a.selfJson());
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(5));
        take(a, REAL_142);
        JsonNode second = JsonMapper.shared().readTree(a.selfJson());

        // what raises a member-change event on real servers (spec: jraft-groups 6.2)
        for (String field : List.of("ip", "port", "address", "state", "abilities")) {
            assertThat(second.path(field)).as(field).isEqualTo(first.path(field));
        }
        for (String key : List.of("raftPort", "version", "readyToUpgrade", "site", "weight")) {
            assertThat(second.path("extendInfo").path(key))
                    .as(key)
                    .isEqualTo(first.path("extendInfo").path(key));
        }
        assertThat(first.path("extendInfo").path("readyToUpgrade").isBoolean()).isTrue();
    }

    @Test
    void sightingsOfA1xMemberAreGatheredFromEveryReporter() {
        MemberRoster a = roster(A, Phase.JRAFT, A, B, C);
        MemberRoster c = roster(C, Phase.JRAFT, A, B, C);
        assertThat(b(a).sightings()).isEqualTo(Sightings.NONE);

        take(a, REAL_142);
        assertThat(b(a).sightings()).isEqualTo(new Sightings(Set.of(A), Set.of(A)));

        take(c, REAL_142);
        take(a, c.selfJson());
        assertThat(b(a).sightings()).isEqualTo(new Sightings(Set.of(A, C), Set.of(A, C)));

        nanos.addAndGet(INTERVAL.multipliedBy(3).toNanos() + 1);
        assertThat(b(a).sightings()).isEqualTo(new Sightings(Set.of(), Set.of(A)));
    }

    @Test
    void aServerBefore13IsSeenAsOldByWhatItAnswers() {
        MemberRoster a = roster(A, Phase.JRAFT);

        a.hear(Source.PROBE, ReportJson.Report.before13(B));

        assertThat(b(a).kind()).isEqualTo(Kind.REAL);
        assertThat(b(a).version()).isEmpty();
        assertThat(b(a).sightings()).isEqualTo(new Sightings(Set.of(A), Set.of(A)));
    }

    @Test
    void aRealServerOfAnUnreadableVersionIsNotSeenAsOld() {
        MemberRoster a = roster(A, Phase.JRAFT);

        take(a, real("banana"));

        assertThat(b(a).sightings().old()).isEmpty();
    }

    @Test
    void callsThatFailAreCountedAsRealServersCount() {
        MemberRoster a = roster(A, Phase.JRAFT);
        assertThat(b(a).reach().state()).isEqualTo(State.UNTRIED);

        a.failed(B, false);
        assertThat(b(a).reach().state()).isEqualTo(State.SUSPICIOUS);
        for (int i = 0; i < 3; i++) {
            a.failed(B, false);
        }
        assertThat(b(a).reach().state()).isEqualTo(State.DOWN);
        assertThat(a.membersJson()).contains("\"failAccessCnt\":4").contains("\"DOWN\"");

        a.answered(B);
        assertThat(b(a).reach()).isEqualTo(MemberInfo.Reach.GOOD);
        a.failed(B, true);
        assertThat(b(a).reach().state()).isEqualTo(State.DOWN);
    }

    @Test
    void aPlanIsAgreedOnlyWhileEveryPlannedMemberNamesItNow() {
        MemberRoster a = roster(A, Phase.JRAFT, A, B, C);
        assertThat(a.agreedPlan()).isEmpty();

        take(a, roster(B, Phase.JRAFT, A, B, C).selfJson());
        take(a, roster(C, Phase.JRAFT, A, C).selfJson());
        assertThat(a.agreedPlan()).isEmpty();

        take(a, roster(C, Phase.JRAFT, A, B, C).selfJson());
        assertThat(a.agreedPlan()).contains(List.of(A, B, C));

        nanos.addAndGet(INTERVAL.multipliedBy(3).toNanos() + 1);
        assertThat(a.agreedPlan()).isEmpty();
    }

    private static MemberInfo b(MemberRoster roster) {
        return roster.members().get(1);
    }

    @Test
    void aMemberThatWasToldAnotherPolicyIsNamedAndOneThatWasNeverHeardIsNot() {
        MemberRoster a = told(A, "operator/operator");
        assertThat(a.otherPolicies()).isEmpty();

        take(a, told(B, "operator/operator").selfJson());
        assertThat(a.otherPolicies()).isEmpty();

        take(a, told(B, "auto/operator").selfJson());
        assertThat(a.otherPolicies()).containsExactly(Map.entry(B, "auto/operator"));

        take(a, told(B, "<script>").selfJson());
        assertThat(a.otherPolicies()).containsExactly(Map.entry(B, ""));
    }

    @Test
    void whoIsToMoveByItselfWaitsForThePoliciesOfAllPlannedMembers() {
        assertThat(told(A, "operator/operator").otherPolicies()).isEmpty();

        MemberRoster a = told(A, "auto/operator");
        assertThat(a.otherPolicies()).containsExactly(Map.entry(B, ""));
        take(a, told(B, "auto/operator").selfJson());
        assertThat(a.otherPolicies()).isEmpty();
    }

    private MemberRoster told(String self, String policies) {
        List<String> both = List.of(A, B);
        return new MemberRoster(
                new Membership(self, both, both, policies),
                () -> SelfFacts.of(Phase.LEGACY, 4),
                INTERVAL,
                nanos::get);
    }

    private MemberRoster roster(String self, Phase phase) {
        return roster(self, phase, B, A);
    }

    private MemberRoster roster(String self, Phase phase, String... addresses) {
        return new MemberRoster(
                Membership.ofPlanned(self, List.of(addresses)),
                () -> SelfFacts.of(phase, 4),
                INTERVAL,
                nanos::get);
    }

    private static String real(String version) {
        return REAL_142.replace("1.4.2", version);
    }

    private static Received take(MemberRoster roster, String json) {
        return roster.receive(bytes(json), HOST).received();
    }

    private static SelfFacts facts(Optional<Phase> phase, boolean decided) {
        return new SelfFacts(
                phase, 0, decided, phase.isPresent(), Optional.empty(), new TreeMap<>());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
