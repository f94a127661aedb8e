package dev.catamaran.registry.v1;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A keyed value of the 1.x store, as it stands in files, commits and answers (spec: legacy-raft
 * 2.3). Its value is opaque here; {@link ServiceJson} and {@link InstancesJson} read it.
 *
 * @param key the key's text; {@link LegacyKey} judges it
 * @param timestamp counter of the key's changes; no clock
 * @param value JSON text of the value; empty when there is none, as in the commit of a delete
 * @param catamaran JSON text of our own field, which 1.x servers ignore; empty when there is none
 */
public record LegacyDatum(String key, long timestamp, String value, String catamaran) {

    private static final String KEY = "key";
    private static final String VALUE = "value";
    private static final String TIMESTAMP = "timestamp";
    private static final String CATAMARAN = "catamaran";

    public LegacyDatum {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
        requireNonNull(catamaran, "catamaran is null");
    }

    /** A datum without our own field. */
    public LegacyDatum(String key, long timestamp, String value) {
        this(key, timestamp, value, "");
    }

    /**
     * Reads a datum of any 1.x: a value written as a string (0.8) is unpacked, and fastjson's
     * references are replaced by what they point to.
     */
    public static Decoded<LegacyDatum> decode(String json) {
        return Decoded.of(() -> read(json));
    }

    /**
     * As {@link #decode}, for files and dumps: the key may have the form of 0.8 or 0.6 and is
     * answered as it is today (spec: legacy-raft 5.5).
     */
    public static Decoded<LegacyDatum> decodeStored(String json) {
        return Decoded.of(
                () -> {
                    LegacyDatum datum = read(json);
                    String key = LegacyKey.parseStored(datum.key).orThrow().text();
                    return new LegacyDatum(key, datum.timestamp, datum.value, datum.catamaran);
                });
    }

    private static LegacyDatum read(String json) {
        ObjectNode datum = Json.object(Json.read(json, "datum"), "datum");
        String key = Json.text(datum, KEY, "");
        if (key.isBlank()) {
            throw new DecodeException("has no key", "datum");
        }
        if (datum.path(VALUE).isString()) {
            String packed = datum.path(VALUE).stringValue();
            if (packed.isBlank()) {
                datum.remove(VALUE);
            } else {
                datum.set(VALUE, Json.readPacked(packed, VALUE));
            }
        }
        FastjsonReferences.resolve(datum);
        return new LegacyDatum(
                key,
                Json.whole(datum, TIMESTAMP, 0),
                Json.has(datum, VALUE) ? datum.get(VALUE).toString() : "",
                Json.has(datum, CATAMARAN) ? datum.get(CATAMARAN).toString() : "");
    }

    /** The datum in the order of fields that 1.3 and later write; every 1.x reads it. */
    public String encode() {
        StringBuilder json = new StringBuilder(value.length() + key.length() + 64);
        json.append("{\"key\":").append(Json.newObject().stringNode(key));
        if (!value.isEmpty()) {
            json.append(",\"value\":").append(value);
        }
        json.append(",\"timestamp\":").append(timestamp);
        if (!catamaran.isEmpty()) {
            json.append(",\"catamaran\":").append(catamaran);
        }
        return json.append('}').toString();
    }

    /** The same datum with another of our own fields. */
    public LegacyDatum withCatamaran(String json) {
        return new LegacyDatum(key, timestamp, value, json);
    }

    /** The value as a tree; a missing one is an empty object. */
    JsonNode tree() {
        return value.isEmpty() ? Json.newObject() : Json.readTyped(value, VALUE);
    }
}
