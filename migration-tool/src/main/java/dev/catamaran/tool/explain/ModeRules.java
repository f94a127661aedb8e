package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.Finding.Severity;
import dev.catamaran.tool.explain.NodeEvent.Booted;
import dev.catamaran.tool.explain.NodeEvent.DoubleWriteClosed;
import dev.catamaran.tool.explain.NodeEvent.LegacyNoLeader;
import dev.catamaran.tool.explain.NodeEvent.Member;
import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import dev.catamaran.tool.explain.NodeEvent.UpgradeChecked;
import dev.catamaran.tool.explain.NodeEvent.WentDown;
import dev.catamaran.tool.explain.NodeEvent.WentUp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What moved a 2.0/2.1 server between its 1.x and its 2.x model, from its own log. The rules of
 * those versions: {@code UpgradeJudgement} and its defects D1 to D18, as told in
 * docs/tool/explain.md.
 */
final class ModeRules {

    /** A server acts on a member event at once; its log shows both within this time. */
    private static final Duration CAUSE_IS_NEAR = Duration.ofSeconds(2);

    /** The check runs every 5 s; right after a start a few negative results are normal. */
    private static final Duration NORMAL_WAIT = Duration.ofSeconds(60);

    private static final List<String> NEVER_AGAIN =
            List.of(
                    "bring every member of cluster.conf up, or take those that are gone for good"
                            + " out of cluster.conf on every node, before you restart any node",
                    "compare the records of the nodes: catamaran verify http://NODE1:8848"
                            + " http://NODE2:8848",
                    "it does not heal by itself. The way out, rehearsed on three real 2.0.4"
                        + " servers: with every other member up and in 2.X, stop this node, back"
                        + " its home up, set upgraded=true in its data/upgrade.state, start it; it"
                        + " then comes up in 2.X and takes the records from the raft groups",
                    "close the double write once all nodes show upgraded=true and agree: curl -X"
                            + " PUT 'http://NODE:8848/nacos/v1/ns/operator/switches"
                            + "?entry=doubleWriteEnabled&value=false'");

    private final NodeStory story;

    ModeRules(NodeStory story) {
        this.story = story;
    }

    List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        for (Entry down : story.all(WentDown.class)) {
            found.add(fellBack(down));
            deadRaft(down).ifPresent(found::add);
        }
        found.addAll(quietFallBacks());
        found.addAll(waits());
        for (Entry up : story.all(WentUp.class)) {
            found.add(wentUp(up));
        }
        for (Entry closed : story.all(DoubleWriteClosed.class)) {
            closedWithOld(closed).ifPresent(found::add);
        }
        return found;
    }

    private Finding fellBack(Entry down) {
        Optional<Entry> cause =
                story.newest(MembersChanged.class, down.first())
                        .filter(entry -> near(entry.last(), down.first()));
        List<Member> triggers =
                cause.map(entry -> suspects((MembersChanged) entry.event())).orElse(List.of());
        List<String> evidence = new ArrayList<>();
        cause.ifPresent(entry -> evidence.add(entry.place() + ": " + told(triggers)));
        evidence.add(down.place() + ": Downgrade to 1.X");
        boolean old =
                !triggers.isEmpty() && triggers.stream().allMatch(t -> t.version().isPresent());
        String what =
                "the node fell back to 1.X and serves from its 1.x model from then on; 2.x clients"
                        + " are refused by it, and its copy of the 1.x records is written over the"
                        + " 2.x records of the others";
        String why = old ? oldMember(triggers) : unknownMember(triggers);
        return new Finding(
                old ? "fell-back-on-old-member" : "fell-back-on-unknown-version",
                Severity.OUTAGE,
                2,
                story.node(),
                Times.of(down),
                what,
                why,
                evidence,
                NEVER_AGAIN);
    }

    private static String unknownMember(List<Member> triggers) {
        String who =
                triggers.isEmpty()
                        ? "a member event"
                        : triggers.stream()
                                .map(t -> t.address() + " (" + t.state() + ")")
                                .collect(Collectors.joining(", "));
        return who
                + " changed its state before it had ever told its version to this node. Versions"
                + " 2.0.0 to 2.1.2 take a member without a version for one older than 1.3.0 and"
                + " fall back (defect D3)";
    }

    private static String oldMember(List<Member> triggers) {
        return "a member reported a version below 1.4.0: "
                + told(triggers)
                + ". Versions 2.0.0 to 2.1.2 fall back on that by design (documented as the"
                + " emergency downgrade)";
    }

    private Optional<Finding> deadRaft(Entry down) {
        Optional<Entry> noLeader =
                story.after(LegacyNoLeader.class, down.first())
                        .filter(entry -> entry.count() > 2)
                        .findFirst();
        return noLeader.map(
                entry ->
                        new Finding(
                                "fell-back-without-raft",
                                Severity.OUTAGE,
                                2,
                                story.node(),
                                Times.of(entry),
                                "since it fell back the 1.x raft has no leader: what is registered"
                                        + " at this node does not reach the 1.x store",
                                "the 1.x raft was stopped for good when every member spoke 1.4.0 or"
                                    + " later; falling back does not start it again (defect D9)",
                                List.of(
                                        entry.place()
                                                + ": no leader is available now, "
                                                + times(entry)),
                                NEVER_AGAIN));
    }

    /** A 1.4 member makes a node fall back without a line that says so (defect D7). */
    private List<Finding> quietFallBacks() {
        List<Finding> found = new ArrayList<>();
        boolean up = false;
        for (Entry entry : story.entries()) {
            if (entry.event() instanceof WentUp) {
                up = true;
            } else if (entry.event() instanceof WentDown) {
                up = false;
            } else if (up && entry.event() instanceof MembersChanged changed) {
                List<Member> old =
                        changed.triggers().stream().filter(ModeRules::isOneFour).toList();
                if (!old.isEmpty()) {
                    up = false;
                    found.add(quiet(entry, old));
                }
            }
        }
        return found;
    }

    private Finding quiet(Entry entry, List<Member> old) {
        return new Finding(
                "fell-back-quietly",
                Severity.OUTAGE,
                2,
                story.node(),
                Times.of(entry),
                "the node fell back to 1.X; its log has no line for it and its upgrade.state still"
                        + " says upgraded=true, so a restart brings it up in 2.X among 1.x members",
                "a 1.4 member reported: "
                        + told(old)
                        + ". That sets the node back without a word"
                        + " (defect D7)",
                List.of(entry.place() + ": " + told(old)),
                NEVER_AGAIN);
    }

    private List<Finding> waits() {
        List<Finding> found = new ArrayList<>();
        LocalDateTime begun = null;
        long checks = 0;
        Entry shown = null;
        for (Entry entry : story.entries()) {
            boolean ends = entry.event() instanceof WentUp || entry.event() instanceof Booted;
            if (ends && begun != null && shown != null) {
                boolean up = entry.event() instanceof WentUp;
                waited(begun, up ? entry.first() : shown.last(), checks, shown, up)
                        .ifPresent(found::add);
                begun = null;
                checks = 0;
            }
            if (entry.event() instanceof UpgradeChecked checked && !checked.ready()) {
                begun = begun == null ? entry.first() : begun;
                checks += entry.count();
                shown = entry;
            }
        }
        if (begun != null && shown != null) {
            waited(begun, shown.last(), checks, shown, false).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Finding> waited(
            LocalDateTime from, LocalDateTime to, long checks, Entry shown, boolean cameUp) {
        if (Duration.between(from, to).compareTo(NORMAL_WAIT) < 0) {
            return Optional.empty();
        }
        Optional<Entry> members = story.newest(MembersChanged.class, to);
        String clause =
                members.map(entry -> failing((MembersChanged) entry.event()))
                        .orElse(
                                "the log shows no list of members, so it is not known whose flag"
                                        + " is missing");
        List<String> evidence = new ArrayList<>();
        evidence.add(
                shown.place()
                        + ": upgrade check result false, "
                        + checks
                        + " times, "
                        + Times.between(from, to));
        members.ifPresent(
                entry ->
                        evidence.add(
                                entry.place()
                                        + ": "
                                        + told(((MembersChanged) entry.event()).members())));
        return Optional.of(
                new Finding(
                        cameUp ? "long-wait-for-ready" : "never-ready",
                        cameUp ? Severity.WARNING : Severity.STUCK,
                        3,
                        story.node(),
                        Times.between(from, to),
                        "the node's check for the upgrade stayed false for "
                                + Times.span(from, to)
                                + (cameUp ? "" : ", until its log ends or it was restarted"),
                        clause,
                        evidence,
                        readyRemedies()));
    }

    private static List<String> readyRemedies() {
        return List.of(
                "ask each node which clause fails: curl"
                    + " 'http://NODE:8848/nacos/v1/ns/upgrade/ops/metrics?json=true' (counts of V1"
                    + " and V2 must be equal and doubleWriteDelayTaskCount 0 at the same moment)",
                "look for services that can never balance: persistent and ephemeral instances in"
                        + " one service, one ip:port in two clusters, empty services",
                "where other members are in 2.X already this node waits for flags that they no"
                        + " longer send: see fell-back-on-unknown-version for the way out");
    }

    /** Which part of the condition "every member's flag is true" does not hold. */
    private static String failing(MembersChanged changed) {
        List<String> clauses = new ArrayList<>();
        for (Member member : changed.members()) {
            if (member.ready().isEmpty()) {
                clauses.add(
                        member.version().isEmpty()
                                ? member.address() + " never reported (" + member.state() + ")"
                                : member.address()
                                        + " ("
                                        + member.version().get()
                                        + ") reports no readyToUpgrade: it is older than 2.0, or"
                                        + " came up with upgrade.state=true and never sends it"
                                        + " again");
            } else if (!member.ready().get()) {
                clauses.add(
                        member.address()
                                + (member.self() ? " (this node)" : "")
                                + " says it is not ready: its counts of services or instances"
                                + " differ between the models, or copies are waiting (D13, D19)");
            }
        }
        String rule =
                "a node goes up only when its own copy of every member's readyToUpgrade is true at"
                        + " one check. ";
        return rule
                + (clauses.isEmpty()
                        ? "All flags were true when the list was last printed: what is missing is"
                                + " this node's own readiness or a later change"
                        : String.join("; ", clauses));
    }

    private Finding wentUp(Entry up) {
        return new Finding(
                "went-up",
                Severity.NOTE,
                0,
                story.node(),
                Times.of(up),
                "the node went up to 2.X",
                "its own check found every member's readyToUpgrade true. It decides alone: others"
                        + " follow at their own check, up to 5 s later or never (defect D1)",
                List.of(up.place() + ": Upgrade to 2.0.X"),
                List.of());
    }

    private Optional<Finding> closedWithOld(Entry closed) {
        List<Member> old =
                story
                        .newest(MembersChanged.class, closed.first())
                        .map(entry -> ((MembersChanged) entry.event()).members())
                        .orElse(List.of())
                        .stream()
                        .filter(
                                member ->
                                        member.version().map(v -> v.startsWith("1.")).orElse(true))
                        .filter(member -> !member.self())
                        .toList();
        String what = "the double write was closed: the way back to 1.x is gone";
        if (old.isEmpty()) {
            return Optional.of(note("double-write-closed", closed, what));
        }
        return Optional.of(
                new Finding(
                        "double-write-closed-too-early",
                        Severity.OUTAGE,
                        16,
                        story.node(),
                        Times.of(closed),
                        what + ", while these members were below 2.0 or unknown: " + told(old),
                        "closing removes the 1.x records through raft, on 1.x members too, and"
                                + " asks nobody first (defects D34, D35)",
                        List.of(closed.place()),
                        List.of(
                                "do not register anything at the 1.x members; export what they"
                                        + " still hold: catamaran export --from-live"
                                        + " http://NODE:8848 --out records.jsonl",
                                "bring lost records back: catamaran migrate --from records.jsonl"
                                        + " --to http://NODE:8848 --dry-run")));
    }

    private Finding note(String id, Entry entry, String what) {
        return new Finding(
                id,
                Severity.NOTE,
                0,
                story.node(),
                Times.of(entry),
                what,
                "somebody set the switch" + " doubleWriteEnabled to false",
                List.of(entry.place()),
                List.of());
    }

    private static List<Member> suspects(MembersChanged changed) {
        List<Member> from = changed.triggers().isEmpty() ? changed.members() : changed.triggers();
        List<Member> unknown = from.stream().filter(m -> m.version().isEmpty()).toList();
        return unknown.isEmpty() ? from : unknown;
    }

    private static boolean isOneFour(Member member) {
        return member.version().filter(v -> v.startsWith("1.")).isPresent();
    }

    private static boolean near(LocalDateTime cause, LocalDateTime effect) {
        return Duration.between(cause, effect).abs().compareTo(CAUSE_IS_NEAR) <= 0;
    }

    static String told(List<Member> members) {
        return members.stream()
                .map(
                        m ->
                                m.address()
                                        + " "
                                        + m.state()
                                        + " version="
                                        + m.version().orElse("none")
                                        + " readyToUpgrade="
                                        + m.ready().map(String::valueOf).orElse("none"))
                .collect(Collectors.joining(", "));
    }

    private static String times(Entry entry) {
        return entry.count() + " times until " + entry.last();
    }
}
