package dev.catamaran.tool.rebuild;

import dev.catamaran.tool.jraftdisk.Configuration;
import dev.catamaran.tool.jraftdisk.LogFacts;
import dev.catamaran.tool.jraftdisk.Peer;
import dev.catamaran.tool.jraftdisk.SnapshotFacts;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts of logs without any disk: entries are a term and a text, and a hash is the text it is made
 * from, so that a test says exactly what differs.
 */
final class Logs {

    static final String GROUP = "naming_persistent_service_v2";

    private Logs() {}

    /**
     * An entry.
     *
     * @param payload what it holds; a text that begins with a sign @ names members
     */
    record Entry(long term, String payload) {

        boolean names() {
            return payload.startsWith("@");
        }
    }

    static Configuration members(String... addresses) {
        return Configuration.of(
                Arrays.stream(addresses)
                        .map(address -> Peer.parse(address + ":7848").orElseThrow())
                        .toList());
    }

    static Member member(String address) {
        return Member.parse(address + ":8848").orElseThrow();
    }

    /** Many entries of one term. */
    static List<Entry> entries(long term, int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(term, term + "/" + i));
        }
        return entries;
    }

    static List<Entry> joined(List<Entry> first, List<Entry> then) {
        List<Entry> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    /** The facts of a log whose first entry has this index. */
    static LogFacts log(long first, List<Entry> entries, Configuration members) {
        List<LogFacts.TermRun> terms = new ArrayList<>();
        List<LogFacts.BlockHash> blocks = new ArrayList<>();
        List<String> tail = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        StringBuilder core = new StringBuilder();
        long term = -1;
        long begin = first;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            long index = first + i;
            if (entry.term() != term) {
                terms.add(new LogFacts.TermRun(entry.term(), index));
                term = entry.term();
            }
            String text = index + "." + entry.term();
            core.append(text).append(entry.names() ? "" : entry.payload()).append(' ');
            whole.append(text).append(entry.payload()).append(' ');
            tail.add(text + entry.payload());
            if ((index + 1) % LogFacts.BLOCK == 0 || i == entries.size() - 1) {
                blocks.add(new LogFacts.BlockHash(begin, index, whole + "", core + ""));
                begin = index + 1;
                whole.setLength(0);
                core.setLength(0);
            }
        }
        int kept = Math.min(tail.size(), LogFacts.BLOCK);
        return new LogFacts(
                first,
                first + entries.size() - 1,
                Math.max(0, term),
                entries.size(),
                terms,
                List.of(new LogFacts.ConfigurationEntry(first, 1, members)),
                blocks,
                new LogFacts.Tail(
                        first + tail.size() - kept, tail.subList(tail.size() - kept, tail.size())),
                0);
    }

    static StoreFacts store(LogFacts log) {
        return store(GROUP, log, List.of());
    }

    static StoreFacts store(String group, LogFacts log, List<SnapshotFacts> snapshots) {
        return new StoreFacts(
                group,
                "8.8.1",
                Optional.of(log),
                Optional.of(new StoreFacts.Vote(log.lastTerm(), Optional.empty())),
                snapshots,
                List.of());
    }

    static SnapshotFacts snapshot(long index, long term, Configuration members) {
        return new SnapshotFacts(index, term, members, List.of());
    }

    /** A home with these stores. */
    static HomeFacts home(String name, StoreFacts... stores) {
        TreeMap<String, String> databases = new TreeMap<>();
        for (StoreFacts store : stores) {
            databases.put(store.group(), name + " " + store.group());
        }
        return new HomeFacts(name, Optional.empty(), List.of(stores), databases, new TreeSet<>());
    }

    /** What is found between the logs of a group. */
    static List<Finding> history(StoreFacts... stores) {
        List<HomeFacts> homes = new ArrayList<>();
        for (StoreFacts store : stores) {
            homes.add(home("h" + homes.size(), store));
        }
        return HistoryChecks.check(GroupView.of(homes).get(0));
    }
}
