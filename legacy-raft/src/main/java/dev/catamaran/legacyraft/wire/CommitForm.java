package dev.catamaran.legacyraft.wire;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyKey;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of {@code POST} and {@code DELETE /datum/commit} (spec: legacy-raft 1.1, 1.4). */
public final class CommitForm {

    private static final int PUT_ESCAPES = 1;
    private static final int DELETE_ESCAPES = 2;

    private CommitForm() {}

    /**
     * A leader's change as it travels.
     *
     * @param source the leader
     * @param change what it committed
     */
    public record Commit(RaftPeer source, Change change) {}

    /** The body for a change; puts go by POST, deletes by DELETE. */
    public static byte[] encode(RaftPeer source, Change change) {
        int escapes = change instanceof Change.Put ? PUT_ESCAPES : DELETE_ESCAPES;
        String json =
                "{\"datum\":" + datum(change) + ",\"source\":" + PeerForm.encode(source) + "}";
        return Text.escape(json, escapes).getBytes(StandardCharsets.UTF_8);
    }

    private static String datum(Change change) {
        if (change instanceof Change.Put put) {
            return DatumForm.encode(put.datum());
        }
        Change.Delete delete = (Change.Delete) change;
        ObjectNode datum = Text.MAPPER.createObjectNode();
        datum.put("key", delete.key()).put("timestamp", 0);
        ObjectNode own = PeerForm.position(delete.position());
        own.put("timestamp", delete.tombstone().timestamp());
        datum.set(PeerForm.EXTENSION, own);
        return datum.toString();
    }

    /** Reads the body of a POST. */
    public static Decoded<Commit> decodePut(byte[] body) {
        return Decoded.of(
                () -> {
                    JsonNode node = body(body, PUT_ESCAPES);
                    return new Commit(
                            source(node),
                            new Change.Put(
                                    DatumForm.decode(node.path("datum").toString()).orThrow()));
                });
    }

    /** Reads the body of a DELETE. */
    public static Decoded<Commit> decodeDelete(byte[] body) {
        return Decoded.of(
                () -> {
                    JsonNode node = body(body, DELETE_ESCAPES);
                    JsonNode datum = node.path("datum");
                    JsonNode own = datum.path(PeerForm.EXTENSION);
                    String text = Text.unescapeKey(datum.path("key").asString(""));
                    String key = LegacyKey.parse(text).orThrow().text();
                    return new Commit(
                            source(node),
                            new Change.Delete(
                                    new Tombstone(
                                            key,
                                            own.path("timestamp").asLong(0),
                                            PeerForm.readPosition(own, "datum.catamaran"))));
                });
    }

    private static JsonNode body(byte[] body, int escapes) {
        JsonNode node =
                Text.body(
                        Text.plain(body),
                        escapes,
                        parsed -> PeerForm.pledges(parsed.path("source")));
        if (!node.path("datum").isObject()) {
            throw new DecodeException("received empty datum", "body");
        }
        return node;
    }

    private static RaftPeer source(JsonNode node) {
        return PeerForm.read(node.path("source"), "source");
    }
}
