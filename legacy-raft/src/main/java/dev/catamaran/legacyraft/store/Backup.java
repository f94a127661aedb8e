package dev.catamaran.legacyraft.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Copies of folders with a list of what is in them, so that a copy can be checked. */
final class Backup {

    static final String MANIFEST = "MANIFEST.txt";

    private Backup() {}

    /**
     * Copies {@code data/naming}. Copies, not links: a real 1.x node writes its files in place and
     * would write through a link.
     */
    static Path take(Home home) throws IOException {
        Path target = free(home.backup(), "naming-");
        try (Stream<Path> paths = Files.walk(home.naming())) {
            List<Path> files =
                    paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                            .toList();
            for (Path file : files) {
                Path copy = target.resolve(home.naming().relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        writeManifest(target);
        return target;
    }

    /** The first numbered folder with this prefix that is not there yet, created. */
    static Path free(Path parent, String prefix) throws IOException {
        for (int n = 1; ; n++) {
            Path target = parent.resolve(prefix + n);
            if (!Files.exists(target)) {
                return Files.createDirectories(target);
            }
        }
    }

    /** One line for each file: SHA-256, size, path. */
    static void writeManifest(Path folder) throws IOException {
        TreeMap<String, String> lines = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String path = folder.relativize(file).toString();
                lines.put(path, sha256(bytes) + " " + bytes.length + " " + path);
            }
        }
        new SafeFiles(folder.resolve("unfinished"))
                .write(folder.resolve(MANIFEST), String.join("\n", lines.values()) + "\n", true);
        Files.deleteIfExists(folder.resolve("unfinished"));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 in this JVM", e);
        }
    }
}
