package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a folder holds, to the byte: every file with size and SHA-256, every folder, every link.
 *
 * @param entries sorted by path
 */
public record TreeManifest(List<Entry> entries) {

    private static final int BUFFER = 1 << 16;

    /** What stands under a name. */
    public enum Kind {
        FILE,
        FOLDER,
        LINK
    }

    /**
     * One name.
     *
     * @param path relative to the root, with slashes
     * @param kind what it is
     * @param size bytes of a file; 0 otherwise
     * @param content SHA-256 of a file in hexadecimal digits; the target of a link; else empty
     * @param mode permissions as {@code rw-r-----}; empty where the system knows none
     * @param modifiedMs time of the last change of a file, milliseconds since 1970; 0 otherwise
     * @param owner numbers of user and group, {@code 1000:1000}; empty where the system knows none
     */
    public record Entry(
            String path,
            Kind kind,
            long size,
            String content,
            String mode,
            long modifiedMs,
            String owner) {
        public Entry {
            requireNonNull(path, "path is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(content, "content is null");
            requireNonNull(mode, "mode is null");
            requireNonNull(owner, "owner is null");
        }

        /** The same under another name. */
        public Entry named(String name) {
            return new Entry(name, kind, size, content, mode, modifiedMs, owner);
        }

        private boolean holdsTheSameAs(Entry other) {
            return kind == other.kind && content.equals(other.content);
        }
    }

    public TreeManifest {
        entries = entries.stream().sorted(Comparator.comparing(Entry::path)).toList();
    }

    /**
     * Lists a tree. Links are listed, not followed.
     *
     * @param root the folder
     * @param wanted which paths, relative to the root, belong to the list; a folder that does not
     *     belong is not entered
     * @throws IOException if something cannot be read
     */
    public static TreeManifest of(Path root, Predicate<Path> wanted) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes at)
                            throws IOException {
                        Path relative = root.relativize(folder);
                        if (folder.equals(root)) {
                            return FileVisitResult.CONTINUE;
                        }
                        if (!wanted.test(relative)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        entries.add(folder(relative.toString(), folder));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes at)
                            throws IOException {
                        Path relative = root.relativize(file);
                        if (wanted.test(relative)) {
                            entries.add(leaf(relative, file, at));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new TreeManifest(entries);
    }

    private static Entry leaf(Path relative, Path file, BasicFileAttributes at) throws IOException {
        String name = name(relative.toString());
        if (at.isSymbolicLink()) {
            String target = Files.readSymbolicLink(file).toString();
            return new Entry(name, Kind.LINK, 0, target, "", 0, FileOwner.of(file));
        }
        return new Entry(
                name,
                Kind.FILE,
                at.size(),
                sha256(file),
                mode(file),
                at.lastModifiedTime().toMillis(),
                FileOwner.of(file));
    }

    /**
     * The entry of one folder.
     *
     * @throws IOException if it cannot be read
     */
    public static Entry folder(String name, Path folder) throws IOException {
        return new Entry(name(name), Kind.FOLDER, 0, "", mode(folder), 0, FileOwner.of(folder));
    }

    private static String name(String path) {
        return path.replace('\\', '/');
    }

    private static String mode(Path path) throws IOException {
        try {
            return PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException noPermissionsHere) {
            return "";
        }
    }

    /**
     * SHA-256 of a file, in hexadecimal digits.
     *
     * @throws IOException if it cannot be read
     */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of bytes, in hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** One digest over paths, kinds and contents; times and permissions do not count. */
    public String digestHex() {
        MessageDigest digest = digest();
        for (Entry entry : entries) {
            String line = entry.path() + "\0" + entry.kind() + "\0" + entry.content() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Bytes of all files. */
    public long bytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    /** What another list holds otherwise: one line per path, empty when they hold the same. */
    public List<String> differences(TreeManifest other) {
        Map<String, Entry> theirs = new TreeMap<>();
        other.entries.forEach(entry -> theirs.put(entry.path(), entry));
        List<String> lines = new ArrayList<>();
        for (Entry mine : entries) {
            Entry their = theirs.remove(mine.path());
            if (their == null) {
                lines.add(mine.path() + " is missing");
            } else if (!mine.holdsTheSameAs(their)) {
                lines.add(mine.path() + " holds something else");
            }
        }
        theirs.keySet().forEach(path -> lines.add(path + " is new"));
        return List.copyOf(lines);
    }
}
