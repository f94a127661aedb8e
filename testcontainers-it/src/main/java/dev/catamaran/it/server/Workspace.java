package dev.catamaran.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders of homes that last as long as a test. Three real servers leave 2 GB behind in a minute,
 * so what an earlier run that was killed could not remove is removed by the next one.
 */
final class Workspace implements AutoCloseable {

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    static Workspace open() throws IOException {
        Path root =
                Files.createDirectories(
                        Path.of(System.getProperty("java.io.tmpdir"), "catamaran-servers"));
        sweep(root);
        return new Workspace(Files.createTempDirectory(root, ProcessHandle.current().pid() + "-"));
    }

    Path folder() {
        return folder;
    }

    private static void sweep(Path root) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.toList();
        }
        for (Path old : folders) {
            String owner = old.getFileName().toString().replaceFirst("-.*", "");
            if (owner.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
                remove(old);
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    /** Removes a tree; a server that is just ending may still be removing files of its own. */
    static void remove(Path tree) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(tree)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException | UncheckedIOException e) {
            return;
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
