package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes fastjson's references out of a document. Servers up to 1.2 write {@code {"$ref":"$.a.b"}}
 * where an object appears for the second time. Only references to flat objects (labels, checkers)
 * are followed; one to a parent, as health-check tasks have it, or to anything nested becomes null,
 * so that a small document cannot unfold into a large one.
 */
final class FastjsonReferences {

    private static final String REF = "$ref";

    /**
     * Most characters of JSON added to one document by unfolding: 80,000 instances that share their
     * labels, of 200 characters each.
     */
    static final int MAX_UNFOLDED = 16 * 1024 * 1024;

    /** Longest path followed; the longest that a 1.x server writes names a cluster. */
    static final int MAX_PATH = 1_024;

    /** Most digits of an index: a list longer than that is refused elsewhere. */
    private static final int MAX_DIGITS = 6;

    private final JsonNode root;

    /** Targets found not to be flat: each is looked through once, however many refer to it. */
    private final Set<JsonNode> nested = Collections.newSetFromMap(new IdentityHashMap<>());

    private long unfolded;

    private FastjsonReferences(JsonNode root) {
        this.root = root;
    }

    /** Replaces the references inside {@code root}, in place. */
    static void resolve(JsonNode root) {
        new FastjsonReferences(root).replaceIn(root);
    }

    private void replaceIn(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (isReference(field.getValue())) {
                    object.set(field.getKey(), target(field.getValue()));
                } else {
                    replaceIn(field.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isReference(array.get(i))) {
                    array.set(i, target(array.get(i)));
                } else {
                    replaceIn(array.get(i));
                }
            }
        }
    }

    private static boolean isReference(JsonNode node) {
        return node.isObject() && node.size() == 1 && node.path(REF).isString();
    }

    private @Nullable JsonNode target(JsonNode reference) {
        JsonNode found = find(reference.path(REF).stringValue());
        if (found == null || !found.isObject() || nested.contains(found)) {
            return null;
        }
        for (JsonNode child : found) {
            if (child.isContainer()) {
                nested.add(found);
                return null;
            }
        }
        // costs no more than the bound in all: each reference adds what it is measured by
        unfolded += found.toString().length();
        if (unfolded > MAX_UNFOLDED) {
            throw new DecodeException("references unfold to too much", REF);
        }
        return found.deepCopy();
    }

    private @Nullable JsonNode find(String path) {
        if (!path.startsWith("$")) {
            return null;
        }
        if (path.length() > MAX_PATH) {
            throw new DecodeException("is longer than " + MAX_PATH + " characters", REF);
        }
        Optional<List<String>> steps = new Path(path).steps();
        if (steps.isEmpty()) {
            return null;
        }
        JsonNode fromRoot = walk(root, steps.get());
        return fromRoot == null ? walk(root.path("value"), steps.get()) : fromRoot;
    }

    private static @Nullable JsonNode walk(JsonNode from, List<String> steps) {
        JsonNode node = from;
        for (String step : steps) {
            node =
                    node.isArray() && isIndex(step)
                            ? node.path(Integer.parseInt(step))
                            : node.path(step);
        }
        return node.isMissingNode() ? null : node;
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty()
                && step.length() <= MAX_DIGITS
                && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A path such as {@code $.a.b\.c[3]}, read letter by letter. */
    private static final class Path {

        private final String text;
        private int at = 1;

        Path(String text) {
            this.text = text;
        }

        /** The names and indexes in it; empty if it is no such path. */
        Optional<List<String>> steps() {
            List<String> steps = new ArrayList<>();
            while (at < text.length()) {
                String step = text.charAt(at) == '.' ? name() : index();
                if (step.isEmpty()) {
                    return Optional.empty();
                }
                steps.add(step);
            }
            return Optional.of(steps);
        }

        private String name() {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length() && ".[".indexOf(text.charAt(at)) < 0; at++) {
                if (text.charAt(at) == '\\' && ++at == text.length()) {
                    return "";
                }
                name.append(text.charAt(at));
            }
            return name.toString();
        }

        private String index() {
            int end = text.indexOf(']', at);
            if (text.charAt(at) != '[' || end < 0) {
                return "";
            }
            String index = text.substring(at + 1, end);
            at = end + 1;
            return isIndex(index) ? index : "";
        }
    }
}
