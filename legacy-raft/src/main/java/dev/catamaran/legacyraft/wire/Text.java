package dev.catamaran.legacyraft.wire;

import dev.catamaran.registry.decode.DecodeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text as it travels: gzip, the decoding that receivers of 1.x do to JSON, JSON with bounds. */
final class Text {

    static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(WireLimits.MAX_DEPTH)
                                                    .maxStringLength(WireLimits.MAX_INFLATED)
                                                    .maxDocumentLength(WireLimits.MAX_INFLATED)
                                                    .build())
                                    .build())
                    .build();

    private Text() {}

    static JsonNode parse(String json, String where) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new DecodeException("not JSON: " + e.getOriginalMessage(), where, e);
        }
    }

    /**
     * Escapes what a receiver's URL decoding would change (spec: legacy-raft 1.4).
     *
     * @param times how often the receiver decodes
     */
    static String escape(String json, int times) {
        String escaped = json;
        for (int i = 0; i < times; i++) {
            escaped = escaped.replace("%", "%25").replace("+", "%2B");
        }
        return escaped;
    }

    /** What {@link #escape} was given; throws for text that it cannot have made. */
    static String unescape(String text, int times) {
        String decoded = text;
        try {
            for (int i = 0; i < times; i++) {
                decoded = URLDecoder.decode(decoded, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw new DecodeException("bad percent escape: " + e.getMessage(), "body", e);
        }
        return decoded;
    }

    /** Percent-decodes until nothing changes; for keys, which hold no percent sign. */
    static String unescapeKey(String text) {
        String before = text;
        for (int i = 0; i < 3; i++) {
            String after = before.indexOf('%') < 0 ? before : unescape(before, 1);
            if (after.equals(before)) {
                break;
            }
            before = after;
        }
        return before;
    }

    /**
     * Reads the JSON of a body. Real 1.x nodes send it raw, though they decode what they receive;
     * members of ours send it escaped for that decoding and show by their extension field that they
     * did.
     *
     * @param escapes how often the sender escaped, if it is one of ours
     * @param ours whether a parsed body carries our extension
     */
    static JsonNode body(String text, int escapes, java.util.function.Predicate<JsonNode> ours) {
        if (text.indexOf('%') < 0) {
            // nothing was escaped: what is ours has no plus sign, what is theirs means it
            return parse(text, "body");
        }
        Optional<JsonNode> raw = tryParse(text);
        if (raw.isPresent() && !ours.test(raw.get())) {
            return raw.get();
        }
        return parse(unescape(text, escapes), "body");
    }

    private static Optional<JsonNode> tryParse(String text) {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + text.length() / 8);
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The text of a body, gunzipped if it has gzip's magic, whatever its headers say. */
    static String plain(byte[] body) {
        boolean zipped = body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
        if (!zipped) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] all = zip.readNBytes(WireLimits.MAX_INFLATED + 1);
            if (all.length > WireLimits.MAX_INFLATED) {
                throw new DecodeException(
                        "inflates to more than " + WireLimits.MAX_INFLATED + " bytes", "body");
            }
            return new String(all, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DecodeException("broken gzip: " + e.getMessage(), "body", e);
        }
    }
}
