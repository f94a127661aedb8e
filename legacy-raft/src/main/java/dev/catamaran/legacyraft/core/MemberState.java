package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A member's whole state between two events, whichever rules its raft plays by: those of members of
 * ours alone ({@link RaftState}), or those of 1.x that real servers share. Never changes.
 */
public interface MemberState {

    /**
     * What an event came to.
     *
     * @param next the next state
     * @param effects work for the shell, in order
     */
    record Step(MemberState next, List<Effect> effects) {
        public Step {
            requireNonNull(next, "next is null");
            effects = List.copyOf(effects);
        }
    }

    /** The next state and what there is to do. Same state and event, same step. */
    Step step(Event event);

    /** What this member holds durably. */
    Held held();

    /** What this member says of itself. */
    RaftPeer peer();

    /** Address of the leader this member follows or is; empty if it knows none. */
    Optional<String> leader();

    boolean isLeader();

    /** Whether this member leads and takes changes. */
    boolean isServing();

    /** Names the leadership of this member that is under way; 0 while it does not lead. */
    long leadership();

    /** Whether the leader this member follows is a real server, which has no positions. */
    boolean followsReal();

    /** Real servers that answer this leader now; 0 while it does not lead. */
    default int realFollowers() {
        return 0;
    }

    /** How far the copy of this member has come; {@link Position#NONE} while that is not known. */
    Position reached();

    /** Keys that the leader's beats do not list and that are kept until that is confirmed. */
    default SortedSet<String> heldBack() {
        return Collections.emptySortedSet();
    }

    /** All members as last seen, self included, sorted by address. */
    List<RaftPeer> peers();

    /** The leader as last seen; empty if this member knows none. */
    default Optional<RaftPeer> leaderPeer() {
        return leader().flatMap(
                        address ->
                                peers().stream()
                                        .filter(peer -> peer.ip().equals(address))
                                        .findFirst());
    }
}
