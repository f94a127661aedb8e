package dev.catamaran.legacyraft.wire;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;

/** The body of {@code POST /datum} (spec: legacy-raft 1.1): a wish to publish. */
public final class PublishForm {

    private PublishForm() {}

    /**
     * What is to be published.
     *
     * @param key full key
     * @param value JSON text
     */
    public record Publish(String key, String value) {}

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
