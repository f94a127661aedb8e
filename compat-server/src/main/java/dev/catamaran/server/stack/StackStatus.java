package dev.catamaran.server.stack;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operator may know of a stack on this member.
 *
 * @param leaders group name to the leader's member address ({@code ip:port} of its HTTP port);
 *     empty text where none is known
 * @param ready whether every group has a leader and this member's copy is loaded
 * @param detail one line for an operator; empty when there is nothing to say
 */
public record StackStatus(SortedMap<String, String> leaders, boolean ready, String detail) {
    public StackStatus {
        leaders = Collections.unmodifiableSortedMap(new TreeMap<>(leaders));
        requireNonNull(detail, "detail is null");
    }
}
