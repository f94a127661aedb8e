package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberEvidence.Sightings;
import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.server.member.MemberInfo.Kind;
import dev.catamaran.server.member.MemberInfo.Reach;
import dev.catamaran.server.member.MemberInfo.Said;
import dev.catamaran.server.member.ReportJson.Report;
import dev.catamaran.server.member.VersionRule.Neighbour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configured list, and what each member of it said and how it could be reached since this
 * process started. Nobody enters the list by reporting. A word older than three intervals says
 * nothing any more.
 */
public final class MemberRoster implements MemberDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(MemberRoster.class);

    /** From this version on a reporter reads the receiver's member from the answer. */
    private static final MemberVersion READS_ANSWERS = MemberVersion.parse("2.1.2").orElseThrow();

    private static final int STALE_AFTER_INTERVALS = 3;

    private final Membership membership;
    private final Supplier<SelfFacts> facts;
    private final LongSupplier nanoTime;
    private final long freshNanos;
    private final Map<String, Word> words = new ConcurrentHashMap<>();
    private final Map<String, Reach> reached = new ConcurrentHashMap<>();
    private volatile boolean shown;
    private volatile Runnable onDecided = () -> {};
    private volatile Runnable onUndecided = () -> {};

    private record Word(Source source, Report report, long atNanos) {}

    /**
     * A roster.
     *
     * @param membership who is listed, and who of them is planned
     * @param facts what this member says of itself
     * @param interval time between two words of a member
     * @param nanoTime a clock that only counts up, in nanoseconds
     */
    public MemberRoster(
            Membership membership,
            Supplier<SelfFacts> facts,
            Duration interval,
            LongSupplier nanoTime) {
        this.membership = requireNonNull(membership, "membership is null");
        this.facts = requireNonNull(facts, "facts is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.freshNanos = interval.multipliedBy(STALE_AFTER_INTERVALS).toNanos();
    }

    @Override
    public String self() {
        return membership.self();
    }

    @Override
    public List<String> addresses() {
        return membership.listed();
    }

    @Override
    public List<String> planned() {
        return membership.planned();
    }

    @Override
    public List<MemberInfo> members() {
        return addresses().stream().map(this::info).toList();
    }

    private MemberInfo info(String address) {
        if (address.equals(self())) {
            return new MemberInfo(
                    address,
                    true,
                    Kind.CATAMARAN,
                    Optional.of(own(facts.get())),
                    Reach.GOOD,
                    Sightings.NONE);
        }
        Word last = words.get(address);
        Reach reach = reach(address);
        return last == null
                ? MemberInfo.unknown(address, reach)
                : new MemberInfo(
                        address,
                        false,
                        last.report().catamaran() ? Kind.CATAMARAN : Kind.REAL,
                        Optional.of(said(last)),
                        reach,
                        sightings(address));
    }

    private static Said own(SelfFacts facts) {
        return new Said(
                Source.PROBE,
                0,
                Optional.of(SelfFacts.SPEAKS),
                Optional.of(SelfFacts.VERSION),
                facts.phase(),
                facts.phase().isPresent() ? OptionalLong.of(facts.epoch()) : OptionalLong.empty(),
                facts.broken());
    }

    private Said said(Word word) {
        Report report = word.report();
        return new Said(
                word.source(),
                TimeUnit.NANOSECONDS.toMillis(age(word)),
                report.version(),
                report.software(),
                report.phase(),
                report.epoch(),
                report.broken());
    }

    private Reach reach(String address) {
        return reached.getOrDefault(address, Reach.NEVER);
    }

    private long age(Word word) {
        return Math.max(0, nanoTime.getAsLong() - word.atNanos());
    }

    private boolean fresh(Word word) {
        return age(word) <= freshNanos;
    }

    /** Members that a fresh word shows to be 1.x servers, as this member alone sees them. */
    private Set<String> seenOld() {
        Set<String> old = new TreeSet<>();
        words.forEach(
                (address, word) -> {
                    if (fresh(word) && isOld(word.report())) {
                        old.add(address);
                    }
                });
        return old;
    }

    /** Servers before 1.3 name no version; they are told by what they answer. */
    private static boolean isOld(Report report) {
        if (report.catamaran()) {
            return false;
        }
        return report.version().isEmpty()
                ? report.httpRaft()
                : version(report).map(MemberVersion::below2).orElse(false);
    }

    private static Optional<MemberVersion> version(Report report) {
        return report.version().flatMap(MemberVersion::parse);
    }

    /** Our members that are heard now, and those of them that see it as old; this one included. */
    private Sightings sightings(String address) {
        Set<String> asked = new TreeSet<>(Set.of(self()));
        Set<String> old = new TreeSet<>();
        if (seenOld().contains(address)) {
            old.add(self());
        }
        for (String other : planned()) {
            Word word = words.get(other);
            if (word != null && word.report().catamaran() && fresh(word)) {
                asked.add(other);
                if (word.report().seenOld().contains(address)) {
                    old.add(other);
                }
            }
        }
        return new Sightings(old, asked);
    }

    /** What became of a report. */
    public enum Received {
        /** It is kept. */
        TAKEN,
        /** Its sender is no member; nothing is kept of it. */
        NOT_LISTED,
        /** It came from another address than it speaks for; nothing is kept of it. */
        FORGED,
        /** It is no report. */
        ILLEGAL
    }

    /**
     * How a report is answered.
     *
     * @param received what became of it
     * @param data {@code true} or {@code false}, or this member's own report for senders that read
     *     it
     */
    public record Receipt(Received received, String data) {}

    /**
     * Takes the body of a report.
     *
     * @param source IP address it came from
     */
    public Receipt receive(byte[] body, String source) {
        Optional<Report> report = ReportJson.read(body);
        if (report.isEmpty()) {
            return new Receipt(Received.ILLEGAL, "false");
        }
        if (!isOther(report.get().address())) {
            return new Receipt(Received.NOT_LISTED, "false");
        }
        if (!SourceAddress.mayBe(report.get().address(), source)) {
            return new Receipt(Received.FORGED, "false");
        }
        hear(Source.REPORT, report.get());
        boolean reads =
                version(report.get()).map(v -> v.compareTo(READS_ANSWERS) >= 0).orElse(false);
        return new Receipt(Received.TAKEN, reads ? selfJson() : "true");
    }

    private boolean isOther(String address) {
        return addresses().contains(address) && !address.equals(self());
    }

    /** Keeps what a member said of itself; only members of the list are heard. */
    void hear(Source source, Report report) {
        if (!isOther(report.address())) {
            return;
        }
        Word before = words.put(report.address(), new Word(source, report, nanoTime.getAsLong()));
        if (before == null
                || before.report().catamaran() != report.catamaran()
                || !before.report().version().equals(report.version())) {
            LOG.info(
                    "member={} kind={} version={}",
                    report.address(),
                    report.catamaran() ? Kind.CATAMARAN : Kind.REAL,
                    report.version().orElse("none"));
        }
        if (report.catamaran() && report.decided()) {
            onDecided.run();
        }
        tellIfNobodyDecided();
        decideVersion();
    }

    /** Calls {@code listener} for each word of one of ours that knows of a decision. */
    public void onDecided(Runnable listener) {
        onDecided = requireNonNull(listener, "listener is null");
    }

    /**
     * Calls {@code listener} whenever a majority of the planned members, this one included, has
     * been heard and none of ours among them knows of a decision. Whoever is alone in its plan is
     * that majority.
     */
    public void onUndecided(Runnable listener) {
        onUndecided = requireNonNull(listener, "listener is null");
    }

    void tellIfNobodyDecided() {
        List<Report> heard =
                planned().stream()
                        .filter(words::containsKey)
                        .map(words::get)
                        .map(Word::report)
                        .toList();
        boolean decided = heard.stream().anyMatch(Report::decided);
        if (!decided && heard.size() + 1 > planned().size() / 2) {
            onUndecided.run();
        }
    }

    private synchronized void decideVersion() {
        boolean before = shown;
        shown =
                VersionRule.shows(
                        facts.get().phase(),
                        words.values().stream()
                                .map(Word::report)
                                .filter(report -> !report.catamaran())
                                .map(report -> new Neighbour(version(report), report.httpRaft()))
                                .toList(),
                        before);
        if (shown != before) {
            LOG.info("version-shown={} to=real-servers", shown ? SelfFacts.SPEAKS : "none");
        }
    }

    /** Whether a member has said lately that it is one of ours. */
    boolean isFreshCatamaran(String address) {
        Word word = words.get(address);
        return word != null && word.report().catamaran() && fresh(word);
    }

    /** Planned members that have said lately that they are ours, self included, sorted. */
    public List<String> livingOurs() {
        return planned().stream()
                .filter(address -> address.equals(self()) || isFreshCatamaran(address))
                .toList();
    }

    /** Notes how the last call to a member ended. */
    void answered(String address) {
        note(address, Reach.GOOD);
    }

    /** Notes that a call to a member failed. */
    void failed(String address, boolean nobodyListens) {
        note(address, reach(address).failed(nobodyListens));
    }

    private void note(String address, Reach now) {
        Reach before = reached.put(address, now);
        if (before == null || !before.reachable().equals(now.reachable())) {
            LOG.info("member={} answers={}", address, now.reachable().orElse(false));
        }
    }

    /**
     * The planned members as every one of them names them; empty unless all of them are heard now
     * and were told the same list.
     */
    public Optional<List<String>> agreedPlan() {
        for (String address : planned()) {
            Word word = words.get(address);
            boolean agrees =
                    address.equals(self())
                            || (word != null
                                    && fresh(word)
                                    && word.report().planned().equals(planned()));
            if (!agrees) {
                return Optional.empty();
            }
        }
        return Optional.of(planned());
    }

    /**
     * Planned members of ours whose last word names other policies than this one's, with these; an
     * empty text for one that was not heard while this one was told to move by itself. As long as
     * there is one, nothing may move the cluster without an order: it would depend on who leads.
     */
    public SortedMap<String, String> otherPolicies() {
        SortedMap<String, String> others = new TreeMap<>();
        for (String address : planned()) {
            Word word = words.get(address);
            if (word == null) {
                if (!address.equals(self()) && membership.policies().contains("auto")) {
                    others.put(address, "");
                }
            } else if (word.report().catamaran()
                    && !word.report().policies().equals(membership.policies())) {
                others.put(address, word.report().policies());
            }
        }
        return others;
    }

    /** This member as it reports itself. */
    public String selfJson() {
        return ownReport().toString();
    }

    private ObjectNode ownReport() {
        decideVersion();
        return ReportJson.self(
                membership, facts.get(), shown, seenOld(), System.currentTimeMillis());
    }

    /** All members, in the form of the real servers' node list. */
    public String membersJson() {
        ArrayNode nodes = ReportJson.array();
        for (MemberInfo info : members()) {
            nodes.add(info.self() ? ownReport() : ReportJson.other(info));
        }
        return nodes.toString();
    }
}
