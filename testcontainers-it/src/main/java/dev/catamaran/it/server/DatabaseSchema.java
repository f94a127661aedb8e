package dev.catamaran.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The embedded database: the distribution ships its tables in {@code conf}, the jar in itself. */
final class DatabaseSchema {

    /** Names up to 2.1 and from 2.2 on. */
    private static final List<String> NAMES = List.of("schema.sql", "derby-schema.sql");

    private DatabaseSchema() {}

    /** A start that was cut short leaves a database behind that no later start can open. */
    static void removeHalfMade(Path home) throws IOException {
        Path database = home.resolve("data").resolve("derby-data");
        if (Files.isDirectory(database) && !Files.exists(database.resolve("service.properties"))) {
            Workspace.remove(database);
        }
    }

    static void copy(List<Path> jars, Path conf) throws IOException {
        Path config =
                jars.stream()
                        .filter(jar -> jar.getFileName().toString().startsWith("nacos-config-"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no nacos-config jar among " + jars));
        int found = 0;
        try (ZipFile jar = new ZipFile(config.toFile())) {
            for (String name : NAMES) {
                ZipEntry entry = jar.getEntry("META-INF/" + name);
                if (entry != null) {
                    found++;
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, conf.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        if (found == 0) {
            throw new IOException(config + " has no schema of the embedded database");
        }
    }
}
