package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a member says of itself in every message (spec: legacy-raft 2.2).
 *
 * @param ip its address, {@code ip:port} as in the member list
 * @param voteFor whom it voted for; empty if nobody
 * @param term the 1.x term: +1 per election, +100 per publish
 * @param leaderDueMs milliseconds until it campaigns
 * @param heartbeatDueMs milliseconds until its next beat
 * @param state its role
 * @param pledge the extension of our members; empty in what real 1.x nodes send
 */
public record RaftPeer(
        String ip,
        Optional<String> voteFor,
        long term,
        long leaderDueMs,
        long heartbeatDueMs,
        State state,
        Optional<Pledge> pledge) {

    /** Role in the raft. */
    public enum State {
        LEADER,
        FOLLOWER,
        CANDIDATE
    }

    /**
     * What a member promises beyond 1.x.
     *
     * @param ballot its true raft term, which it never lowers
     * @param position version of the datums it holds durably
     * @param epoch transition epoch it has applied
     */
    public record Pledge(long ballot, Position position, long epoch) {
        public Pledge {
            requireNonNull(position, "position is null");
        }
    }

    public RaftPeer {
        requireNonNull(ip, "ip is null");
        requireNonNull(voteFor, "voteFor is null");
        requireNonNull(state, "state is null");
        requireNonNull(pledge, "pledge is null");
    }
}
