package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeMemory.OldSince;
import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.judgement.MemberEvidence.State;
import dev.catamaran.judgement.MemberEvidence.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the members have against a step. Each method answers with reasons; none means go. */
final class MemberGuards {

    private final Situation situation;

    MemberGuards(Situation situation) {
        this.situation = situation;
    }

    /** For MIRRORING and for the way down: enough of ours to decide anything, nobody too new. */
    List<Reason> quorum() {
        List<Reason> reasons = new ArrayList<>();
        List<Reason> missing = new ArrayList<>();
        for (String address : situation.cluster().planned()) {
            plannedMember(address).ifPresent(missing::add);
        }
        int ready = situation.cluster().planned().size() - missing.size();
        if (ready < situation.cluster().majority()) {
            reasons.add(
                    Reason.of(
                            Rule.NO_QUORUM,
                            ready
                                    + " of "
                                    + situation.cluster().planned().size()
                                    + " planned members are ready, "
                                    + situation.cluster().majority()
                                    + " are needed",
                            "bring more planned members up as Catamaran",
                            Command.status(situation.self())));
            reasons.addAll(missing);
        }
        return reasons;
    }

    /** For MIRRORING: a real 2.x cannot follow before the end of the way. */
    List<Reason> nobodyTooNew() {
        List<Reason> reasons = new ArrayList<>();
        for (MemberEvidence member : situation.cluster().members()) {
            if (standing(member) == Standing.NEW) {
                reasons.add(tooNew(member));
            }
        }
        return reasons;
    }

    /**
     * For JRAFT and FINALIZED: every planned member is ours, ready and of the target version,
     * nobody else is there.
     */
    List<Reason> everyoneReady() {
        List<Reason> reasons = new ArrayList<>();
        for (String address : situation.cluster().planned()) {
            plannedMember(address).or(() -> belowTarget(address)).ifPresent(reasons::add);
        }
        for (MemberEvidence member : situation.cluster().members()) {
            if (!situation.cluster().planned().contains(member.address())) {
                reasons.add(notPlanned(member));
            }
        }
        return reasons;
    }

    /** Real servers that are there now, proved or not. */
    List<Reason> realServers() {
        List<Reason> reasons = new ArrayList<>();
        for (MemberEvidence member : situation.cluster().members()) {
            Standing standing = standing(member);
            if (standing == Standing.OLD) {
                reasons.add(old(member));
            } else if (standing == Standing.NEW) {
                reasons.add(tooNew(member));
            }
        }
        return reasons;
    }

    /** Real 1.x servers that are there now, proved or not. */
    List<Reason> oldServers() {
        return situation.cluster().members().stream()
                .filter(member -> standing(member) == Standing.OLD)
                .map(this::old)
                .toList();
    }

    /** Members that are proved old. */
    List<Reason> provedOld() {
        return situation.cluster().members().stream()
                .filter(member -> Dwell.proved(member, situation))
                .map(this::old)
                .toList();
    }

    /** What planned member {@code address} lacks; empty if it is ours, fresh and of this epoch. */
    private Optional<Reason> plannedMember(String address) {
        MemberEvidence member =
                situation
                        .cluster()
                        .member(address)
                        .orElseGet(() -> MemberEvidence.unknown(address));
        Optional<Reason> reason =
                switch (standing(member)) {
                    case CATAMARAN -> behind(member).or(() -> broken(member));
                    case OLD -> Optional.of(notCatamaran(member));
                    case NEW -> Optional.of(tooNew(member));
                    case STALE -> Optional.of(stale(member));
                    case UNREACHABLE -> Optional.of(unreachable(member));
                    case UNKNOWN -> Optional.of(unknown(member));
                };
        return reason.map(found -> found.about(address));
    }

    private Optional<Reason> behind(MemberEvidence member) {
        long epoch = situation.state().epoch();
        if (member.epoch().equals(OptionalLong.of(epoch))) {
            return Optional.empty();
        }
        String reported =
                member.epoch().isPresent() ? "epoch " + member.epoch().getAsLong() : "no epoch";
        return Optional.of(
                Reason.of(
                        Rule.MEMBER_BEHIND,
                        "it reports " + reported + ", the cluster is at epoch " + epoch,
                        "it catches up by itself within seconds; if not, see its log",
                        Command.status(member.address())));
    }

    /** A planned member that is ready, but of a Catamaran before the target version. */
    private Optional<Reason> belowTarget(String address) {
        Optional<MemberVersion> target = situation.settings().targetVersion();
        Optional<MemberVersion> version =
                situation.cluster().member(address).flatMap(MemberEvidence::version);
        if (target.isEmpty()
                || version.filter(named -> named.compareTo(target.get()) >= 0).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                Reason.of(
                                Rule.BELOW_TARGET,
                                "it runs "
                                        + version.map(v -> "version " + v)
                                                .orElse("no version it named")
                                        + ", the target is "
                                        + target.get(),
                                "start it with a Catamaran of the target version or later",
                                Command.status(address))
                        .about(address));
    }

    /** Its copies are not whole: a switch would count on fewer members than it seems to. */
    private static Optional<Reason> broken(MemberEvidence member) {
        return member.word()
                .flatMap(Word::broken)
                .map(
                        what ->
                                Reason.of(
                                        Rule.MEMBER_BROKEN,
                                        "of this member something has stopped: " + what,
                                        "free some disk or repair it, and restart the member if it"
                                                + " does not go on by itself; its log says more",
                                        Command.status(member.address())));
    }

    private Reason stale(MemberEvidence member) {
        return Reason.of(
                Rule.STALE_REPORT,
                "its last word is "
                        + member.word().orElseThrow().ageMs()
                        + " ms old, older than "
                        + situation.settings().freshMs()
                        + " ms it says nothing",
                "start it, or repair the network between it and " + situation.self(),
                Command.status(situation.self()));
    }

    private Reason unreachable(MemberEvidence member) {
        return Reason.of(
                Rule.UNREACHABLE,
                member.state() == State.SUSPICIOUS
                        ? "the last call to it failed (SUSPICIOUS)"
                        : "calls to it fail (DOWN)",
                "start it, or repair the network between it and " + situation.self(),
                Command.status(situation.self()));
    }

    private Reason unknown(MemberEvidence member) {
        String hearsay =
                member.word()
                        .filter(word -> word.source() == Source.LIST)
                        .flatMap(Word::version)
                        .map(version -> "; another member's list says " + version)
                        .orElse("");
        return Reason.of(
                Rule.UNKNOWN_VERSION,
                "it has not said what it is; unknown is not old and not new" + hearsay,
                "start it, and wait for its first report",
                Command.status(situation.self()));
    }

    private Reason notCatamaran(MemberEvidence member) {
        return Reason.of(
                Rule.NOT_CATAMARAN,
                "a real server answers there, version " + versionOf(member),
                "replace it by a Catamaran member at the same address and home",
                Command.status(situation.self()));
    }

    private Reason notPlanned(MemberEvidence member) {
        return Reason.of(
                        Rule.NOT_PLANNED_PRESENT,
                        "it is no planned member, and counts as " + standing(member),
                        "stop it and take it out of the member list, or plan it",
                        Command.status(situation.self()))
                .about(member.address());
    }

    private Reason tooNew(MemberEvidence member) {
        return Reason.of(
                        Rule.REAL_2X_TOO_EARLY,
                        "a real server answers there, version " + versionOf(member),
                        "stop it; real 2.x members join after FINALIZED",
                        Command.status(situation.self()))
                .about(member.address());
    }

    private Reason old(MemberEvidence member) {
        boolean proved = Dwell.proved(member, situation);
        JudgeSettings settings = situation.settings();
        Optional<OldSince> since =
                Optional.ofNullable(situation.memory().oldSince().get(member.address()));
        String evidence =
                "a real server answers there, version "
                        + versionOf(member)
                        + ", seen for "
                        + since.map(s -> s.seenMs() - s.sinceMs()).orElse(0L)
                        + " ms by "
                        + since.map(OldSince::words).orElse(0)
                        + " words, by "
                        + situation.cluster().seenOldBy(member)
                        + " of our members";
        String needed =
                settings.dwellMs()
                        + " ms, "
                        + settings.dwellReports()
                        + " words and "
                        + situation.cluster().majority()
                        + " of our members prove it";
        boolean wayBack =
                situation.state().phase() != Phase.FINALIZED
                        && settings.downgradePolicy() != DowngradePolicy.NEVER;
        Reason reason =
                Reason.of(
                                proved ? Rule.OLD_MEMBER_PRESENT : Rule.OLD_MEMBER_UNPROVED,
                                evidence + (proved ? "" : "; " + needed),
                                wayBack
                                        ? "stop it, or move the cluster back for it"
                                        : "stop it; it is held at the door, nothing moves for it",
                                wayBack
                                        ? Command.moveTo(situation.self(), Phase.MIRRORING)
                                        : Command.status(situation.self()))
                        .about(member.address());
        return since.isPresent() ? reason.since(since.get().sinceMs()) : reason;
    }

    private Standing standing(MemberEvidence member) {
        return Standing.of(member, situation.settings(), situation.cluster());
    }

    private static String versionOf(MemberEvidence member) {
        return member.version().map(MemberVersion::text).orElse("not named (before 1.3)");
    }
}
