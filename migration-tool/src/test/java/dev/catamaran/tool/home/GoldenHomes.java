package dev.catamaran.tool.home;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Homes and dumps of real servers among the test resources. */
final class GoldenHomes {

    private GoldenHomes() {}

    static Path of(String version) {
        URL url = GoldenHomes.class.getResource("/golden/" + version);
        try {
            return Path.of(java.util.Objects.requireNonNull(url, "no golden " + version).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
