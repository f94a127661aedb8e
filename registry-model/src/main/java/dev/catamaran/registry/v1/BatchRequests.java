package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code WriteRequest.data}, {@code ReadRequest.data} and {@code Response.data} of the key-value
 * group that 1.4 has for its records and 2.x for its switches (spec: legacy-raft 6.4, jraft-groups
 * 3.5): JSON with keys and values in Base64. Keys become file names on real servers, so none is
 * taken that {@link LegacyKey} refuses.
 */
public final class BatchRequests {

    /** The group's name. */
    public static final String GROUP = "naming_persistent_service";

    /** Operation: puts all keys. */
    public static final String WRITE = "Write";

    /** Operation: removes all keys. */
    public static final String DELETE = "Delete";

    /** Operation of read requests. */
    public static final String READ = "Read";

    /** Longest request taken, as the raft port takes no longer message. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Most keys of one request; real servers send one, a follower's catch-up fifty. */
    static final int MAX_KEYS = 10_000;

    private static final String KEYS = "keys";
    private static final String VALUES = "values";

    /**
     * What a request holds that a real member has committed: older servers took names that none
     * takes now, and carried them over.
     *
     * @param legal datums or keys that every server takes
     * @param illegal those of services with names that no server takes now; their {@code file} is
     *     the group
     */
    public record Logged<T>(List<T> legal, List<StoredDatums.Illegal> illegal) {
        public Logged {
            legal = List.copyOf(legal);
            illegal = List.copyOf(illegal);
        }
    }

    private BatchRequests() {}

    /** {@value #WRITE}, and the answer to a read. */
    public static byte[] encodeWrite(Collection<LegacyDatum> datums) {
        return batch(
                datums.stream().map(LegacyDatum::key).toList(),
                datums.stream().map(LegacyDatum::encode).toList());
    }

    /** Reads {@link #encodeWrite}'s form; each value must be the datum of its key. */
    public static Decoded<List<LegacyDatum>> decodeWrite(byte[] data) {
        return Decoded.of(() -> onlyLegal(write(data)));
    }

    /** As {@link #decodeWrite}, for the log of a real member: names illegal names and goes on. */
    public static Decoded<Logged<LegacyDatum>> decodeLoggedWrite(byte[] data) {
        return Decoded.of(() -> write(data));
    }

    private static Logged<LegacyDatum> write(byte[] data) {
        ObjectNode batch = Json.object(json(data), "batch");
        List<String> keys = texts(batch.path(KEYS), KEYS);
        List<String> values = texts(batch.path(VALUES), VALUES);
        checkSizes(keys, values);
        List<LegacyDatum> datums = new ArrayList<>();
        List<StoredDatums.Illegal> illegal = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String complaint = LegacyKey.nameComplaint(keys.get(i));
            if (complaint.isEmpty()) {
                datums.add(datum(keys.get(i), values.get(i), VALUES + "[" + i + "]"));
            } else {
                illegal.add(new StoredDatums.Illegal(keys.get(i), GROUP, complaint));
            }
        }
        return new Logged<>(datums, illegal);
    }

    private static <T> List<T> onlyLegal(Logged<T> all) {
        for (StoredDatums.Illegal one : all.illegal()) {
            throw new DecodeException(one.complaint() + ": " + one.key(), "key");
        }
        return all.legal();
    }

    private static LegacyDatum datum(String key, String value, String where) {
        try {
            String legal = LegacyKey.parse(key).orThrow().text();
            LegacyDatum datum = LegacyDatum.decode(value).orThrow();
            if (!datum.key().equals(legal)) {
                throw new DecodeException("is the datum of another key: " + datum.key(), "key");
            }
            return datum;
        } catch (DecodeException e) {
            throw new DecodeException(e.refusal().in(where));
        }
    }

    /** {@value #DELETE}: one empty value per key. */
    public static byte[] encodeDelete(Collection<LegacyKey> keys) {
        List<String> texts = keys.stream().map(LegacyKey::text).toList();
        return batch(texts, texts.stream().map(key -> "").toList());
    }

    /** Reads {@link #encodeDelete}'s form; what stands in the values does not count. */
    public static Decoded<List<LegacyKey>> decodeDelete(byte[] data) {
        return Decoded.of(() -> onlyLegal(delete(data)));
    }

    /** As {@link #decodeDelete}, for the log of a real member: names illegal names and goes on. */
    public static Decoded<Logged<LegacyKey>> decodeLoggedDelete(byte[] data) {
        return Decoded.of(() -> delete(data));
    }

    private static Logged<LegacyKey> delete(byte[] data) {
        ObjectNode batch = Json.object(json(data), "batch");
        List<String> texts = texts(batch.path(KEYS), KEYS);
        checkSizes(texts, texts(batch.path(VALUES), VALUES));
        List<LegacyKey> keys = new ArrayList<>();
        List<StoredDatums.Illegal> illegal = new ArrayList<>();
        for (String text : texts) {
            String complaint = LegacyKey.nameComplaint(text);
            if (complaint.isEmpty()) {
                keys.add(LegacyKey.parse(text).orThrow());
            } else {
                illegal.add(new StoredDatums.Illegal(text, GROUP, complaint));
            }
        }
        return new Logged<>(keys, illegal);
    }

    /** {@value #READ}: the bare list of keys. */
    public static byte[] encodeRead(Collection<LegacyKey> keys) {
        return bytes(array(keys.stream().map(LegacyKey::text).toList()).toString());
    }

    /** Reads {@link #encodeRead}'s form. */
    public static Decoded<List<LegacyKey>> decodeRead(byte[] data) {
        return Decoded.of(() -> keys(texts(json(data), KEYS)));
    }

    private static byte[] batch(List<String> keys, List<String> values) {
        ObjectNode json = Json.newObject();
        json.set(KEYS, array(keys));
        json.set(VALUES, array(values));
        return bytes(json.toString());
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = Json.newArray();
        texts.forEach(text -> array.add(Base64.getEncoder().encodeToString(bytes(text))));
        return array;
    }

    private static List<LegacyKey> keys(List<String> texts) {
        return texts.stream().map(text -> LegacyKey.parse(text).orThrow()).toList();
    }

    private static void checkSizes(List<String> keys, List<String> values) {
        if (keys.size() != values.size()) {
            throw new DecodeException(
                    "has " + keys.size() + " keys and " + values.size() + " values", "batch");
        }
    }

    private static JsonNode json(byte[] data) {
        if (data.length > MAX_BYTES) {
            throw new DecodeException("is longer than " + MAX_BYTES + " bytes", "batch");
        }
        return Json.read(text(data, "batch"), "batch");
    }

    private static List<String> texts(JsonNode list, String where) {
        if (!list.isArray() || list.size() > MAX_KEYS) {
            throw new DecodeException("is no list of up to " + MAX_KEYS + " elements", where);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(base64(list.get(i), where + "[" + i + "]"));
        }
        return texts;
    }

    private static String base64(JsonNode node, String where) {
        if (!node.isString()) {
            throw new DecodeException("is not text", where);
        }
        try {
            return text(Base64.getDecoder().decode(node.stringValue()), where);
        } catch (IllegalArgumentException e) {
            throw new DecodeException("is not Base64", where, e);
        }
    }

    private static String text(byte[] utf8, String where) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new DecodeException("is not UTF-8", where, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
