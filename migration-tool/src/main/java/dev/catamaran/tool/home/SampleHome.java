package dev.catamaran.tool.home;

import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small home of 1.4 form for those who have none at hand: services in several groups and
 * namespaces, clusters with every kind of health checker, weights, disabled instances, and metadata
 * that trips careless encoders.
 */
public final class SampleHome {

    private static final String RESOURCE = "sample-home.jsonl";

    private SampleHome() {}

    /**
     * Writes the sample into {@code home}, which must not exist or be empty.
     *
     * @throws IOException if it cannot be written
     */
    public static void writeTo(Path home) throws IOException {
        Path naming = home.resolve(HomeReader.NAMING);
        Files.createDirectories(naming.resolve("data"));
        List<String> lines = lines();
        for (String line : lines) {
            LegacyKey key = LegacyKey.parse(LegacyDatum.decode(line).orThrow().key()).orThrow();
            Path folder = naming.resolve("data").resolve(key.namespace());
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(key.fileName()), line, StandardCharsets.UTF_8);
        }
        Files.writeString(
                naming.resolve("meta.properties"),
                "term=" + 100L * lines.size() + "\n",
                StandardCharsets.ISO_8859_1);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = SampleHome.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("the bundled sample home is missing: " + RESOURCE);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
