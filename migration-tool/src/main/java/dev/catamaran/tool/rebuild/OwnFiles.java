package dev.catamaran.tool.rebuild;

import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of a Catamaran home that name a member. Real servers name none outside the groups and
 * cluster.conf: the 1.x raft keeps only its term on disk (spec: legacy-raft 5).
 */
public final class OwnFiles {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STATE_MEMBER = "catamaran.member";
    private static final String STATE_CHECKSUM = "catamaran.checksum";

    private OwnFiles() {}

    /** The member that {@code data/catamaran/home.json} names. */
    public static Optional<Member> memberOf(String homeJson) {
        return text(homeJson, "member").flatMap(Member::parse);
    }

    /**
     * A JSON file of ours with one field renamed; empty when there is nothing to rename.
     *
     * @param json the text
     * @param field {@code member} of home.json, {@code votedFor} of legacy/pledge.json
     */
    public static Optional<String> renamed(String json, String field, AddressMap map) {
        Optional<Member> image = text(json, field).flatMap(Member::parse).flatMap(map::image);
        return image.map(
                now -> {
                    ObjectNode node = (ObjectNode) JSON.readTree(json);
                    return node.put(field, now.toString()).toString();
                });
    }

    private static Optional<String> text(String json, String field) {
        try {
            JsonNode node = JSON.readTree(json);
            return node.isObject() && node.path(field).isString()
                    ? Optional.of(node.path(field).asString())
                    : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /**
     * {@code data/upgrade.state} under the new name, with its checksum; empty when the file is not
     * ours or names nobody that changes. A file whose checksum is wrong stays as it is: our server
     * recovers it from the other members.
     */
    public static Optional<String> renamedState(String text, AddressMap map) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            Optional<Member> image =
                    Optional.ofNullable(properties.getProperty(STATE_MEMBER))
                            .flatMap(Member::parse)
                            .flatMap(map::image);
            boolean whole = checksum(properties).equals(properties.getProperty(STATE_CHECKSUM, ""));
            if (image.isEmpty() || !whole) {
                return Optional.empty();
            }
            properties.setProperty(STATE_MEMBER, image.get().toString());
            properties.setProperty(STATE_CHECKSUM, checksum(properties));
            StringWriter out = new StringWriter();
            properties.store(out, null);
            return Optional.of(out.toString());
        } catch (IOException | IllegalArgumentException torn) {
            return Optional.empty();
        }
    }

    /** As the server computes it: over every other key, sorted, with its length before it. */
    private static String checksum(Properties properties) {
        StringBuilder lines = new StringBuilder();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!key.equals(STATE_CHECKSUM)) {
                lines.append(key.length())
                        .append(':')
                        .append(key)
                        .append('=')
                        .append(properties.getProperty(key))
                        .append('\n');
            }
        }
        return TreeManifest.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
