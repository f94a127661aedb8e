package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ServiceKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Parameters of a 1.x call, from query or form alike (spec: legacy-raft 8). Throws {@link
 * BadRequest} with the real servers' texts.
 */
final class Params {

    /** 1.x accepts these and nothing else in grouped service names. */
    private static final Pattern SERVICE_NAME = Pattern.compile("[0-9a-zA-Z@.:_-]+");

    private static final Pattern NAMESPACE = Pattern.compile("[0-9a-zA-Z_.-]+");

    /** Both names become part of a file name of at most 255 bytes on the legacy stack. */
    private static final int LONGEST_NAME = 200;

    private static final Set<String> TRUE = Set.of("true", "on", "yes", "t", "y");

    private final HttpServletRequest request;

    Params(HttpServletRequest request) {
        this.request = requireNonNull(request, "request is null");
    }

    /** The value of the first of these names that has one. */
    Optional<String> find(String... names) {
        for (String name : names) {
            String value = request.getParameter(name);
            if (value != null && !value.isBlank()) {
                return Optional.of(value.trim());
            }
        }
        return Optional.empty();
    }

    String text(String name, String fallback) {
        return find(name).orElse(fallback);
    }

    String required(String name) {
        return find(name)
                .orElseThrow(() -> BadRequest.illegal("Param '" + name + "' is required."));
    }

    int requiredInt(String name) {
        String text = required(name);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw BadRequest.illegal("For input string: \"" + text + "\"");
        }
    }

    int port(String name) {
        int port = requiredInt(name);
        if (port < 0 || port > 65_535) {
            throw BadRequest.illegal("port out of range 0-65535: " + port);
        }
        return port;
    }

    double number(String name, double fallback) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            double number = Double.parseDouble(text.get());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw BadRequest.illegal("For input string: \"" + text.get() + "\"");
    }

    boolean flag(boolean fallback, String... names) {
        return find(names)
                .map(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
                .orElse(fallback);
    }

    /** The service a call is about, wherever its group is named. */
    ServiceKey service() {
        String name = required("serviceName");
        ServiceKey key = ServiceKey.of(namespace(), text("groupName", ""), name);
        if (!SERVICE_NAME.matcher(key.grouped()).matches() || key.name().isBlank()) {
            throw BadRequest.illegal(
                    "dom name can only have these characters: 0-9a-zA-Z-._:, current: " + name);
        }
        if (key.text().length() > LONGEST_NAME) {
            throw BadRequest.illegal(
                    "namespace and service name have more than " + LONGEST_NAME + " characters");
        }
        return key;
    }

    String namespace() {
        String namespace = text("namespaceId", ServiceKey.DEFAULT_NAMESPACE);
        if (!NAMESPACE.matcher(namespace).matches() || namespace.contains("..")) {
            throw BadRequest.illegal("forbidden namespace: " + namespace);
        }
        return namespace;
    }

    /** Labels, as a JSON object or as {@code k=v,k=v}. */
    SortedMap<String, String> metadata() {
        Optional<String> text = find("metadata");
        return text.isEmpty() ? new TreeMap<>() : labels(text.get());
    }

    private static SortedMap<String, String> labels(String text) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (text.startsWith("{")) {
            try {
                JsonNode node = Forms.JSON.readTree(text);
                for (String name : node.propertyNames()) {
                    JsonNode value = node.get(name);
                    labels.put(name, value.isValueNode() ? value.asString() : value.toString());
                }
                return labels;
            } catch (JacksonException e) {
                throw BadRequest.illegal("metadata format incorrect: " + text);
            }
        }
        for (String pair : text.split(",", -1)) {
            int at = pair.indexOf('=');
            if (at <= 0) {
                throw BadRequest.illegal("metadata format incorrect: " + text);
            }
            labels.put(pair.substring(0, at), pair.substring(at + 1));
        }
        return labels;
    }

    /** Whether the caller is a Java client of 1.0 or later, which is given grouped names. */
    boolean javaClient() {
        String agent = request.getHeader("User-Agent");
        return agent != null
                && agent.startsWith("Nacos-Java-Client:v")
                && !agent.startsWith("Nacos-Java-Client:v0");
    }
}
