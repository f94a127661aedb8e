package dev.catamaran.server.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rebuild of the home that was interrupted while old and new data changed places. A member that
 * started then could find no groups at all and make empty ones.
 */
final class UnfinishedRebuild {

    /** States of the tool's journal in which the home is neither the old nor the new one. */
    private static final Set<String> BETWEEN = Set.of("SWAPPING", "UNDOING");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private UnfinishedRebuild() {}

    /**
     * The journal of such a rebuild.
     *
     * @throws IOException if a journal cannot be read
     */
    static Optional<Path> in(Path home) throws IOException {
        Path rebuilds = home.resolve("data").resolve("catamaran").resolve("rebuild");
        if (!Files.isDirectory(rebuilds)) {
            return Optional.empty();
        }
        List<Path> journals;
        try (Stream<Path> all = Files.list(rebuilds)) {
            journals =
                    all.map(rebuild -> rebuild.resolve("journal.json"))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
        }
        for (Path journal : journals) {
            if (BETWEEN.contains(state(journal))) {
                return Optional.of(journal);
            }
        }
        return Optional.empty();
    }

    private static String state(Path journal) throws IOException {
        try {
            return JSON.readTree(Files.readString(journal, StandardCharsets.UTF_8))
                    .path("state")
                    .asString("");
        } catch (JacksonException e) {
            throw new IOException(journal + " is no journal of a rebuild", e);
        }
    }
}
