package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.FileOwner;
import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.home.HomeLayout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Copies a group into a stage. Tables of RocksDB are never changed once written, so they are linked
 * where the file system can; all else is copied (spec: jraft-disk 5.4).
 */
final class StageCopy {

    private static final String TABLE = ".sst";

    private StageCopy() {}

    /**
     * Copies all of a group but its lock and its unfinished snapshot, which a server deletes when
     * it starts.
     *
     * @throws IOException if something cannot be read or written
     */
    static void group(Path from, Path to) throws IOException {
        Path lock = HomeLayout.groupLock(from);
        Path unfinished = from.resolve("snapshot").resolve("temp");
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes at)
                            throws IOException {
                        if (folder.equals(unfinished)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(target(folder));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes at)
                            throws IOException {
                        if (!file.equals(lock)) {
                            leaf(file, target(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    private Path target(Path source) {
                        return to.resolve(from.relativize(source).toString());
                    }
                });
    }

    /**
     * Copies one file, not following links.
     *
     * @throws IOException if it cannot be read or written
     */
    static void leaf(Path from, Path to) throws IOException {
        if (from.getFileName().toString().endsWith(TABLE) && linked(from, to)) {
            return;
        }
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean linked(Path from, Path to) {
        try {
            Files.createLink(to, from);
            return true;
        } catch (IOException | UnsupportedOperationException otherDiskOrNoLinks) {
            return false;
        }
    }

    /**
     * Gives everything in a stage to the user, group and permissions of the original, so that the
     * server can open what an administrator rebuilt.
     *
     * @throws IOException if the system refuses it
     */
    static void own(Path stage, Path original) throws IOException {
        String wanted = FileOwner.of(original);
        Files.walkFileTree(
                stage,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes at)
                            throws IOException {
                        FileOwner.give(file, wanted);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes at)
                            throws IOException {
                        FileOwner.give(folder, wanted);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /**
     * Removes a tree that was never live.
     *
     * @throws IOException if something cannot be removed
     */
    static void remove(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        HomeCopy.remove(tree);
        Path parent = tree.toAbsolutePath().getParent();
        if (parent != null) {
            DurableFiles.sync(parent);
        }
    }
}
