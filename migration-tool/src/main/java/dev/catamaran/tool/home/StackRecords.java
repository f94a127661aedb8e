package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.records.RecordSet;
import java.util.List;
import java.util.Optional;

/**
 * The records that one stack of a home holds.
 *
 * @param stack which one
 * @param records services, clusters, instances and overrides
 * @param switches the cluster-wide switches as JSON, if this stack has them
 * @param groups the raft groups they were read from; none when they come from files
 */
public record StackRecords(
        Stack stack, RecordSet records, Optional<String> switches, List<GroupProgress> groups) {

    public StackRecords {
        requireNonNull(stack, "stack is null");
        requireNonNull(records, "records is null");
        requireNonNull(switches, "switches is null");
        groups = List.copyOf(groups);
    }

    /** The stores a home can have. */
    public enum Stack {
        LEGACY,
        JRAFT
    }

    /** Whether some entries may not have been committed: one member alone cannot know. */
    public boolean hasPossibleTail() {
        return groups.stream().anyMatch(group -> group.possibleTail() > 0);
    }

    /**
     * How far a group was read.
     *
     * @param group its name
     * @param committedAtLeast index up to which everything is committed for certain
     * @param lastIndex index of the last entry, which is included in the records
     * @param writes writes applied
     * @param unread entries that could not be decoded; each is a finding
     */
    public record GroupProgress(
            String group, long committedAtLeast, long lastIndex, long writes, long unread) {

        public GroupProgress {
            requireNonNull(group, "group is null");
        }

        /** Entries that are perhaps not committed. */
        public long possibleTail() {
            return Math.max(0, lastIndex - committedAtLeast);
        }
    }
}
