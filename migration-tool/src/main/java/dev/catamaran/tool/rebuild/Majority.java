package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether what is left of a group must hold every acknowledged write (spec: jraft-disk 4 M).
 *
 * @param group the group
 * @param voters voters of the last configuration of the most advanced store
 * @param oldVoters in the middle of a membership change, the voters before it; else empty
 * @param lost members said to be lost
 * @param whole how many whole stores were given
 * @param damaged how many damaged ones were given; they count as lost
 */
public record Majority(
        String group,
        SortedSet<Member> voters,
        SortedSet<Member> oldVoters,
        SortedSet<Member> lost,
        int whole,
        int damaged) {

    public Majority {
        requireNonNull(group, "group is null");
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        oldVoters = Collections.unmodifiableSortedSet(new TreeSet<>(oldVoters));
        lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
    }

    /** How many voters must be left. */
    public int needed() {
        return voters.size() / 2 + 1;
    }

    /**
     * Whether whole stores of a majority are here. Stores carry no name, so in the middle of a
     * membership change every voter of both sets that is not lost must have given one.
     */
    public boolean survives() {
        int left = left(voters);
        boolean change = !oldVoters.isEmpty();
        boolean oldToo = !change || left(oldVoters) >= oldVoters.size() / 2 + 1;
        SortedSet<Member> all = new TreeSet<>(voters);
        all.addAll(oldVoters);
        boolean counted = change ? whole >= left(all) : whole >= needed();
        return left >= needed() && oldToo && counted;
    }

    private int left(SortedSet<Member> members) {
        return (int) members.stream().filter(member -> !lost.contains(member)).count();
    }

    /** The sum, for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(group)
                .append(": ")
                .append(voters.size())
                .append(voters.size() == 1 ? " voter " : " voters ")
                .append(voters)
                .append(", majority ")
                .append(needed());
        if (!oldVoters.isEmpty()) {
            text.append("; in the middle of a change from ")
                    .append(oldVoters)
                    .append(", majority ")
                    .append(oldVoters.size() / 2 + 1);
        }
        text.append("; whole stores ").append(whole);
        if (damaged > 0) {
            text.append(", damaged (count as lost) ").append(damaged);
        }
        if (!lost.isEmpty()) {
            text.append(", lost ").append(lost);
        }
        return text.append(
                        survives()
                                ? ": every acknowledged write is on at least one of them"
                                : ": acknowledged writes may exist only on what is lost, and no"
                                        + " disk can tell")
                .toString();
    }
}
