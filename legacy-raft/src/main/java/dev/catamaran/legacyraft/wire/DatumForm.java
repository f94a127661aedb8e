package dev.catamaran.legacyraft.wire;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The JSON of datums (spec: legacy-raft 2.3), in answers, commits and files. */
public final class DatumForm {

    private DatumForm() {}

    /** A datum with the position in which it was written, if it has one. */
    public static String encode(Datum datum) {
        boolean foreign = datum.position().equals(Position.NONE);
        return new LegacyDatum(
                        datum.key(),
                        datum.timestamp(),
                        datum.value(),
                        foreign ? "" : PeerForm.position(datum.position()).toString())
                .encode();
    }

    /** Reads a datum as members send it; the key must be one that may travel through the raft. */
    public static Decoded<Datum> decode(String json) {
        return Decoded.of(() -> read(LegacyDatum.decode(json).orThrow()));
    }

    /** Reads a datum from a file of any 1.x; the key is answered in today's form. */
    public static Decoded<Datum> decodeStored(String json) {
        return Decoded.of(() -> read(LegacyDatum.decodeStored(json).orThrow()));
    }

    /** The answer to {@code GET /datum}: in the order asked, {@code null} for unknown keys. */
    public static String encodeList(List<Optional<Datum>> datums) {
        StringJoiner list = new StringJoiner(",", "[", "]");
        datums.forEach(datum -> list.add(datum.map(DatumForm::encode).orElse("null")));
        return list.toString();
    }

    /** Reads an answer to {@code GET /datum}; unknown keys are left out. */
    public static Decoded<List<Datum>> decodeList(byte[] body) {
        return Decoded.of(
                () -> {
                    JsonNode list = Text.parse(Text.plain(body), "datums");
                    if (!list.isArray() || list.size() > WireLimits.MAX_KEYS) {
                        throw new DecodeException("is not a list of datums", "datums");
                    }
                    List<Datum> datums = new ArrayList<>();
                    for (JsonNode node : list) {
                        if (node.isObject()) {
                            datums.add(read(LegacyDatum.decode(node.toString()).orThrow()));
                        }
                    }
                    return datums;
                });
    }

    /** The query of {@code GET /datum}: encoded twice, as the receiver decodes once more. */
    public static String encodeKeys(List<String> keys) {
        String once = URLEncoder.encode(String.join(",", keys), StandardCharsets.UTF_8);
        return "keys=" + URLEncoder.encode(once, StandardCharsets.UTF_8);
    }

    /** Reads the parameter of {@code GET /datum}, after the web server's own decoding. */
    public static Decoded<List<String>> decodeKeys(String parameter) {
        return Decoded.of(
                () -> {
                    List<String> keys = List.of(Text.unescapeKey(parameter).split(","));
                    keys.forEach(key -> LegacyKey.parse(key).orThrow());
                    return keys;
                });
    }

    /** Reads the parameter of {@code DELETE /datum}. */
    public static Decoded<String> decodeKey(String parameter) {
        return Decoded.of(() -> LegacyKey.parse(Text.unescapeKey(parameter)).orThrow().text());
    }

    private static Datum read(LegacyDatum datum) {
        String key = LegacyKey.parse(datum.key()).orThrow().text();
        if (datum.value().isEmpty()) {
            throw new DecodeException("received empty datum", "datum.value");
        }
        return new Datum(key, datum.value(), datum.timestamp(), position(datum.catamaran()));
    }

    static Position position(String extension) {
        return extension.isEmpty()
                ? Position.NONE
                : PeerForm.readPosition(Text.parse(extension, "datum"), "datum.catamaran");
    }
}
