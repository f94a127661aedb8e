package dev.catamaran.server.boot;

import dev.catamaran.server.transition.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code data/catamaran/home.json}: says that a home is ours, in which format, and whose.
 *
 * @param format format number of what stands under {@code data/catamaran}
 * @param member address of the member the home belongs to
 */
record HomeMarker(int format, String member) {

    /** The format this program writes, and the newest it reads. */
    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Path file(Path home) {
        return home.resolve("data").resolve("catamaran").resolve("home.json");
    }

    /**
     * Reads the marker of a home that has one.
     *
     * @throws IOException if it cannot be read or is no marker
     */
    static HomeMarker read(Path home) throws IOException {
        try {
            JsonNode node = JSON.readTree(Files.readString(file(home), StandardCharsets.UTF_8));
            if (!node.path("format").isInt() || !node.path("member").isString()) {
                throw new IOException("it has no format or no member");
            }
            return new HomeMarker(node.path("format").asInt(), node.path("member").asString());
        } catch (JacksonException e) {
            throw new IOException("it is not JSON", e);
        }
    }

    /**
     * Marks a home.
     *
     * @throws IOException if it cannot be written, for example on a full disk
     */
    void write(Path home) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", format);
        node.put("member", member);
        DurableFile.write(file(home), node.toString());
    }
}
