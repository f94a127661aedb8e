package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fact the outside has told the core. {@code replyId} names the caller who waits for a reply. */
public sealed interface Event {

    /**
     * Time has passed.
     *
     * @param elapsedMs since the last tick
     * @param random any number; the only source of randomness
     */
    record Ticked(long elapsedMs, long random) implements Event {}

    /** A candidate asks for a vote. */
    record VoteAsked(long replyId, RaftPeer candidate) implements Event {}

    /** A member answered a vote. */
    record VoteAnswered(String member, RaftPeer peer) implements Event {}

    /** A leader's beat came. */
    record BeatArrived(long replyId, Beat beat) implements Event {}

    /** A member answered the beat of a round. */
    record BeatAnswered(String member, long round, RaftPeer peer) implements Event {}

    /** A beat got no usable answer. */
    record BeatFailed(String member, long round) implements Event {}

    /** A leader's change came. */
    record CommitArrived(long replyId, RaftPeer source, Change change) implements Event {}

    /** A member answered a change. */
    record CommitAnswered(String member, Position position, boolean accepted) implements Event {}

    /** A change got no usable answer. */
    record CommitFailed(String member, Position position) implements Event {}

    /** Datums asked for with {@link Effect.Fetch} came; unknown keys are absent. */
    record Fetched(long fetchId, List<Datum> datums) implements Event {
        public Fetched {
            datums = List.copyOf(datums);
        }
    }

    /** Datums asked for did not come. */
    record FetchFailed(long fetchId) implements Event {}

    /** A member's whole list of datums came. */
    record InventoryArrived(String member, long ballot, List<Datum> datums) implements Event {
        public InventoryArrived {
            datums = List.copyOf(datums);
        }
    }

    /** A member's list of datums did not come. */
    record InventoryFailed(String member, long ballot) implements Event {}

    /**
     * Somebody here wants a change; only a leader takes it.
     *
     * @param opId names the wish in {@link Effect.Ended}
     * @param key full key
     * @param value new value as JSON text; empty to delete
     */
    record ChangeWanted(long opId, String key, Optional<String> value) implements Event {
        public ChangeWanted {
            requireNonNull(value, "value is null");
        }
    }

    /**
     * Somebody here wants proof that this member leads and that all it holds now is committed.
     *
     * @param timeoutMs longest wait
     */
    record ConfirmWanted(long opId, long timeoutMs) implements Event {}

    /** A member refused a beat because it is in a higher 1.x term. */
    record BeatRefused(String member, long term) implements Event {}

    /**
     * A member said what it has, asked by {@link Effect.AskServices}.
     *
     * @param services as {@code namespace##GROUP@@name}
     * @param deleted last timestamps of deleted keys; only members of ours tell them
     */
    record ServicesTold(String member, List<String> services, Map<String, Long> deleted)
            implements Event {
        public ServicesTold {
            services = List.copyOf(services);
            deleted = Map.copyOf(deleted);
        }
    }

    /** The configured list has changed. */
    record MembersChanged(List<String> members) implements Event {
        public MembersChanged {
            members = List.copyOf(members);
        }
    }

    /** An operator wants what is held back deleted. */
    record DeletesAllowed() implements Event {}

    /** This member cannot do a leader's duty; if it leads, another one is to. */
    record LeadershipGivenUp(String because) implements Event {}

    /** This member has applied a transition epoch. */
    record EpochApplied(long epoch) implements Event {}
}
