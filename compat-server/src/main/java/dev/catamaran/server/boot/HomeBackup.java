package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.transition.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a real 2.x server left in its home, kept before a member opens it: once a newer RocksDB has
 * written there, the real server cannot read its log any more.
 */
final class HomeBackup {

    private static final String PREFIX = "real-2.x-";
    private static final String MANIFEST = "MANIFEST.txt";
    private static final int BUFFER = 1 << 16;

    private HomeBackup() {}

    private static Path folder(Path home) {
        return home.resolve("data").resolve("catamaran").resolve("backup");
    }

    /** The last one that is complete, relative to the home; empty if there is none. */
    static Optional<Path> last(Path home) {
        Optional<Path> last = Optional.empty();
        int number = 1;
        for (Path at = folder(home).resolve(PREFIX + number);
                Files.exists(at);
                at = folder(home).resolve(PREFIX + ++number)) {
            if (Files.exists(at.resolve(MANIFEST))) {
                last = Optional.of(home.relativize(at));
            }
        }
        return last;
    }

    /**
     * Copies {@code data/protocol} and {@code data/upgrade.state}; {@code data/naming} is backed up
     * by whoever opens it. Each time anew: a real server may have run since an earlier one.
     *
     * @return its folder, relative to the home
     * @throws IOException if the disk fails or is full
     */
    static Path take(Path home) throws IOException {
        Path data = home.resolve("data");
        Path backups = folder(home);
        int number = 1;
        while (Files.exists(backups.resolve(PREFIX + number))) {
            number++;
        }
        Path backup = Files.createDirectories(backups.resolve(PREFIX + number));
        copy(data.resolve("protocol"), backup.resolve("protocol"));
        Path state = data.resolve("upgrade.state");
        if (Files.exists(state)) {
            Files.copy(state, backup.resolve("upgrade.state"));
        }
        DurableFile.write(backup.resolve(MANIFEST), manifest(backup));
        return home.relativize(backup);
    }

    /** Copies a tree. Tables of RocksDB never change once written: they are linked. */
    static void copy(Path from, Path to) throws IOException {
        for (Path path : tree(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(target);
            } else if (!name(path).endsWith(".sst") || !linked(path, target)) {
                Files.copy(path, target);
                try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    /** Whether the file could be linked; not every file system can. */
    private static boolean linked(Path path, Path target) throws IOException {
        try {
            Files.createLink(target, path);
            return true;
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException cannot) {
            Files.deleteIfExists(target);
            return false;
        }
    }

    /** Removes a tree; does nothing when it is not there. */
    static void remove(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path path : tree(tree).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    private static List<Path> tree(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.toList();
        }
    }

    /** One line for each file: SHA-256, size, path. */
    private static String manifest(Path backup) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : tree(backup).stream().filter(Files::isRegularFile).sorted().toList()) {
            lines.append(sha256(file))
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(backup.relativize(file))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String name(Path path) {
        return requireNonNull(path.getFileName(), "path has no name").toString();
    }
}
