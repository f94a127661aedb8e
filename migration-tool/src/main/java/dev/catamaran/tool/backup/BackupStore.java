package dev.catamaran.tool.backup;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of backups. Contents lie under {@code objects} by their SHA-256, so that what two
 * backups share is kept once; {@code backups/ID.json} says which contents had which names. A
 * manifest is written last: a backup that is listed is whole.
 */
public final class BackupStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";

    /** No manifest of a home is larger. */
    private static final long LARGEST = 256L << 20;

    private final Path root;

    /** The store in a folder, which need not exist yet. */
    public BackupStore(Path root) {
        this.root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
    }

    /** Where it is. */
    public Path root() {
        return root;
    }

    /** Whether backups were ever kept here. */
    public boolean isThere() {
        return Files.isDirectory(root.resolve("backups"));
    }

    /** What one check of a backup found. */
    public record Check(String id, List<String> problems) {
        public Check {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Ids of all backups, oldest first.
     *
     * @throws IOException if the folder cannot be read
     */
    public List<String> ids() throws IOException {
        Path folder = root.resolve("backups");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * A backup; empty if there is none of this id.
     *
     * @throws IOException if its manifest cannot be read or is damaged
     */
    public Optional<Backup> find(String id) throws IOException {
        Path file = manifest(id);
        if (!id.matches("[0-9A-Za-z-]{1,64}") || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any manifest of ours");
        }
        try {
            Backup backup =
                    JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), Backup.class);
            if (backup == null || backup.format() != Backup.FORMAT) {
                throw new IOException(file + " is no manifest of this version");
            }
            if (!backup.tree().digestHex().equals(backup.digest())) {
                throw new IOException(file + " is damaged: its digest does not fit its content");
            }
            return Optional.of(backup);
        } catch (JacksonException e) {
            throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    private Path manifest(String id) {
        return root.resolve("backups").resolve(id + SUFFIX);
    }

    /** Where a content lies. */
    Path object(String sha256) {
        return root.resolve("objects").resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /**
     * Takes a content into the store, unless it is there and whole: a backup must not stand on a
     * content that the disk has damaged since.
     *
     * @return whether the store held a damaged copy of it, which is whole now
     * @throws IOException if it cannot be written, or the file does not hold this content
     */
    boolean put(Path file, TreeManifest.Entry entry) throws IOException {
        Path object = object(entry.content());
        boolean there = Files.isRegularFile(object);
        if (there && TreeManifest.sha256(object).equals(entry.content())) {
            return false;
        }
        Path folder = requireNonNull(object.getParent());
        DurableFiles.folder(folder);
        Path temporary = folder.resolve(entry.content() + ".tmp");
        try {
            Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
            if (!TreeManifest.sha256(temporary).equals(entry.content())) {
                throw new IOException(file + " changed while it was copied: is a server running?");
            }
            DurableFiles.sync(temporary);
            Files.move(
                    temporary,
                    object,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        DurableFiles.sync(folder);
        return there;
    }

    /**
     * Lists a backup all of whose contents are in the store.
     *
     * @throws IOException if it cannot be written
     */
    void seal(Backup backup) throws IOException {
        DurableFiles.folder(root.resolve("backups"));
        DurableFiles.replace(manifest(backup.id()), JSON.writeValueAsBytes(backup));
    }

    /**
     * Reads every content of a backup and compares it with its name.
     *
     * @throws IOException if the store cannot be read
     */
    public Check verify(String id) throws IOException {
        List<String> problems = new ArrayList<>();
        Optional<Backup> backup;
        try {
            backup = find(id);
        } catch (IOException e) {
            return new Check(id, List.of(String.valueOf(e.getMessage())));
        }
        if (backup.isEmpty()) {
            return new Check(id, List.of("there is no backup " + id + " in " + root));
        }
        for (TreeManifest.Entry entry : backup.get().tree().entries()) {
            if (entry.kind() == TreeManifest.Kind.FILE) {
                Path object = object(entry.content());
                if (!Files.isRegularFile(object)) {
                    problems.add(entry.path() + ": its content " + object + " is missing");
                } else if (!TreeManifest.sha256(object).equals(entry.content())) {
                    problems.add(entry.path() + ": its content " + object + " is damaged");
                }
            }
        }
        return new Check(id, problems);
    }
}
