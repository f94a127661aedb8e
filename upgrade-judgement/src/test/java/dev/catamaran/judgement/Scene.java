package dev.catamaran.judgement;

import dev.catamaran.judgement.MemberEvidence.Kind;
import dev.catamaran.judgement.MemberEvidence.Sightings;
import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.judgement.MemberEvidence.State;
import dev.catamaran.judgement.MemberEvidence.Word;
import dev.catamaran.judgement.MirrorEvidence.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A cluster of three planned members and what the judge has made of it so far. */
final class Scene {

    static final String A = "10.0.0.1:8848";
    static final String B = "10.0.0.2:8848";
    static final String C = "10.0.0.3:8848";
    static final String D = "10.0.0.4:8848";
    static final List<String> PLANNED = List.of(A, B, C);

    UpgradeState state = UpgradeState.START;
    JudgeMemory memory = JudgeMemory.EMPTY;
    JudgeSettings settings = JudgeSettings.DEFAULTS;
    List<MemberEvidence> members = new ArrayList<>();
    MirrorEvidence mirror = MirrorEvidence.NONE;
    long nowMs = 1_000_000;

    /** Three Catamaran members in {@code phase}, everything fine. */
    static Scene in(Phase phase) {
        Scene scene = new Scene();
        scene.state =
                switch (phase) {
                    case LEGACY -> UpgradeState.START;
                    case MIRRORING, JRAFT, FINALIZED -> state(phase, 7);
                    case FENCED -> state(Phase.MIRRORING, 6).fencedFor(Phase.JRAFT);
                };
        scene.allFine();
        return scene;
    }

    static Scene fenced(Phase from, Phase to) {
        Scene scene = new Scene();
        scene.state = state(from, 6).fencedFor(to);
        scene.allFine();
        return scene;
    }

    static UpgradeState state(Phase phase, long epoch) {
        return new UpgradeState(phase, epoch, Optional.empty(), false, "");
    }

    /** Members and mirror as they should be at the state's epoch. */
    Scene allFine() {
        members.clear();
        PLANNED.forEach(address -> members.add(catamaran(address, state.epoch())));
        boolean mirrors = state.mirrorSource().isPresent();
        mirror = mirrors ? goodMirror(state.epoch()) : MirrorEvidence.NONE;
        return this;
    }

    /** The evidence of one address replaced, or added. */
    Scene with(MemberEvidence evidence) {
        members.removeIf(member -> member.address().equals(evidence.address()));
        members.add(evidence);
        return this;
    }

    Scene with(MirrorEvidence evidence) {
        mirror = evidence;
        return this;
    }

    Scene with(JudgeSettings newSettings) {
        settings = newSettings;
        return this;
    }

    Scene held(String reason) {
        state = state.held(reason);
        return this;
    }

    ClusterView cluster() {
        return new ClusterView(A, PLANNED, members);
    }

    Decision observe() {
        return feed(new UpgradeEvent.Observed(nowMs, cluster(), mirror));
    }

    Decision order(Order order) {
        return feed(new UpgradeEvent.Ordered(nowMs, order, cluster(), mirror));
    }

    Decision moveTo(Phase to) {
        return order(new Order.MoveTo(to, false, true, "planned", "anna"));
    }

    Decision report(FenceEvidence evidence) {
        return feed(new UpgradeEvent.FenceReported(nowMs, evidence));
    }

    /** Asks twice, as production may, and goes on from the answer. */
    Decision feed(UpgradeEvent event) {
        Decision decision = Checked.step(memory, state, settings, event);
        memory = decision.memory();
        state = decision.next();
        return decision;
    }

    Scene pass(long ms) {
        nowMs += ms;
        return this;
    }

    List<Reason> explain() {
        return Judge.explain(state, memory, settings, cluster(), mirror);
    }

    static MemberEvidence catamaran(String address, long epoch) {
        return new MemberEvidence(
                address,
                Kind.CATAMARAN,
                Optional.of(new Word(Source.REPORT, 0, Optional.empty(), OptionalLong.of(epoch))),
                State.UP,
                Sightings.NONE);
    }

    /** A Catamaran member whose JRaft stack has stopped. */
    static MemberEvidence broken(String address, long epoch) {
        return withWord(
                catamaran(address, epoch),
                new Word(
                        Source.REPORT,
                        0,
                        Optional.empty(),
                        OptionalLong.of(epoch),
                        Optional.of("jraft: naming_persistent_service_v2: ERROR_TYPE_LOG")));
    }

    /** A Catamaran member that names its own version. */
    static MemberEvidence catamaran(String address, long epoch, String version) {
        return new MemberEvidence(
                address,
                Kind.CATAMARAN,
                Optional.of(
                        new Word(
                                Source.REPORT,
                                0,
                                MemberVersion.parse(version),
                                OptionalLong.of(epoch))),
                State.UP,
                Sightings.NONE);
    }

    /** A real server seen by all three of our members. */
    static MemberEvidence real(String address, String version) {
        return real(address, version, 0, 3);
    }

    /** A real server; an empty version means it names none. */
    static MemberEvidence real(String address, String version, long ageMs, int sightings) {
        Optional<MemberVersion> named = MemberVersion.parse(version);
        return new MemberEvidence(
                address,
                Kind.REAL,
                Optional.of(
                        new Word(
                                named.isPresent() ? Source.REPORT : Source.PROBE,
                                ageMs,
                                named,
                                OptionalLong.empty())),
                State.UP,
                new Sightings(Set.copyOf(PLANNED.subList(0, sightings)), Set.copyOf(PLANNED)));
    }

    /** A member of which only another one's list says a version. */
    static MemberEvidence hearsay(String address, String version) {
        MemberEvidence real = real(address, version);
        Word said = real.word().orElseThrow();
        return withWord(real, new Word(Source.LIST, said.ageMs(), said.version(), said.epoch()));
    }

    static MemberEvidence stale(String address, long epoch) {
        return aged(catamaran(address, epoch), 60_000);
    }

    static MemberEvidence aged(MemberEvidence member, long ageMs) {
        Word word = member.word().orElseThrow();
        return withWord(member, new Word(word.source(), ageMs, word.version(), word.epoch()));
    }

    private static MemberEvidence withWord(MemberEvidence member, Word word) {
        return new MemberEvidence(
                member.address(),
                member.kind(),
                Optional.of(word),
                member.state(),
                member.sightings());
    }

    static MemberEvidence unreachable(MemberEvidence member) {
        return in(member, State.DOWN);
    }

    static MemberEvidence in(MemberEvidence member, State state) {
        return new MemberEvidence(
                member.address(), member.kind(), member.word(), state, member.sightings());
    }

    static MirrorEvidence goodMirror(long epoch) {
        return mirror(epoch, 0, 0, "d1", "d1");
    }

    static MirrorEvidence mirror(
            long epoch, long lagRecords, long lagMs, String legacy, String jraft) {
        return new MirrorEvidence(
                OptionalLong.of(epoch),
                lagRecords,
                lagMs,
                OptionalLong.of(500),
                true,
                Optional.of(legacy),
                Optional.of(jraft),
                0,
                List.of(),
                0,
                0);
    }

    static MirrorEvidence withoutFullPass(long epoch) {
        return new MirrorEvidence(
                OptionalLong.of(epoch),
                0,
                0,
                OptionalLong.empty(),
                true,
                Optional.of("d1"),
                Optional.of("d1"),
                0,
                List.of(),
                0,
                0);
    }

    static MirrorEvidence sourceIncomplete(long epoch) {
        return new MirrorEvidence(
                OptionalLong.of(epoch),
                0,
                0,
                OptionalLong.of(500),
                false,
                Optional.of("d1"),
                Optional.of("d1"),
                0,
                List.of(),
                0,
                0);
    }

    static MirrorEvidence withContent(
            long epoch, long quarantined, List<Finding> findings, long lossy) {
        return new MirrorEvidence(
                OptionalLong.of(epoch),
                0,
                0,
                OptionalLong.of(500),
                true,
                Optional.of("d1"),
                Optional.of("d1"),
                quarantined,
                findings,
                findings.size(),
                lossy);
    }
}
