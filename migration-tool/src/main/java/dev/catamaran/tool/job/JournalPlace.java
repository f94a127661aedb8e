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

    private final Database database;
    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final String shown;

    private JournalPlace(
            Database database, String jdbcUrl, String user, String password, String shown) {
        this.database = database;
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.shown = shown;
    }

    /**
     * A journal in a file of this machine; several processes may use it at once.
     *
     * @param file path without an ending; its folder is created, for its owner only
     * @throws IOException if the folder cannot be created
     */
    public static JournalPlace file(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = requireNonNull(absolute.getParent(), "the journal is no folder");
        if (!Files.isDirectory(folder)) {
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        }
        if (absolute.toString().contains(";")) {
            throw new IOException(
                    "the journal's path must not hold ';' (" + absolute + "). Choose another path");
        }
        // the first process serves the others; the key in the lock file lets only them in
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // without it a commit stays in memory for half a second, and a killed job is forgotten
        String url = "jdbc:h2:file:" + absolute + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";
        return new JournalPlace(Database.H2, url, "catamaran", "", absolute + ".mv.db");
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
            return Optional.of(new JournalPlace(Database.POSTGRESQL, url, user, password, url));
        }
        if (lower.startsWith("jdbc:mariadb:") || lower.startsWith("jdbc:mysql:")) {
            // one driver speaks to both
            String driven = "jdbc:mariadb:" + url.substring(url.indexOf(':', 5) + 1);
            return Optional.of(new JournalPlace(Database.MYSQL, driven, user, password, url));
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
