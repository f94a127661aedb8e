package dev.catamaran.tool.explain;

import java.util.List;
import java.util.Optional;

/**
 * A fact that a real server wrote into its log and that says something about where its cluster
 * stands. What is not listed here does not move a cluster and is not kept.
 */
sealed interface NodeEvent {

    /** The naming module of a 2.0/2.1 server came up; it had no {@code upgrade.state} if so. */
    record Booted(boolean stateFileMissing) implements NodeEvent {}

    /** Its own check whether it, and everybody it knows, is ready for 2.X. */
    record UpgradeChecked(boolean ready) implements NodeEvent {}

    /** It serves from the 2.x model from now on. */
    record WentUp() implements NodeEvent {}

    /** It serves from the 1.x model from now on. */
    record WentDown() implements NodeEvent {}

    /** Its double write is off, for good or until its next start. */
    record DoubleWriteClosed() implements NodeEvent {}

    /**
     * Its list of members changed.
     *
     * @param members all members as it knows them
     * @param triggers those that changed; empty for 2.0.0 and 2.0.1, which do not say
     */
    record MembersChanged(List<Member> members, List<Member> triggers) implements NodeEvent {

        public MembersChanged {
            members = List.copyOf(members);
            triggers = List.copyOf(triggers);
        }
    }

    /** A member that is in its list is, or is no longer, among those that it counts as alive. */
    record HealthyListChanged(List<String> before, List<String> after) implements NodeEvent {

        public HealthyListChanged {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** The 1.x raft has a leader. */
    record LegacyLeader(String leader, Optional<Long> term) implements NodeEvent {}

    /** It voted in the 1.x raft. */
    record LegacyVote(String candidate, long term) implements NodeEvent {}

    /** The 1.x raft had no leader when somebody asked. */
    record LegacyNoLeader() implements NodeEvent {}

    /** A write of a persistent record was refused. */
    record WriteRefused() implements NodeEvent {}

    /** The 1.x raft was stopped for good: the 1.4 switch to JRaft. */
    record LegacyStopped() implements NodeEvent {}

    /** The 1.x raft read its files. */
    record LegacyLoaded(long datums, long term) implements NodeEvent {}

    /** A JRaft group has this leader; empty for none. */
    record GroupLeader(String group, Optional<String> leader, Optional<Long> term)
            implements NodeEvent {}

    /** It cannot even ask for votes, as its own address is not in the group's configuration. */
    record NotInConfiguration(String group, String self, List<String> configuration)
            implements NodeEvent {

        public NotInConfiguration {
            configuration = List.copyOf(configuration);
        }
    }

    /** It could not join a group and tries again. */
    record JoinFailed() implements NodeEvent {}

    /** A read through raft was refused; at start this ends some versions. */
    record ReadRefused(String why) implements NodeEvent {}

    /** The log store of a group could not be opened, or a group's state machine stopped. */
    record StoreFailed(String what) implements NodeEvent {}

    /** A forwarded call was refused: two members do not agree who answers for a service. */
    record RedirectRefused(String from) implements NodeEvent {}

    /** It gave up starting. */
    record StartFailed(String why) implements NodeEvent {}

    /**
     * A member in the eyes of the server that wrote the line.
     *
     * @param address ip:port as in its list
     * @param state UP, SUSPICIOUS, DOWN …
     * @param version empty if it never said one
     * @param ready its flag {@code readyToUpgrade}, empty if it never said one
     * @param self whether it is the writer itself
     */
    record Member(
            String address,
            String state,
            Optional<String> version,
            Optional<Boolean> ready,
            boolean self) {}
}
