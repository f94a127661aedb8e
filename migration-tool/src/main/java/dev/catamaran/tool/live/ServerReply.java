package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a server answered.
 *
 * @param call what it was asked
 * @param status HTTP status
 * @param text body
 */
record ServerReply(ServerCall call, int status, String text) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_SHOWN = 200;

    ServerReply {
        requireNonNull(call, "call is null");
        requireNonNull(text, "text is null");
    }

    boolean isOk() {
        return status == 200;
    }

    /**
     * The body of a good answer.
     *
     * @throws IOException if it is no good answer or no JSON
     */
    JsonNode json() throws IOException {
        if (!isOk()) {
            throw unexpected();
        }
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IOException(call + " answered no JSON: " + shown(), e);
        }
    }

    /** The body, or a missing node if it is no JSON. */
    JsonNode anyJson() {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** The {@code data} of a v2 or v3 answer. */
    JsonNode data() throws IOException {
        JsonNode json = json();
        if (json.path("code").asInt(-1) != 0) {
            throw unexpected();
        }
        return json.path("data");
    }

    IOException unexpected() {
        return new IOException(call + " answered " + status + ": " + shown());
    }

    String shown() {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "…" : line;
    }
}
