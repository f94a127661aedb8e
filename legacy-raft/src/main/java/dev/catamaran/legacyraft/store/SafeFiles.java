package dev.catamaran.legacyraft.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes that are whole or not there. Unfinished files lie in a folder of their own, never beside
 * the datums: a 1.x node up to 1.3.0 reads every file it finds there.
 */
final class SafeFiles {

    private final Path unfinished;
    private long count;

    SafeFiles(Path unfinished) {
        this.unfinished = unfinished;
    }

    /** Removes what a crash left unfinished. */
    void clean() throws IOException {
        if (Files.isDirectory(unfinished)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Replaces a file; durable when it returns, if {@code durable}. */
    void write(Path file, String text, boolean durable) throws IOException {
        writeUnsynced(file, text, durable);
        if (durable) {
            syncFolder(parent(file));
        }
    }

    /** As {@link #write}, but the caller syncs the folder. */
    void writeUnsynced(Path file, String text, boolean durable) throws IOException {
        Files.createDirectories(unfinished);
        Path whole = unfinished.resolve("w" + count++);
        try (FileChannel channel =
                FileChannel.open(
                        whole,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(true);
            }
        }
        createFolder(parent(file));
        Files.move(
                whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Appends a line; durable when it returns. */
    void append(Path file, String line) throws IOException {
        boolean created = !Files.exists(file);
        createFolder(parent(file));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (created) {
            syncFolder(parent(file));
        }
    }

    /** Moves a file into a folder under a name that is free there. */
    static Path setAside(Path file, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int n = 1; ; n++) {
            Path free = folder.resolve(n + "-" + file.getFileName());
            if (!Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(file, free, StandardCopyOption.ATOMIC_MOVE);
                syncFolder(folder);
                return free;
            }
        }
    }

    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            syncFolder(parent(folder));
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no folder: " + path);
        }
        return parent;
    }
}
