package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Work for the shell, done in list order. When a {@code Save} fails, nothing after it may be done:
 * replies and messages promise what was saved before them.
 */
public sealed interface Effect {

    /** To be durable before the next effect. */
    sealed interface Save extends Effect {}

    record SaveBallot(long ballot, Optional<String> votedFor, long term) implements Save {}

    /** The 1.x term; may be lost in a crash. */
    record SaveTerm(long term) implements Save {}

    /** The next version, by one change. */
    record SaveChange(Change change) implements Save {}

    /** The same datums under another position; ends {@code mixed} and {@code damaged}. */
    record SavePosition(Position position) implements Save {}

    /** Another version, by several changes of which a crash may leave some: mark first. */
    record SaveVersion(List<Datum> puts, List<Tombstone> deletes, Position position)
            implements Save {
        public SaveVersion {
            puts = List.copyOf(puts);
            deletes = List.copyOf(deletes);
            requireNonNull(position, "position is null");
        }
    }

    record SendVote(String member, RaftPeer candidate) implements Effect {}

    record SendBeat(String member, long round, Beat beat) implements Effect {}

    record SendCommit(String member, RaftPeer source, Change change) implements Effect {}

    /** Ask a member for datums by key. */
    record Fetch(long fetchId, String member, List<String> keys) implements Effect {
        public Fetch {
            keys = List.copyOf(keys);
        }
    }

    /** Ask a member for all its datums. */
    record FetchInventory(String member, long ballot) implements Effect {}

    /** Ask a member, which may be a real server, for the names of its services. */
    record AskServices(String member) implements Effect {}

    /** Answer with a peer; {@code accepted} is status 200, otherwise 400. */
    record ReplyPeer(long replyId, boolean accepted, RaftPeer peer) implements Effect {}

    /** Answer with a status and a text. */
    record ReplyText(long replyId, int status, String text) implements Effect {}

    /** A wish has ended. */
    record Ended(long opId, Outcome outcome) implements Effect {}

    /** The datums of these keys changed in this member's copy. */
    record Changed(Set<String> keys) implements Effect {
        public Changed {
            keys = Set.copyOf(keys);
        }
    }

    /** This member leads and has brought a majority to its version: it can take changes. */
    record LeadershipReady(long ballot) implements Effect {}

    /** A change an operator should be able to read in the log. */
    record Noted(String what) implements Effect {}
}
