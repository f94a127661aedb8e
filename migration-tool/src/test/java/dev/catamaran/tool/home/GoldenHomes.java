package dev.catamaran.tool.home;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Homes and dumps of real servers among the test resources. */
public final class GoldenHomes {

    private GoldenHomes() {}

    /** Unpacks a whole home of {@code golden/homes} and answers its folder. */
    public static Path unpacked(String name, Path into) throws IOException {
        Path home = into.resolve(name);
        try (ZipInputStream zip =
                new ZipInputStream(Files.newInputStream(of("homes/" + name + ".zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = home.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        return home;
    }

    public static Path of(String version) {
        URL url = GoldenHomes.class.getResource("/golden/" + version);
        try {
            return Path.of(java.util.Objects.requireNonNull(url, "no golden " + version).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
