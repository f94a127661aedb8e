package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.ClusterView;
import dev.catamaran.judgement.MemberEvidence;
import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.judgement.MirrorEvidence;
import dev.catamaran.registry.convert.Loss;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.mirror.MirrorStatus;
import java.util.List;
import java.util.OptionalLong;

/** Puts what this member knows into the words of the judge. */
public final class EvidenceSource {

    /** Findings shown with a decision; more are only counted. */
    private static final int SAMPLE = 20;

    private final MemberDirectory members;
    private final Mirror mirror;
    private final TransitionWatch watch;

    /**
     * A source of evidence.
     *
     * @param members who is in the cluster
     * @param mirror this member's mirror
     * @param watch what this member has applied of the transition
     */
    public EvidenceSource(MemberDirectory members, Mirror mirror, TransitionWatch watch) {
        this.members = requireNonNull(members, "members is null");
        this.mirror = requireNonNull(mirror, "mirror is null");
        this.watch = requireNonNull(watch, "watch is null");
    }

    /** The members as this one sees them now. */
    public ClusterView cluster() {
        return new ClusterView(
                members.self(),
                members.planned(),
                members.members().stream().map(this::evidence).toList());
    }

    private MemberEvidence evidence(MemberInfo member) {
        MemberEvidence.Kind kind =
                switch (member.kind()) {
                    case CATAMARAN -> MemberEvidence.Kind.CATAMARAN;
                    case REAL -> MemberEvidence.Kind.REAL;
                    case UNKNOWN -> MemberEvidence.Kind.UNKNOWN;
                };
        return new MemberEvidence(
                member.address(),
                kind,
                member.said().map(said -> word(member, said)),
                member.reach().state(),
                member.sightings());
    }

    /** The version of one of ours is that of Catamaran, of others that of the server. */
    private MemberEvidence.Word word(MemberInfo member, MemberInfo.Said said) {
        return new MemberEvidence.Word(
                said.source(),
                said.ageMs(),
                said.software().or(said::version).flatMap(MemberVersion::parse),
                member.self() ? OptionalLong.of(watch.view().upgrade().epoch()) : said.epoch(),
                said.broken());
    }

    /** Both stacks and the mirror between them, as this member sees them now. */
    public MirrorEvidence mirror() {
        MirrorStatus now = mirror.status();
        if (!now.running()) {
            return MirrorEvidence.NONE;
        }
        List<Loss> blocking = now.findings().stream().filter(Loss::blocking).toList();
        return new MirrorEvidence(
                OptionalLong.of(now.epoch()),
                now.lagRecords(),
                now.lagMs(),
                age(now.fullPassAtMs()),
                now.sourceComplete(),
                now.legacyDigest(),
                now.jraftDigest(),
                now.quarantined(),
                blocking.stream()
                        .limit(SAMPLE)
                        .map(
                                found ->
                                        new MirrorEvidence.Finding(
                                                found.key(), found.rule(), found.advice()))
                        .toList(),
                blocking.size(),
                now.findings().size() - blocking.size());
    }

    private static OptionalLong age(OptionalLong atMs) {
        return atMs.isPresent()
                ? OptionalLong.of(Math.max(0, System.currentTimeMillis() - atMs.getAsLong()))
                : OptionalLong.empty();
    }
}
