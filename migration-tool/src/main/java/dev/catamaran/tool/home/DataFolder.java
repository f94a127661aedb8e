package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.jraftdisk.GroupFolder;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where the data of a home lies.
 *
 * @param path the folder with {@code naming} or {@code protocol} in it
 */
record DataFolder(Path path) {

    /** A file of settings that servers write has some lines. */
    private static final long MAX_SETTINGS_BYTES = 1 << 20;

    DataFolder {
        requireNonNull(path, "path is null");
    }

    /**
     * The data of a home: its folder {@code data}, or the folder itself if that is one, as 0.8
     * wrote it and as backups hold it.
     */
    static Optional<DataFolder> of(Path home) {
        return Stream.of(home.resolve("data"), home)
                .filter(
                        data ->
                                Files.isDirectory(data.resolve("naming"))
                                        || Files.isDirectory(data.resolve(GroupFolder.RAFT)))
                .findFirst()
                .map(DataFolder::new);
    }

    /** Where 1.x servers keep their records. */
    Path naming() {
        return path.resolve("naming");
    }

    Path raft() {
        return path.resolve(GroupFolder.RAFT);
    }

    boolean hasEmbeddedDatabase() {
        return Files.isDirectory(path.resolve("derby-data"));
    }

    /** Whether a member of ours has run here. */
    boolean isOurs() {
        return Files.isDirectory(path.resolve("catamaran"));
    }

    /**
     * What {@code upgrade.state} says: whether a 2.0 or 2.1 server took its 2.x groups for the
     * truth. Before it has decided for the first time, the file is there and says nothing.
     *
     * @throws IOException if it is there and cannot be read
     */
    Optional<Boolean> upgraded() throws IOException {
        Path file = path.resolve("upgrade.state");
        return Files.isRegularFile(file)
                ? Optional.of(Boolean.parseBoolean(setting(file, "upgraded").orElse("")))
                : Optional.empty();
    }

    /**
     * Term of the 1.x raft; 0 if it never had one.
     *
     * @throws IOException if it is there and cannot be read
     */
    long legacyTerm() throws IOException {
        return setting(naming().resolve("meta.properties"), "term")
                .filter(term -> term.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static Optional<String> setting(Path file, String key) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_SETTINGS_BYTES) {
            throw new IOException(file + " is too large to be a server's");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no properties file", e);
        }
        return Optional.ofNullable(properties.getProperty(key)).map(String::trim);
    }
}
