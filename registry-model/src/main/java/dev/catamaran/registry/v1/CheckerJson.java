package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.HealthChecker;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a health checker, the same in 1.x and 2.x (spec: legacy-raft 2.4). */
final class CheckerJson {

    private static final String WHERE = "healthChecker";
    private static final int EXPECTED_CODE = 200;

    /** The last is what 1.3 writes for NONE: the name of its class. */
    private static final Set<String> TYPES =
            Set.of("TCP", "HTTP", "MYSQL", "NONE", "ABSTRACTHEALTHCHECKER$NONE");

    /** Largest status code taken; the 2.x form has the same bound. */
    private static final int MAX_CODE = 999_999;

    private CheckerJson() {}

    static HealthChecker read(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return HealthChecker.DEFAULT;
        }
        ObjectNode checker = Json.object(node, WHERE);
        String type = Json.text(checker, "type", "TCP");
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "TCP" -> new HealthChecker.Tcp();
            case "HTTP" -> http(checker);
            case "MYSQL" ->
                    new HealthChecker.Mysql(
                            Json.text(checker, "user", ""),
                            Json.text(checker, "pwd", ""),
                            Json.text(checker, "cmd", ""));
            case "NONE" -> new HealthChecker.None();
            default -> new HealthChecker.None();
        };
    }

    /** Whether it is of a type no server knows; they never probe then, as with {@code NONE}. */
    static boolean isUnknown(JsonNode node) {
        String type = node.path("type").asString("TCP").toUpperCase(Locale.ROOT);
        return node.isObject() && !TYPES.contains(type);
    }

    private static HealthChecker http(ObjectNode checker) {
        long code = Json.whole(checker, "expectedResponseCode", EXPECTED_CODE);
        if (code < 0 || code > MAX_CODE) {
            throw new DecodeException("expectedResponseCode is out of range: " + code, WHERE);
        }
        return new HealthChecker.Http(
                Json.text(checker, "path", ""), Json.text(checker, "headers", ""), (int) code);
    }

    static ObjectNode write(HealthChecker checker) {
        ObjectNode json = Json.newObject();
        json.put("type", checker.type());
        if (checker instanceof HealthChecker.Http http) {
            json.put("path", http.path());
            json.put("headers", http.headers());
            json.put("expectedResponseCode", http.expectedResponseCode());
        } else if (checker instanceof HealthChecker.Mysql mysql) {
            json.put("user", mysql.user());
            json.put("pwd", mysql.pwd());
            json.put("cmd", mysql.cmd());
        }
        return json;
    }
}
