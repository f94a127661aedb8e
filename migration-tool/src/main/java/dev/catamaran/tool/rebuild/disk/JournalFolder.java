package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code data/catamaran/rebuild/ID}: the journal of one rebuild, and what it keeps. */
final class JournalFolder {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** No journal of ours is larger; a larger file is something else. */
    private static final long LARGEST = 64L << 20;

    private final Path folder;

    private JournalFolder(Path folder) {
        this.folder = folder;
    }

    static JournalFolder of(HomeLayout layout, String id) {
        return new JournalFolder(layout.rebuilds().resolve(id));
    }

    /**
     * The folders of all rebuilds of a home, the newest first.
     *
     * @throws IOException if they cannot be read
     */
    static List<JournalFolder> all(HomeLayout layout) throws IOException {
        if (!Files.isDirectory(layout.rebuilds())) {
            return List.of();
        }
        List<Journal> journals = new ArrayList<>();
        List<JournalFolder> folders = new ArrayList<>();
        try (Stream<Path> entries = Files.list(layout.rebuilds())) {
            for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
                JournalFolder one = new JournalFolder(entry);
                Optional<Journal> journal = one.read();
                if (journal.isPresent()) {
                    int at = 0;
                    while (at < journals.size()
                            && journals.get(at).began().isAfter(journal.get().began())) {
                        at++;
                    }
                    journals.add(at, journal.get());
                    folders.add(at, one);
                }
            }
        }
        return folders;
    }

    Path folder() {
        return folder;
    }

    Path file() {
        return folder.resolve("journal.json");
    }

    /** The tree that is not live: the stage, and after the swap the original. */
    Path other() {
        return folder.resolve("other");
    }

    /** Files of the 1.x raft from another home, while they are not live. */
    Path naming() {
        return folder.resolve("naming");
    }

    /** Files by which our own server knows its home, under the name of this member. */
    Path own() {
        return folder.resolve("own");
    }

    /** One of the two kept versions of a small file. */
    Path kept(int number, boolean after) {
        return folder.resolve("file-" + number + (after ? ".after" : ".before"));
    }

    private Path listing() {
        return folder.resolve("original.json");
    }

    /**
     * The journal; empty if there is none.
     *
     * @throws IOException if it cannot be read or is none
     */
    Optional<Journal> read() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        Journal journal = parse(file(), Journal.class);
        if (journal.format() > Journal.FORMAT) {
            throw new IOException(
                    file() + " was written by a newer version of this tool: use that one");
        }
        return Optional.of(journal);
    }

    void write(Journal journal) throws IOException {
        DurableFiles.folder(folder);
        DurableFiles.replace(file(), JSON.writeValueAsBytes(journal));
    }

    void writeListing(TreeManifest original) throws IOException {
        DurableFiles.replace(listing(), JSON.writeValueAsBytes(original));
    }

    TreeManifest readListing() throws IOException {
        return parse(listing(), TreeManifest.class);
    }

    private static <T> T parse(Path file, Class<T> type) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any file of ours");
        }
        try {
            T value = JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), type);
            if (value == null) {
                throw new IOException(file + " is empty");
            }
            return value;
        } catch (JacksonException | NullPointerException e) {
            throw new IOException(
                    file
                            + " cannot be understood: it is torn, or somebody changed it. Nothing"
                            + " was changed now. Restore this file from a backup; or, if every"
                            + " server is stopped and the home is the one you want, move the folder"
                            + " "
                            + file.getParent()
                            + " away: its kept original is then no longer offered for an undo",
                    e);
        }
    }
}
