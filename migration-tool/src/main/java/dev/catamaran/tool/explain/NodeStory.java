package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one server wrote, in the order of its clock.
 *
 * @param node its own address where a line tells it, else the name of its log folder
 * @param entries events, repetitions folded
 * @param lines log entries read, told or not
 */
record NodeStory(String node, List<Entry> entries, long lines) {

    NodeStory {
        entries = List.copyOf(entries);
    }

    /** Events of one kind. */
    <E extends NodeEvent> List<Entry> all(Class<E> kind) {
        return entries.stream().filter(entry -> kind.isInstance(entry.event())).toList();
    }

    /** The newest event of a kind that was seen at or before a time. */
    <E extends NodeEvent> Optional<Entry> newest(Class<E> kind, LocalDateTime until) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.event()))
                .filter(entry -> !entry.first().isAfter(until))
                .max(Comparator.comparing(entry -> earlier(entry.last(), until)));
    }

    /** Events of a kind after a time. */
    <E extends NodeEvent> Stream<Entry> after(Class<E> kind, LocalDateTime from) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.event()))
                .filter(entry -> entry.last().isAfter(from));
    }

    private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? one : other;
    }

    /** Collects a story line by line; bounded however long the logs are. */
    static final class Builder {

        /** An incident shows in far fewer; what is beyond is the newest and is told as cut. */
        static final int MAX_ENTRIES = 100_000;

        /** Noise alternates between a few lines, so a repetition is looked for this far back. */
        private static final int LOOK_BACK = 12;

        /** The same line after a longer silence is news. */
        private static final Duration SAME = Duration.ofMinutes(2);

        private final String folder;
        private final List<Entry> entries = new ArrayList<>();
        private Optional<String> self = Optional.empty();
        private long lines;
        private long dropped;

        Builder(String folder) {
            this.folder = folder;
        }

        void count() {
            lines++;
        }

        void add(LogLine line, NodeEvent event) {
            if (self.isEmpty()) {
                self = selfOf(event);
            }
            for (int i = entries.size() - 1; i >= Math.max(0, entries.size() - LOOK_BACK); i--) {
                Entry known = entries.get(i);
                boolean near = !line.at().isAfter(known.last().plus(SAME));
                if (near && known.event().equals(event) && !isTurn(event)) {
                    entries.set(i, known.again(line.at()));
                    return;
                }
            }
            if (entries.size() >= MAX_ENTRIES) {
                dropped++;
                return;
            }
            entries.add(Entry.of(line, event));
        }

        long dropped() {
            return dropped;
        }

        NodeStory build() {
            entries.sort(Comparator.comparing(Entry::first));
            return new NodeStory(self.orElse(folder), entries, lines);
        }

        /** What turns a node's life is told each time. */
        private static boolean isTurn(NodeEvent event) {
            return event instanceof NodeEvent.Booted
                    || event instanceof NodeEvent.WentUp
                    || event instanceof NodeEvent.WentDown;
        }

        private static Optional<String> selfOf(NodeEvent event) {
            if (event instanceof MembersChanged changed) {
                return changed.members().stream()
                        .filter(NodeEvent.Member::self)
                        .map(NodeEvent.Member::address)
                        .findFirst();
            }
            return Optional.empty();
        }
    }
}
