package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.Finding.Severity;
import dev.catamaran.tool.explain.NodeEvent.GroupLeader;
import dev.catamaran.tool.explain.NodeEvent.JoinFailed;
import dev.catamaran.tool.explain.NodeEvent.LegacyLeader;
import dev.catamaran.tool.explain.NodeEvent.LegacyLoaded;
import dev.catamaran.tool.explain.NodeEvent.LegacyStopped;
import dev.catamaran.tool.explain.NodeEvent.LegacyVote;
import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import dev.catamaran.tool.explain.NodeEvent.NotInConfiguration;
import dev.catamaran.tool.explain.NodeEvent.ReadRefused;
import dev.catamaran.tool.explain.NodeEvent.RedirectRefused;
import dev.catamaran.tool.explain.NodeEvent.StartFailed;
import dev.catamaran.tool.explain.NodeEvent.StoreFailed;
import dev.catamaran.tool.explain.NodeEvent.WriteRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one server's log tells about the rafts it takes part in. */
final class RaftRules {

    /**
     * An election adds 1 and a write 100 to the term of the 1.x raft; a jump beyond what a busy
     * minute can write is told.
     */
    private static final long LARGE_JUMP = 1_000;

    private final NodeStory story;

    RaftRules(NodeStory story) {
        this.story = story;
    }

    List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        found.addAll(addressChanged());
        switched().ifPresent(found::add);
        refusedWrites().ifPresent(found::add);
        found.addAll(termJumps());
        found.addAll(leaderless());
        emptyStart().ifPresent(found::add);
        simple(JoinFailed.class).ifPresent(e -> found.add(joinFailed(e)));
        simple(RedirectRefused.class).ifPresent(e -> found.add(redirected(e)));
        simple(StoreFailed.class).ifPresent(e -> found.add(storeFailed(e)));
        simple(StartFailed.class).ifPresent(e -> found.add(startFailed(e)));
        return found;
    }

    private <E extends NodeEvent> Optional<Entry> simple(Class<E> kind) {
        return story.all(kind).stream().findFirst();
    }

    private List<Finding> addressChanged() {
        Map<String, Entry> byGroup = new LinkedHashMap<>();
        for (Entry entry : story.all(NotInConfiguration.class)) {
            byGroup.putIfAbsent(((NotInConfiguration) entry.event()).group(), entry);
        }
        if (byGroup.isEmpty()) {
            return List.of();
        }
        Entry first = byGroup.values().iterator().next();
        NotInConfiguration told = (NotInConfiguration) first.event();
        return List.of(
                new Finding(
                        "address-changed",
                        Severity.OUTAGE,
                        1,
                        told.self(),
                        Times.of(first),
                        "no election in "
                                + String.join(", ", byGroup.keySet())
                                + ": this server's raft address "
                                + told.self()
                                + " is not in the stored configuration "
                                + String.join(",", told.configuration()),
                        "JRaft keeps its members in its own log; after an address change it waits"
                                + " for members that no longer exist",
                        byGroup.values().stream()
                                .map(
                                        e ->
                                                e.place()
                                                        + ": can't do preVote, "
                                                        + ((NotInConfiguration) e.event()).group())
                                .toList(),
                        List.of(
                                "do not delete data/protocol: it holds every persistent service",
                                "stop the node(s), then: catamaran rebuild here HOME (one node), or"
                                        + " catamaran rebuild plan --map OLD=NEW HOME... --out PLAN"
                                        + " (several)")));
    }

    private Optional<Finding> switched() {
        return simple(LegacyStopped.class)
                .map(
                        entry ->
                                new Finding(
                                        "one-way-switch",
                                        Severity.NOTE,
                                        0,
                                        story.node(),
                                        Times.of(entry),
                                        "the node stopped the 1.x raft and moved to the JRaft group"
                                                + " naming_persistent_service",
                                        "versions 1.4.0 to 2.1.2 do so once every member of the"
                                                + " list shows a version of 1.4.0 or later. There"
                                                + " is no way back, nothing is copied (records stay"
                                                + " in data/naming, differences between nodes too)",
                                        List.of(
                                                entry.place()
                                                        + ": start to close old raft protocol"),
                                        List.of(
                                                "compare the nodes now: catamaran verify"
                                                        + " http://NODE1:8848 http://NODE2:8848")));
    }

    private Optional<Finding> refusedWrites() {
        List<Entry> refused = story.all(WriteRefused.class);
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        long count = refused.stream().mapToLong(Entry::count).sum();
        Entry first = refused.get(0);
        Entry last = refused.get(refused.size() - 1);
        Optional<Entry> leader = story.after(LegacyLeader.class, last.last()).findFirst();
        return Optional.of(
                new Finding(
                        "writes-refused",
                        leader.isPresent() ? Severity.WARNING : Severity.STUCK,
                        8,
                        story.node(),
                        Times.between(first.first(), last.last()),
                        count + " writes of persistent records were refused",
                        "the 1.x raft had no leader that a majority answers"
                                + leader.map(e -> "; it has one since " + Times.of(e.first()))
                                        .orElse(""),
                        List.of(first.place() + ": Raft put failed, " + count + " times"),
                        leader.isPresent()
                                ? List.of(
                                        "clients retry; check that what they registered then is"
                                                + " there")
                                : List.of(
                                        "start the missing members: more than half of"
                                                + " cluster.conf must run")));
    }

    private List<Finding> termJumps() {
        List<Finding> found = new ArrayList<>();
        Optional<Long> known = Optional.empty();
        for (Entry entry : story.entries()) {
            Optional<Long> term = termOf(entry.event());
            if (term.isPresent() && known.isPresent() && term.get() - known.get() > LARGE_JUMP) {
                found.add(jump(entry, known.get(), term.get()));
            }
            known = term.isPresent() ? term : known;
        }
        return found;
    }

    private static Optional<Long> termOf(NodeEvent event) {
        if (event instanceof LegacyVote vote) {
            return Optional.of(vote.term());
        }
        return event instanceof LegacyLeader leader ? leader.term() : Optional.empty();
    }

    private Finding jump(Entry entry, long from, long to) {
        return new Finding(
                "term-jump",
                Severity.NOTE,
                0,
                story.node(),
                Times.of(entry),
                "the term of the 1.x raft went from " + from + " to " + to,
                "each write adds 100 and each election 1, so this is "
                        + (to - from) / 100
                        + " writes or so; if fewer were made, somebody sent a term from outside:"
                        + " the raft of 1.x takes votes from anybody",
                List.of(entry.place()),
                List.of("let only members reach the path /nacos/v1/ns/raft of a 1.x server"));
    }

    private List<Finding> leaderless() {
        Map<String, Entry> last = new LinkedHashMap<>();
        for (Entry entry : story.all(GroupLeader.class)) {
            last.put(((GroupLeader) entry.event()).group(), entry);
        }
        return last.values().stream()
                .filter(entry -> ((GroupLeader) entry.event()).leader().isEmpty())
                .map(this::leaderless)
                .toList();
    }

    private Finding leaderless(Entry entry) {
        String group = ((GroupLeader) entry.event()).group();
        return new Finding(
                "group-without-leader",
                Severity.STUCK,
                8,
                story.node(),
                Times.of(entry),
                "the last word on group " + group + " is that it has no leader",
                "fewer than half of its configured members can be reached",
                List.of(entry.place()),
                List.of(
                        "compare the group's configuration with the members that run: catamaran"
                                + " rebuild here HOME --dry-run"));
    }

    private Optional<Finding> emptyStart() {
        return story.all(LegacyLoaded.class).stream()
                .filter(entry -> ((LegacyLoaded) entry.event()).datums() == 0)
                .filter(entry -> hasOldData(entry))
                .findFirst()
                .map(
                        entry ->
                                new Finding(
                                        "started-empty",
                                        Severity.WARNING,
                                        12,
                                        story.node(),
                                        Times.of(entry),
                                        "the node started with no 1.x record at all although its"
                                                + " log shows an earlier life",
                                        "its data folder is new, or its files were deleted"
                                                + " (1.3.1 and 1.3.2 delete DEFAULT_GROUP files"
                                                + " they have just written); an empty node can be"
                                                + " elected and its first beat wipes the others",
                                        List.of(entry.place()),
                                        List.of(
                                                "export from a live member first: catamaran export"
                                                    + " --from-live http://NODE:8848 --out FILE")));
    }

    private boolean hasOldData(Entry start) {
        return story.entries().stream()
                .filter(entry -> entry.first().isBefore(start.first()))
                .anyMatch(
                        entry ->
                                entry.event() instanceof LegacyLoaded
                                        || entry.event() instanceof LegacyLeader
                                        || entry.event() instanceof MembersChanged);
    }

    private Finding joinFailed(Entry entry) {
        long count = story.all(JoinFailed.class).stream().mapToLong(Entry::count).sum();
        return new Finding(
                "join-failed",
                Severity.STUCK,
                8,
                story.node(),
                Times.of(entry),
                "the node asked " + count + " times to join a group in vain",
                "the group has no leader, or the raft port (HTTP port - 1000) of the others cannot"
                        + " be reached, or its configuration names other addresses",
                List.of(entry.place() + ": Failed to join the cluster, retry"),
                List.of(
                        "see whether the log also shows address-changed; else open the raft port"
                                + " between the members"));
    }

    private Finding redirected(Entry entry) {
        long count = story.all(RedirectRefused.class).stream().mapToLong(Entry::count).sum();
        return new Finding(
                "split-responsibility",
                Severity.OUTAGE,
                4,
                story.node(),
                Times.of(entry),
                count
                        + " forwarded calls were refused with 400, the first from "
                        + ((RedirectRefused) entry.event()).from(),
                "two members disagree who answers for a service: their lists differ (ip and"
                        + " hostname, order does not matter), or one is in 1.X and hashes names"
                        + " while the other is in 2.X and hashes addresses (defects D1, D2)",
                List.of(entry.place()),
                List.of(
                        "make cluster.conf the same text on every node",
                        "compare upgraded= of all nodes: curl"
                                + " 'http://NODE:8848/nacos/v1/ns/upgrade/ops/metrics'"));
    }

    private Finding storeFailed(Entry entry) {
        return new Finding(
                "store-failed",
                Severity.OUTAGE,
                11,
                story.node(),
                Times.of(entry),
                "a raft group stopped: " + ((StoreFailed) entry.event()).what(),
                "the store was written by a newer RocksDB, was copied while in use, is damaged, or"
                        + " holds an entry that this version cannot apply",
                List.of(entry.place()),
                List.of(
                        "stop the node and look without changing anything: catamaran rebuild"
                                + " fingerprint HOME --out FILE",
                        "back the home up before anything else: catamaran backup HOME"));
    }

    private Finding startFailed(Entry entry) {
        Optional<Entry> read = story.newest(ReadRefused.class, entry.first());
        return new Finding(
                "start-failed",
                Severity.STUCK,
                8,
                story.node(),
                Times.of(entry),
                "the server gave up starting: " + ((StartFailed) entry.event()).why(),
                read.map(
                                e ->
                                        "a read through raft was refused while no leader was"
                                                + " settled: "
                                                + ((ReadRefused) e.event()).why())
                        .orElse("see the lines before it"),
                List.of(entry.place()),
                List.of(
                        "start the members one after another and wait for each: a start that fails"
                                + " so succeeds once a leader is settled"));
    }
}
