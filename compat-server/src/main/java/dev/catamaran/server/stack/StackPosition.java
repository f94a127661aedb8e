package dev.catamaran.server.stack;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a stack has come: for each of its replicated groups the position of the last change, in
 * the group's own count (JRaft: log index; legacy raft: see its package).
 *
 * @param groups group name to position
 */
public record StackPosition(SortedMap<String, Long> groups) {

    public static final StackPosition NONE = new StackPosition(new TreeMap<>());

    public StackPosition {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /** The part of it that speaks of these groups. */
    public StackPosition only(Set<String> names) {
        SortedMap<String, Long> kept = new TreeMap<>(groups);
        kept.keySet().retainAll(names);
        return new StackPosition(kept);
    }
}
