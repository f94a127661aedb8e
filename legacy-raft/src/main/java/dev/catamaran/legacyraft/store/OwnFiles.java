package dev.catamaran.legacyraft.store;

import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.Tombstone;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a member keeps beside the datums: its pledge, its version, tombstones, the 1.x term. */
final class OwnFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OwnFiles.class);
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Lines above twice what counts, at which the log is written anew when it is read. */
    private static final int COMPACT_LINES = 1_000;

    /** Tombstones kept over a restart; they only keep timestamps growing. */
    private static final int MAX_TOMBSTONES = 20_000;

    /** Ballot and vote, and the 1.x term in which it was given. */
    record Pledge(long ballot, Optional<String> votedFor, long term) {}

    /** Position of the datums, and whether they are of one version and whole. */
    record Version(Position position, boolean mixed, boolean damaged) {
        static final Version NONE = new Version(Position.NONE, false, false);
    }

    private final Home home;
    private final SafeFiles files;
    private final Map<String, Tombstone> buried = new TreeMap<>();

    OwnFiles(Home home, SafeFiles files) {
        this.home = home;
        this.files = files;
    }

    Pledge readPledge() throws IOException {
        JsonNode node = read(home.pledge());
        String vote = node.path("votedFor").asString("");
        return new Pledge(
                node.path("ballot").asLong(0),
                vote.isEmpty() ? Optional.empty() : Optional.of(vote),
                Math.max(0, node.path("term").asLong(0)));
    }

    void writePledge(Pledge pledge) throws IOException {
        ObjectNode node =
                MAPPER.createObjectNode().put("ballot", pledge.ballot()).put("term", pledge.term());
        pledge.votedFor().ifPresent(vote -> node.put("votedFor", vote));
        files.write(home.pledge(), node.toString(), true);
    }

    Version readVersion() throws IOException {
        JsonNode node = read(home.version());
        return new Version(
                position(node),
                node.path("mixed").asBoolean(false),
                node.path("damaged").asBoolean(false));
    }

    void writeVersion(Version version) throws IOException {
        ObjectNode node =
                put(MAPPER.createObjectNode(), version.position())
                        .put("mixed", version.mixed())
                        .put("damaged", version.damaged());
        files.write(home.version(), node.toString(), true);
    }

    /** Those that count, by key; a torn last line was never acknowledged. */
    Collection<Tombstone> readTombstones() throws IOException {
        buried.clear();
        if (!Files.exists(home.tombstones())) {
            return List.of();
        }
        String text = Files.readString(home.tombstones());
        int lines = 0;
        for (String line : text.lines().toList()) {
            lines++;
            try {
                JsonNode node = MAPPER.readTree(line);
                String key = node.path("key").asString("");
                buried.remove(key);
                if (!key.isEmpty() && !node.path("alive").asBoolean(false)) {
                    long timestamp = node.path("timestamp").asLong(0);
                    buried.put(key, new Tombstone(key, timestamp, position(node)));
                }
            } catch (JacksonException e) {
                LOG.warn("tombstone-broken file={} line={}", home.tombstones(), line);
            }
        }
        boolean torn = !text.isEmpty() && !text.endsWith("\n");
        if (torn || lines > COMPACT_LINES + 2 * buried.size() || buried.size() > MAX_TOMBSTONES) {
            keepYoungest();
            rewriteTombstones();
        }
        return List.copyOf(buried.values());
    }

    private void keepYoungest() {
        if (buried.size() > MAX_TOMBSTONES) {
            List<Tombstone> young =
                    buried.values().stream()
                            .sorted(Comparator.comparing(Tombstone::position).reversed())
                            .limit(MAX_TOMBSTONES)
                            .toList();
            buried.clear();
            young.forEach(tombstone -> buried.put(tombstone.key(), tombstone));
        }
    }

    void bury(Tombstone tombstone) throws IOException {
        files.append(home.tombstones(), line(tombstone).toString());
        buried.put(tombstone.key(), tombstone);
    }

    /** A key that another version holds alive, although one of ours had deleted it. */
    void unbury(String key) throws IOException {
        Tombstone gone = buried.remove(key);
        if (gone != null) {
            files.append(home.tombstones(), line(gone).put("alive", true).toString());
        }
    }

    /** Forgets deletes that belong to no version up to this one. */
    void unburyAfter(Position position) throws IOException {
        if (buried.values().removeIf(one -> one.position().compareTo(position) > 0)) {
            rewriteTombstones();
        }
    }

    private void rewriteTombstones() throws IOException {
        StringBuilder lines = new StringBuilder();
        buried.values().forEach(tombstone -> lines.append(line(tombstone)).append('\n'));
        files.write(home.tombstones(), lines.toString(), true);
    }

    long readTerm() throws IOException {
        if (!Files.exists(home.meta())) {
            return 0;
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(home.meta())));
            return Math.max(0, Long.parseLong(properties.getProperty("term", "0").trim()));
        } catch (IllegalArgumentException e) {
            LOG.warn("term-broken file={} because={}", home.meta(), e.getMessage());
            return 0;
        }
    }

    /** Not synced: a vote's term stands in the pledge, and only publishes move it between. */
    void writeTerm(long term) throws IOException {
        files.write(home.meta(), "term=" + term + "\n", false);
    }

    private static ObjectNode line(Tombstone tombstone) {
        ObjectNode node =
                MAPPER.createObjectNode()
                        .put("key", tombstone.key())
                        .put("timestamp", tombstone.timestamp());
        return put(node, tombstone.position());
    }

    private static ObjectNode put(ObjectNode node, Position position) {
        return node.put("ballot", position.ballot()).put("index", position.index());
    }

    private static Position position(JsonNode node) {
        return new Position(
                Math.max(0, node.path("ballot").asLong(0)),
                Math.max(0, node.path("index").asLong(0)));
    }

    private static JsonNode read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return MAPPER.createObjectNode();
        }
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new IOException(
                    "cannot read "
                            + file
                            + ": it is not JSON ("
                            + e.getOriginalMessage()
                            + "). Restore it, or move data/catamaran/legacy and"
                            + " data/naming/data away together: the leader will send the records"
                            + " again",
                    e);
        }
    }
}
