package dev.catamaran.legacyraft.wire;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code POST /datum} (spec: legacy-raft 1.1): a wish to publish. */
public final class PublishForm {

    /** How often a 1.x receiver decodes it (spec: legacy-raft 1.4). */
    private static final int ESCAPES = 1;

    private PublishForm() {}

    /**
     * What is to be published.
     *
     * @param key full key
     * @param value JSON text
     */
    public record Publish(String key, String value) {}

    /**
     * The body of {@code POST /datum}.
     *
     * @param escaped for a real receiver, which decodes it once; ours read it as it is
     */
    public static byte[] encode(Publish publish, boolean escaped) {
        ObjectNode node = Text.MAPPER.createObjectNode().put("key", publish.key());
        node.set("value", Text.parse(publish.value(), "value"));
        String text = node.toString();
        return (escaped ? Text.escape(text, ESCAPES) : text).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the body as it is: 1.x senders and ours do not escape it (spec: legacy-raft 9.1 D9).
     */
    public static Decoded<Publish> decode(byte[] body) {
        return Decoded.of(
                () -> {
                    LegacyDatum datum = LegacyDatum.decode(Text.plain(body)).orThrow();
                    String key = LegacyKey.parse(datum.key()).orThrow().text();
                    if (datum.value().isEmpty()) {
                        throw new DecodeException("received empty datum", "value");
                    }
                    return new Publish(key, datum.value());
                });
    }
}
