package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Most fields added to one document by unfolding. */
    private static final int MAX_UNFOLDED = 1_000_000;

    private static final Pattern STEP =
            Pattern.compile("\\.((?:\\\\.|[^.\\[\\\\])+)|\\[(\\d{1,6})]");

    private final JsonNode root;
    private int unfolded;

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
        if (found == null || !found.isObject()) {
            return null;
        }
        for (JsonNode child : found) {
            if (child.isContainer()) {
                return null;
            }
        }
        unfolded += found.size() + 1;
        if (unfolded > MAX_UNFOLDED) {
            throw new DecodeException("references unfold to too much", REF);
        }
        return found.deepCopy();
    }

    private @Nullable JsonNode find(String path) {
        if (!path.startsWith("$")) {
            return null;
        }
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!step.find(at) || step.start() != at) {
                return null;
            }
            steps.add(step.group(1) == null ? step.group(2) : step.group(1).replace("\\", ""));
            at = step.end();
        }
        JsonNode fromRoot = walk(root, steps);
        return fromRoot == null ? walk(root.path("value"), steps) : fromRoot;
    }

    private static @Nullable JsonNode walk(JsonNode from, List<String> steps) {
        JsonNode node = from;
        for (String step : steps) {
            node =
                    node.isArray() && step.chars().allMatch(Character::isDigit)
                            ? node.path(Integer.parseInt(step))
                            : node.path(step);
        }
        return node.isMissingNode() ? null : node;
    }
}
