package dev.catamaran.legacyraft.wire;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyKey;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a beat (spec: legacy-raft 2.5): gzip of JSON with JSON inside. */
public final class BeatForm {

    /** How often a 1.x receiver decodes it. */
    private static final int ESCAPES = 2;

    private BeatForm() {}

    /** The body of {@code POST /beat}. */
    public static byte[] encode(Beat beat) {
        ObjectNode inner = Text.MAPPER.createObjectNode();
        inner.set("peer", PeerForm.node(beat.peer()));
        ArrayNode items = inner.putArray("datums");
        for (Beat.Item item : beat.items()) {
            ObjectNode node = items.addObject();
            node.put("key", brief(item.key())).put("timestamp", item.timestamp());
            if (!item.position().equals(Position.NONE)) {
                node.set(PeerForm.EXTENSION, PeerForm.position(item.position()));
            }
        }
        String text = Text.MAPPER.createObjectNode().put("beat", inner.toString()).toString();
        return Text.gzip(Text.escape(text, ESCAPES));
    }

    /** Reads a beat; elements whose keys cannot be are a refusal of the whole. */
    public static Decoded<Beat> decode(byte[] body) {
        return Decoded.of(
                () -> {
                    JsonNode outer =
                            Text.body(
                                    Text.plain(body),
                                    ESCAPES,
                                    node -> PeerForm.pledges(inner(node).path("peer")));
                    return read(inner(outer));
                });
    }

    private static JsonNode inner(JsonNode outer) {
        JsonNode beat = outer.path("beat");
        if (beat.isObject()) {
            return beat;
        }
        if (!beat.isString()) {
            throw new DecodeException("has no beat", "body");
        }
        return Text.parse(beat.stringValue(), "beat");
    }

    private static Beat read(JsonNode inner) {
        JsonNode datums = inner.path("datums");
        if (datums.size() > WireLimits.MAX_KEYS) {
            throw new DecodeException(
                    "names more than " + WireLimits.MAX_KEYS + " keys", "beat.datums");
        }
        List<Beat.Item> items = new ArrayList<>(datums.size());
        for (JsonNode node : datums) {
            String where = "beat.datums[" + items.size() + "]";
            String key = LegacyKey.parseBrief(node.path("key").asString("")).orThrow().text();
            items.add(
                    new Beat.Item(
                            key,
                            node.path("timestamp").asLong(0),
                            PeerForm.readPosition(node.path(PeerForm.EXTENSION), where)));
        }
        return new Beat(PeerForm.read(inner.path("peer"), "beat.peer"), items);
    }

    private static String brief(String key) {
        return LegacyKey.parse(key).orThrow().brief();
    }
}
