package dev.catamaran.legacyraft.wire;

import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyPeer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a peer (spec: legacy-raft 2.2) with the pledge in a field that 1.x ignores. */
public final class PeerForm {

    /** Name of the extension field, in peers, datums and beat elements. */
    static final String EXTENSION = "catamaran";

    private PeerForm() {}

    /** The peer as 1.3 and later write it. */
    public static String encode(RaftPeer peer) {
        return new LegacyPeer(
                        peer.ip(),
                        peer.voteFor(),
                        peer.term(),
                        peer.leaderDueMs(),
                        peer.heartbeatDueMs(),
                        LegacyPeer.State.valueOf(peer.state().name()),
                        peer.pledge().map(PeerForm::extension).orElse(""))
                .encode();
    }

    /** Reads what a member answered or sent. */
    public static Decoded<RaftPeer> decode(String json) {
        return Decoded.of(() -> read(Text.parse(json, "peer"), "peer"));
    }

    /** The answer to {@code GET /state}. */
    public static String encodeState(int services, List<RaftPeer> peers) {
        ObjectNode state = Text.MAPPER.createObjectNode().put("services", services);
        state.putArray("peers").addAll(peers.stream().map(PeerForm::node).toList());
        return state.toString();
    }

    /** The answer to {@code GET /leader}: the peer as a JSON string inside JSON. */
    public static String encodeLeader(Optional<RaftPeer> leader) {
        return Text.MAPPER
                .createObjectNode()
                .put("leader", leader.map(PeerForm::encode).orElse("null"))
                .toString();
    }

    static JsonNode node(RaftPeer peer) {
        return Text.parse(encode(peer), "peer");
    }

    private static String extension(RaftPeer.Pledge pledge) {
        ObjectNode own = Text.MAPPER.createObjectNode().put("ballot", pledge.ballot());
        own.set("position", position(pledge.position()));
        own.put("epoch", pledge.epoch());
        return own.toString();
    }

    static RaftPeer read(JsonNode node, String where) {
        LegacyPeer peer;
        try {
            peer = LegacyPeer.decode(node.toString()).orThrow();
        } catch (DecodeException e) {
            throw new DecodeException(e.refusal().in(where));
        }
        return new RaftPeer(
                peer.ip(),
                peer.voteFor(),
                peer.term(),
                peer.leaderDueMs(),
                peer.heartbeatDueMs(),
                RaftPeer.State.valueOf(peer.state().name()),
                pledge(node.path(EXTENSION), where));
    }

    static boolean pledges(JsonNode peer) {
        return peer.path(EXTENSION).isObject();
    }

    static ObjectNode position(Position position) {
        return Text.MAPPER
                .createObjectNode()
                .put("ballot", position.ballot())
                .put("index", position.index());
    }

    /** A missing position is that of foreign data. */
    static Position readPosition(JsonNode node, String where) {
        if (!node.isObject()) {
            return Position.NONE;
        }
        long ballot = number(node, "ballot", where);
        long index = number(node, "index", where);
        if (ballot < 0 || index < 0) {
            throw new DecodeException("has a negative position", where);
        }
        return new Position(ballot, index);
    }

    private static Optional<RaftPeer.Pledge> pledge(JsonNode node, String where) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        return Optional.of(
                new RaftPeer.Pledge(
                        number(node, "ballot", where),
                        readPosition(node.path("position"), where),
                        number(node, "epoch", where)));
    }

    private static long number(JsonNode node, String field, String where) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        try {
            return value.isString() ? Long.parseLong(value.stringValue()) : value.longValue();
        } catch (RuntimeException e) {
            throw new DecodeException("is not a whole number", where + "." + field, e);
        }
    }
}
