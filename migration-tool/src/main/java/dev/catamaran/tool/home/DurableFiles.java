package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Writes that are on the disk when they return. */
public final class DurableFiles {

    private DurableFiles() {}

    /**
     * Replaces a file so that a crash leaves the old or the new content.
     *
     * @throws IOException if it cannot be written; the old content is then still there
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".catamaran-tmp");
        try {
            write(temporary, content);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(requireNonNull(file.toAbsolutePath().getParent(), "file has no folder"));
    }

    /**
     * Writes a file and forces its content; its name is safe only once its folder is forced.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Forces one file or folder.
     *
     * @throws IOException if the disk does not take it
     */
    public static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Forces every file and folder of a tree, children first. Links are left alone.
     *
     * @throws IOException if the disk does not take it
     */
    public static void syncTree(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isRegularFile()) {
                            sync(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @org.jspecify.annotations.Nullable IOException broken)
                            throws IOException {
                        if (broken != null) {
                            throw broken;
                        }
                        sync(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /**
     * Makes a folder and those above it, and forces the folders that changed.
     *
     * @throws IOException if it cannot be made
     */
    public static void folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = requireNonNull(folder.toAbsolutePath().getParent(), "no parent");
        folder(parent);
        Files.createDirectory(folder);
        sync(parent);
    }
}
