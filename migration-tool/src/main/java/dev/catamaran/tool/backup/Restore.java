package dev.catamaran.tool.backup;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.FileOwner;
import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a home out of a backup. It is built beside its place, compared with the manifest, and then
 * renamed: whoever looks sees no home or all of it.
 */
public final class Restore {

    private Restore() {}

    /** Why a home cannot be restored to this place. */
    public record Refusal(String what, String where, String todo) {}

    /**
     * Whether the place is free.
     *
     * @throws IOException if it cannot be read
     */
    public static Optional<Refusal> refusal(Path home) throws IOException {
        if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(
                    new Refusal(
                            "this is a file or a link",
                            home.toString(),
                            "Name a folder that does not exist yet."));
        }
        try (Stream<Path> entries = Files.list(home)) {
            return entries.findAny()
                    .map(
                            some ->
                                    new Refusal(
                                            "the folder is not empty, and nothing in it is"
                                                    + " overwritten",
                                            home.toString(),
                                            "Name a folder that does not exist yet, or move this"
                                                    + " one away first."));
        }
    }

    /**
     * Restores a backup.
     *
     * @param home folder that does not exist or is empty
     * @return what could not be given to the owner it had: only root may give files away
     * @throws IOException if it cannot be written, or a content is damaged; {@code home} is then as
     *     it was
     */
    public static List<String> run(BackupStore store, Backup backup, Path home) throws IOException {
        Path place = home.toAbsolutePath().normalize();
        Path parent = requireNonNull(place.getParent(), "home has no folder round it");
        DurableFiles.folder(parent);
        Path beside = parent.resolve("." + place.getFileName() + ".catamaran-restore");
        HomeCopy.remove(beside);
        try {
            Files.createDirectory(beside);
            List<String> notGiven = fill(store, backup, beside);
            List<String> differences =
                    backup.tree().differences(TreeManifest.of(beside, path -> true));
            if (!differences.isEmpty()) {
                throw new IOException(
                        "what was restored is not what was saved: "
                                + String.join(", ", differences)
                                + ". Check the store: catamaran backup verify "
                                + store.root()
                                + " "
                                + backup.id());
            }
            DurableFiles.syncTree(beside);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.sync(parent);
            return notGiven;
        } finally {
            HomeCopy.remove(beside);
        }
    }

    private static List<String> fill(BackupStore store, Backup backup, Path root)
            throws IOException {
        for (TreeManifest.Entry entry : backup.tree().entries()) {
            Path path = inside(root, entry.path());
            switch (entry.kind()) {
                case FOLDER -> Files.createDirectory(path);
                case LINK -> Files.createSymbolicLink(path, Path.of(entry.content()));
                case FILE -> {
                    Files.copy(store.object(entry.content()), path);
                    Files.setLastModifiedTime(path, FileTime.fromMillis(entry.modifiedMs()));
                }
            }
        }
        return own(backup, root);
    }

    /** Owners before permissions: a change of owner takes some permissions away. */
    private static List<String> own(Backup backup, Path root) throws IOException {
        List<String> notGiven = new ArrayList<>();
        for (TreeManifest.Entry entry : backup.tree().entries()) {
            Path path = inside(root, entry.path());
            try {
                FileOwner.give(path, entry.owner());
            } catch (IOException e) {
                notGiven.add(entry.path() + " belonged to " + entry.owner());
            }
            if (!entry.mode().isEmpty()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(entry.mode()));
            }
        }
        return notGiven;
    }

    /** A manifest that somebody edited must not write elsewhere. */
    private static Path inside(Path root, String name) throws IOException {
        Path path = root.resolve(name).normalize();
        Path parent = path.getParent();
        if (!path.startsWith(root)
                || parent == null
                || !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the manifest names a path outside of the home: " + name);
        }
        return path;
    }
}
