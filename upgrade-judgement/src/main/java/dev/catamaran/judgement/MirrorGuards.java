package dev.catamaran.judgement;

import dev.catamaran.judgement.MirrorEvidence.Finding;
import java.util.ArrayList;
import java.util.List;

/** What the mirror has against a fence. Each method answers with reasons; none means go. */
final class MirrorGuards {

    /** More findings than this are only counted: an answer stays readable. */
    private static final int FINDINGS_SHOWN = 20;

    private final Situation situation;
    private final MirrorEvidence mirror;

    MirrorGuards(Situation situation) {
        this.situation = situation;
        this.mirror = situation.mirror();
    }

    /** Everything a fence needs of the mirror, that it will probably get to an end in time. */
    List<Reason> readyForFence() {
        List<Reason> reasons = new ArrayList<>();
        if (!runsUnderThisEpoch(reasons)) {
            return reasons;
        }
        passes(reasons);
        lag(reasons);
        digests(reasons);
        content(reasons);
        return reasons;
    }

    private boolean runsUnderThisEpoch(List<Reason> reasons) {
        long epoch = situation.state().epoch();
        if (mirror.epoch().isEmpty()) {
            reasons.add(
                    reason(
                            Rule.MIRROR_NOT_RUNNING,
                            "no mirror runs",
                            "it starts on the deciding member within seconds; if not, see its"
                                    + " log"));
            return false;
        }
        if (mirror.epoch().getAsLong() != epoch) {
            reasons.add(
                    reason(
                            Rule.STALE_EPOCH,
                            "the mirror speaks of epoch "
                                    + mirror.epoch().getAsLong()
                                    + ", the cluster is at epoch "
                                    + epoch,
                            "wait for the mirror's first pass under this epoch"));
            return false;
        }
        return true;
    }

    private void passes(List<Reason> reasons) {
        if (mirror.lastFullPassAgeMs().isEmpty()) {
            reasons.add(
                    reason(
                            Rule.NO_FULL_PASS,
                            "no full pass of the mirror has ended under this epoch",
                            "wait for it; its progress stands in the status"));
        }
        if (!mirror.sourceComplete()) {
            reasons.add(
                    reason(
                            Rule.SOURCE_INCOMPLETE,
                            "the primary is not known to hold everything it should",
                            "wait until every group of the primary has a leader and has loaded"));
        }
    }

    private void lag(List<Reason> reasons) {
        JudgeSettings settings = situation.settings();
        if (mirror.lagRecords() > settings.maxLagRecordsToFence()
                || mirror.lagMs() > settings.maxLagMsToFence()) {
            reasons.add(
                    reason(
                            Rule.MIRROR_BEHIND,
                            "the mirror is behind by "
                                    + mirror.lagRecords()
                                    + " records and "
                                    + mirror.lagMs()
                                    + " ms; a fence can drain "
                                    + settings.maxLagRecordsToFence()
                                    + " records and "
                                    + settings.maxLagMsToFence()
                                    + " ms",
                            "wait until it has caught up, or lower the rate of writes"));
        }
    }

    /** While records wait, unequal digests are to be expected: the fence will tell. */
    private void digests(List<Reason> reasons) {
        if (mirror.lagRecords() > 0 || mirror.digestsEqual()) {
            return;
        }
        String evidence =
                mirror.digestsKnown()
                        ? "legacy " + mirror.legacyDigest().get() + ", jraft " + jraftDigest()
                        : "a digest is not known yet";
        reasons.add(
                Reason.of(
                        Rule.DIGESTS_DIFFER,
                        evidence + ", with nothing left to carry over",
                        "look at the records that differ; a full pass repairs them",
                        Command.diff(situation.self())));
    }

    private String jraftDigest() {
        return mirror.jraftDigest().orElse("unknown");
    }

    private void content(List<Reason> reasons) {
        if (mirror.quarantined() > 0) {
            reasons.add(
                    Reason.of(
                            Rule.QUARANTINE,
                            mirror.quarantined()
                                    + " deletions are too many to be carried over"
                                    + " without an operator's word",
                            "look at the records that differ; if they were deleted on purpose,"
                                    + " confirm with POST /catamaran/v1/mirror/confirm-deletes",
                            Command.diff(situation.self())));
        }
        List<Finding> findings = mirror.neverBalancing();
        for (Finding finding : findings.subList(0, Math.min(FINDINGS_SHOWN, findings.size()))) {
            reasons.add(
                    Reason.of(
                            Rule.NEVER_BALANCING,
                            finding.key() + " can never be equal: " + finding.rule(),
                            finding.what(),
                            Command.diff(situation.self())));
        }
        long more = mirror.neverBalancingCount() - Math.min(FINDINGS_SHOWN, findings.size());
        if (more > 0) {
            reasons.add(
                    Reason.of(
                            Rule.NEVER_BALANCING,
                            more + " further records can never be equal",
                            "resolve the ones named, the others are named then",
                            Command.diff(situation.self())));
        }
    }

    /** Not in the way, but to be known before there is no way back. */
    List<Reason> losses() {
        if (mirror.lossyRecords() == 0) {
            return List.of();
        }
        return List.of(
                Reason.of(
                        Rule.LOSSY_RECORDS,
                        "of " + mirror.lossyRecords() + " records a part cannot be carried over",
                        "read which parts; confirming accepts it",
                        Command.diff(situation.self())));
    }

    private Reason reason(Rule rule, String evidence, String change) {
        return Reason.of(rule, evidence, change, Command.status(situation.self()));
    }
}
