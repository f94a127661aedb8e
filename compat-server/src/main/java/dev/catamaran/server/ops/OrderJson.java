package dev.catamaran.server.ops;

import dev.catamaran.judgement.Order;
import dev.catamaran.judgement.Phase;
import java.util.Arrays;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders as operators send them. Refuses unknown fields, so that a misspelt dryRun never moves. */
final class OrderJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> MOVE = Set.of("to", "dryRun", "confirm", "reason", "by");
    private static final Set<String> HOLD = Set.of("reason", "by");
    private static final Set<String> RELEASE = Set.of("by");
    private static final int LONGEST_TEXT = 1_000;

    private OrderJson() {}

    /** What can be ordered. */
    enum Kind {
        PHASE,
        HOLD,
        RELEASE;

        /** Last part of the path that takes it. */
        String path() {
            return switch (this) {
                case PHASE -> "phase";
                case HOLD -> "hold";
                case RELEASE -> "release";
            };
        }
    }

    /**
     * Reads an order.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Order read(Kind kind, byte[] body) {
        JsonNode node = object(body);
        return switch (kind) {
            case PHASE -> {
                check(node, MOVE);
                yield new Order.MoveTo(
                        phase(node),
                        flag(node, "dryRun"),
                        flag(node, "confirm"),
                        text(node, "reason"),
                        text(node, "by"));
            }
            case HOLD -> {
                check(node, HOLD);
                yield new Order.Hold(text(node, "reason"), text(node, "by"));
            }
            case RELEASE -> {
                check(node, RELEASE);
                yield new Order.Release(text(node, "by"));
            }
        };
    }

    private static JsonNode object(byte[] body) {
        if (body.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // told below
        }
        throw new IllegalArgumentException("the body is not a JSON object");
    }

    private static void check(JsonNode node, Set<String> known) {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field '"
                                + name
                                + "', known are "
                                + known.stream().sorted().toList());
            }
        }
    }

    private static Phase phase(JsonNode node) {
        String text = node.path("to").asString("");
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.name().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'to' is '"
                                                + text
                                                + "', allowed are LEGACY, MIRRORING, JRAFT,"
                                                + " FINALIZED"));
    }

    private static boolean flag(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException("'" + name + "' is neither true nor false");
        }
        return value.asBoolean(false);
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw new IllegalArgumentException("'" + name + "' is not a text");
        }
        String text = value.asString("");
        if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            // it stands in logs and on terminals, where it must not pass for lines of others
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is longer than "
                            + LONGEST_TEXT
                            + " characters or has control characters in it");
        }
        return text;
    }
}
