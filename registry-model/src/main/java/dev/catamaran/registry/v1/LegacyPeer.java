package dev.catamaran.registry.v1;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A member of the 1.x raft as it describes itself in votes, beats, commits, reports and answers
 * (spec: legacy-raft 2.2). Every 1.x writes the same fields; fastjson (up to 1.2) orders them by
 * name, Jackson (1.3 and later) as below.
 *
 * @param ip its address, {@code ip:port} as in the member list
 * @param voteFor whom it voted for; empty if nobody
 * @param term the 1.x term: +1 per election, +100 per publish
 * @param leaderDueMs milliseconds until it campaigns
 * @param heartbeatDueMs milliseconds until its next beat
 * @param state its role
 * @param catamaran JSON text of our own field, which 1.x servers ignore; empty when there is none
 */
public record LegacyPeer(
        String ip,
        Optional<String> voteFor,
        long term,
        long leaderDueMs,
        long heartbeatDueMs,
        State state,
        String catamaran) {

    /** Role in the raft. */
    public enum State {
        LEADER,
        FOLLOWER,
        CANDIDATE
    }

    /** Longest address taken: a DNS name and a port. */
    static final int MAX_IP_LENGTH = 300;

    private static final String WHERE = "peer";
    private static final String CATAMARAN = "catamaran";

    public LegacyPeer {
        requireNonNull(ip, "ip is null");
        requireNonNull(voteFor, "voteFor is null");
        requireNonNull(state, "state is null");
        requireNonNull(catamaran, "catamaran is null");
    }

    /**
     * Reads a peer of any 1.x. A peer that never voted has no {@code voteFor}; the text {@code
     * null}, which some senders make of that, means the same. A missing state is a follower's.
     */
    public static Decoded<LegacyPeer> decode(String json) {
        return Decoded.of(() -> read(Json.object(Json.read(json, WHERE), WHERE)));
    }

    private static LegacyPeer read(ObjectNode peer) {
        String ip = Json.text(peer, "ip", "");
        if (ip.isBlank() || ip.length() > MAX_IP_LENGTH) {
            throw new DecodeException("is blank or longer than " + MAX_IP_LENGTH, "ip");
        }
        String vote = Json.text(peer, "voteFor", "");
        boolean voted = !vote.isBlank() && !vote.equals("null");
        return new LegacyPeer(
                ip,
                voted ? Optional.of(vote) : Optional.empty(),
                Json.whole(peer, "term", 0),
                Json.whole(peer, "leaderDueMs", 0),
                Json.whole(peer, "heartbeatDueMs", 0),
                state(Json.text(peer, "state", "")),
                Json.has(peer, CATAMARAN) ? peer.get(CATAMARAN).toString() : "");
    }

    private static State state(String text) {
        return switch (text) {
            case "LEADER" -> State.LEADER;
            case "CANDIDATE" -> State.CANDIDATE;
            case "FOLLOWER", "", "null" -> State.FOLLOWER;
            default -> throw new DecodeException("is unknown: " + text, "state");
        };
    }

    /** The peer as 1.3 and later write it. */
    public String encode() {
        ObjectNode json = Json.newObject().put("ip", ip);
        voteFor.ifPresent(vote -> json.put("voteFor", vote));
        json.put("term", term)
                .put("leaderDueMs", leaderDueMs)
                .put("heartbeatDueMs", heartbeatDueMs)
                .put("state", state.name());
        if (!catamaran.isEmpty()) {
            json.set(CATAMARAN, Json.parseOwn(catamaran));
        }
        return json.toString();
    }
}
