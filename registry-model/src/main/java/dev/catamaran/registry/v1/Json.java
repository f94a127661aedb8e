package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.LegacyExtras;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as 1.x servers write it: fastjson up to 1.2, Jackson from 1.3 on, each tolerant of the
 * other's habits (spec: legacy-raft 2.1). Numbers and booleans may come as strings.
 */
final class Json {

    /** Longest document: some 50,000 instances; a 1.x peer refuses larger ones itself. */
    static final int MAX_CHARS = 32 * 1024 * 1024;

    /** Deepest nesting; the data needs 8. */
    static final int MAX_DEPTH = 32;

    /**
     * Most names, values, beginnings and ends in one document: what the longest one has at eight
     * characters each. A tree takes some sixty bytes for each of them.
     */
    static final int MAX_TOKENS = 4_000_000;

    static final int MAX_STRING = 4 * 1024 * 1024;
    static final int MAX_NUMBER = 64;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxTokenCount(MAX_TOKENS)
                                                    .maxStringLength(MAX_STRING)
                                                    .maxNumberLength(MAX_NUMBER)
                                                    .build())
                                    .build())
                    .build();

    private Json() {}

    static JsonNode read(String text, String where) {
        if (text.length() > MAX_CHARS) {
            throw new DecodeException("JSON is longer than " + MAX_CHARS + " characters", where);
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new DecodeException("not JSON: " + e.getOriginalMessage(), where, e);
        }
    }

    /** Reads a value that 0.8 wrote as a string with JSON in it (spec: legacy-raft 5.5). */
    static JsonNode readTyped(String text, String where) {
        JsonNode node = read(text, where);
        return node.isString() ? read(node.stringValue(), where) : node;
    }

    /** Reads JSON that was packed into a string and will stand in a document of its own depth. */
    static JsonNode readPacked(String text, String where) {
        JsonNode node = read(text, where);
        if (depth(node) >= MAX_DEPTH) {
            throw new DecodeException("is nested deeper than " + (MAX_DEPTH - 1), where);
        }
        return node;
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainer() ? deepest + 1 : 0;
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode newArray() {
        return MAPPER.createArrayNode();
    }

    /** The same value with the names of each object in order, so that equal values read alike. */
    static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            SortedMap<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(one -> fields.put(one.getKey(), sorted(one.getValue())));
            ObjectNode copy = newObject();
            fields.forEach(copy::set);
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = newArray();
            array.forEach(element -> copy.add(sorted(element)));
            return copy;
        }
        return node;
    }

    static JsonNode parseOwn(String json) {
        return MAPPER.readTree(json);
    }

    static ObjectNode object(JsonNode node, String where) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new DecodeException("is not a JSON object", where);
    }

    static boolean has(ObjectNode object, String name) {
        JsonNode node = object.get(name);
        return node != null && !node.isNull();
    }

    static String text(ObjectNode object, String name, String missing) {
        if (!has(object, name)) {
            return missing;
        }
        JsonNode node = object.get(name);
        if (node.isContainer()) {
            throw new DecodeException("is not text", name);
        }
        return wellFormed(node.asString(), name);
    }

    /** Half a surrogate pair would not come back from a file or from the wire. */
    static String wellFormed(String text, String where) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new DecodeException("has half a surrogate pair", where);
        }
        return text;
    }

    static boolean flag(ObjectNode object, String name, boolean missing) {
        String text = text(object, name, "");
        return switch (text) {
            case "" -> missing;
            case "true", "TRUE", "1" -> true;
            case "false", "FALSE", "0" -> false;
            default -> throw new DecodeException("is neither true nor false: " + text, name);
        };
    }

    static long whole(ObjectNode object, String name, long missing) {
        String text = text(object, name, "");
        if (text.isEmpty()) {
            return missing;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new DecodeException("is not a whole number: " + text, name, e);
        }
    }

    static int port(ObjectNode object, String name, int missing) {
        long port = whole(object, name, missing);
        if (port < 0 || port > 65_535) {
            throw new DecodeException("is not a port: " + port, name);
        }
        return (int) port;
    }

    /** A finite number; minus zero becomes zero, which the 2.x form cannot tell apart. */
    static double number(ObjectNode object, String name, double missing) {
        String text = text(object, name, "");
        if (text.isEmpty()) {
            return missing;
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number + 0.0;
            }
            throw new DecodeException("is not a finite number: " + text, name);
        } catch (NumberFormatException e) {
            throw new DecodeException("is not a number: " + text, name, e);
        }
    }

    /**
     * Labels; values that are no strings are taken as their JSON text, as real servers take them.
     * Those that are null are among the {@link #extras}.
     */
    static SortedMap<String, String> labels(ObjectNode object, String name) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (has(object, name)) {
            for (Map.Entry<String, JsonNode> label : object(object.get(name), name).properties()) {
                JsonNode value = label.getValue();
                if (!value.isNull()) {
                    String text = value.isContainer() ? value.toString() : value.asString();
                    labels.put(wellFormed(label.getKey(), name), wellFormed(text, name));
                }
            }
        }
        return labels;
    }

    static ObjectNode labels(Map<String, String> labels, LegacyExtras extras) {
        ObjectNode object = newObject();
        labels.forEach(object::put);
        for (String field : extras.fields().keySet()) {
            if (field.startsWith(LegacyExtras.LABEL)) {
                String name = field.substring(LegacyExtras.LABEL.length());
                if (!labels.containsKey(name)) {
                    object.putNull(name);
                }
            }
        }
        return object;
    }

    /** Those of {@code names} that are present and not null, and the labels that are null. */
    static LegacyExtras extras(ObjectNode object, Iterable<String> names) {
        SortedMap<String, String> extras = new TreeMap<>();
        for (String name : names) {
            if (has(object, name)) {
                extras.put(name, object.get(name).toString());
            }
        }
        for (Map.Entry<String, JsonNode> label : object.path("metadata").properties()) {
            if (label.getValue().isNull()) {
                String name = wellFormed(label.getKey(), "metadata");
                extras.put(LegacyExtras.LABEL + name, "null");
            }
        }
        return extras.isEmpty() ? LegacyExtras.NONE : new LegacyExtras(extras);
    }
}
