package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.NodeEvent.Booted;
import dev.catamaran.tool.explain.NodeEvent.DoubleWriteClosed;
import dev.catamaran.tool.explain.NodeEvent.GroupLeader;
import dev.catamaran.tool.explain.NodeEvent.HealthyListChanged;
import dev.catamaran.tool.explain.NodeEvent.JoinFailed;
import dev.catamaran.tool.explain.NodeEvent.LegacyLeader;
import dev.catamaran.tool.explain.NodeEvent.LegacyLoaded;
import dev.catamaran.tool.explain.NodeEvent.LegacyNoLeader;
import dev.catamaran.tool.explain.NodeEvent.LegacyStopped;
import dev.catamaran.tool.explain.NodeEvent.LegacyVote;
import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import dev.catamaran.tool.explain.NodeEvent.NotInConfiguration;
import dev.catamaran.tool.explain.NodeEvent.ReadRefused;
import dev.catamaran.tool.explain.NodeEvent.RedirectRefused;
import dev.catamaran.tool.explain.NodeEvent.StartFailed;
import dev.catamaran.tool.explain.NodeEvent.StoreFailed;
import dev.catamaran.tool.explain.NodeEvent.UpgradeChecked;
import dev.catamaran.tool.explain.NodeEvent.WentDown;
import dev.catamaran.tool.explain.NodeEvent.WentUp;
import dev.catamaran.tool.explain.NodeEvent.WriteRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Each kind of event in one line. A test holds that no kind is forgotten. */
final class Words {

    private static final Map<Class<? extends NodeEvent>, Function<NodeEvent, String>> WORDS =
            words();

    private Words() {}

    static String of(NodeEvent event) {
        Function<NodeEvent, String> word = WORDS.get(event.getClass());
        if (word == null) {
            throw new AssertionError("no words for " + event);
        }
        return word.apply(event);
    }

    private static Map<Class<? extends NodeEvent>, Function<NodeEvent, String>> words() {
        Map<Class<? extends NodeEvent>, Function<NodeEvent, String>> words = new LinkedHashMap<>();
        put(
                words,
                Booted.class,
                e ->
                        e.stateFileMissing()
                                ? "started, without an upgrade.state: it begins in 1.X"
                                : "started");
        put(
                words,
                UpgradeChecked.class,
                e -> "upgrade check: " + (e.ready() ? "ready" : "not ready"));
        put(words, WentUp.class, e -> "WENT UP to 2.X");
        put(words, WentDown.class, e -> "FELL BACK to 1.X");
        put(words, DoubleWriteClosed.class, e -> "double write closed: no way back to 1.x");
        put(words, MembersChanged.class, e -> "member changed: " + ModeRules.told(e.triggers()));
        put(words, HealthyListChanged.class, e -> "alive members: " + e.after());
        put(
                words,
                LegacyLeader.class,
                e ->
                        "1.x raft: leader "
                                + e.leader()
                                + e.term().map(t -> ", term " + t).orElse(""));
        put(
                words,
                LegacyVote.class,
                e -> "1.x raft: voted for " + e.candidate() + ", term " + e.term());
        put(words, LegacyNoLeader.class, e -> "1.x raft: no leader");
        put(words, WriteRefused.class, e -> "a write of a persistent record was refused");
        put(words, LegacyStopped.class, e -> "1.x raft stopped for good: the 1.4 switch to JRaft");
        put(
                words,
                LegacyLoaded.class,
                e -> "1.x files read: " + e.datums() + " records, term " + e.term());
        put(
                words,
                GroupLeader.class,
                e ->
                        "group "
                                + e.group()
                                + ": leader "
                                + e.leader().orElse("none")
                                + e.term().map(t -> ", term " + t).orElse(""));
        put(
                words,
                NotInConfiguration.class,
                e ->
                        "group "
                                + e.group()
                                + ": "
                                + e.self()
                                + " is not in its stored configuration "
                                + e.configuration());
        put(words, JoinFailed.class, e -> "could not join a group, tries again");
        put(words, ReadRefused.class, e -> "read through raft refused: " + e.why());
        put(words, StoreFailed.class, e -> "raft store failed: " + e.what());
        put(words, RedirectRefused.class, e -> "refused a forwarded call from " + e.from());
        put(words, StartFailed.class, e -> "start given up: " + e.why());
        return words;
    }

    private static <E extends NodeEvent> void put(
            Map<Class<? extends NodeEvent>, Function<NodeEvent, String>> words,
            Class<E> kind,
            Function<E, String> word) {
        words.put(kind, event -> word.apply(kind.cast(event)));
    }
}
