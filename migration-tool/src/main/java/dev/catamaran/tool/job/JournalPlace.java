package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;

/** Where a journal lives and how to get in. Shows no password. */
public final class JournalPlace {

    private static final String ENDING = ".mv.db";

    private final Database database;
    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final String shown;

    /** Of H2, the file without its ending. */
    private final Optional<Path> file;

    private JournalPlace(
            Database database,
            String jdbcUrl,
            String user,
            String password,
            String shown,
            Optional<Path> file) {
        this.database = database;
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.shown = shown;
        this.file = file;
    }

    /**
     * A journal in a file of this machine; several processes may use it at once. Touches nothing.
     *
     * @param file path, with or without the ending of the file
     * @throws JournalException if no file can have this name
     */
    public static JournalPlace file(Path file) throws JournalException {
        String text = file.toAbsolutePath().normalize().toString();
        if (text.endsWith(ENDING)) {
            text = text.substring(0, text.length() - ENDING.length());
        }
        Path absolute = Path.of(text);
        if (text.contains(";") || Files.isDirectory(absolute)) {
            throw new JournalException(
                    "the journal cannot be "
                            + text
                            + (text.contains(";") ? ": its path holds ';'" : ": that is a folder")
                            + ". Name a file by --journal");
        }
        // the first process serves the others; the key in the lock file lets only them in
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // without it a commit stays in memory for half a second, and a killed job is forgotten
        String url =
                "jdbc:h2:file:" + absolute + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0";
        return new JournalPlace(
                Database.H2, url, "catamaran", "", absolute + ENDING, Optional.of(absolute));
    }

    /** Whether it is a file that is not there. */
    boolean isMissingFile() {
        return file.isPresent() && !Files.exists(Path.of(file.get() + ENDING));
    }

    /**
     * Makes the folder of a file, for its owner only.
     *
     * @throws JournalException if it cannot be made
     */
    void makeFolder() throws JournalException {
        if (file.isEmpty()) {
            return;
        }
        Path folder = requireNonNull(file.get().getParent(), "a file lies in a folder");
        try {
            if (Files.isDirectory(folder)) {
                return;
            }
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new JournalException(
                    "the folder of the journal of jobs cannot be made ("
                            + folder
                            + "). Name a file that can be written by --journal, or a database by"
                            + " --journal-url",
                    e);
        }
    }

    /**
     * A journal in a shared database.
     *
     * @param url {@code jdbc:postgresql:…}, {@code jdbc:mysql:…} or {@code jdbc:mariadb:…}, without
     *     a user or password in it
     * @param user database user; may be empty
     * @param password its password; may be empty
     * @return empty if the URL is none of these or holds credentials
     */
    public static Optional<JournalPlace> url(String url, String user, String password) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.contains("password=") || lower.contains("user=") || lower.contains("@")) {
            return Optional.empty();
        }
        if (lower.startsWith("jdbc:postgresql:")) {
            return Optional.of(
                    new JournalPlace(
                            Database.POSTGRESQL, url, user, password, url, Optional.empty()));
        }
        if (lower.startsWith("jdbc:mariadb:") || lower.startsWith("jdbc:mysql:")) {
            // one driver speaks to both
            String driven = "jdbc:mariadb:" + url.substring(url.indexOf(':', 5) + 1);
            return Optional.of(
                    new JournalPlace(
                            Database.MYSQL, driven, user, password, url, Optional.empty()));
        }
        return Optional.empty();
    }

    Database database() {
        return database;
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** The place as an operator names it. */
    @Override
    public String toString() {
        return shown;
    }
}
