package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What becomes of one group of one home.
 *
 * @param group name of the group
 * @param source home whose store it is made from; mostly the home itself
 * @param expected how far that store must have come, or the plan is out of date
 * @param appended with a change of voters, the configuration that is appended
 */
public record GroupTask(
        String group, String source, GroupMark expected, Optional<Appended> appended) {

    public GroupTask {
        requireNonNull(group, "group is null");
        requireNonNull(source, "source is null");
        requireNonNull(expected, "expected is null");
        requireNonNull(appended, "appended is null");
    }

    /**
     * One more configuration entry at the end of the log.
     *
     * @param members the new voters
     * @param term its term: higher than any member ever promised
     */
    public record Appended(SortedSet<Member> members, long term) {
        public Appended {
            members = new TreeSet<>(members);
        }
    }
}
