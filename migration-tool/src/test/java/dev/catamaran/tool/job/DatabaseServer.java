package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real database server, started from the packages of the system as a child process on a free port
 * of the loopback, with its data in a folder of the test.
 */
final class DatabaseServer implements AutoCloseable {

    static final String USER = "ops";
    static final String PASSWORD = "correct horse";

    /** Both start in 3 s here; a loaded machine takes longer. */
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final String jdbcUrl;
    private final Path log;

    private DatabaseServer(Process process, String jdbcUrl, Path log) {
        this.process = process;
        this.jdbcUrl = jdbcUrl;
        this.log = log;
    }

    /** Empty, and said aloud, where PostgreSQL is not installed. */
    static Optional<DatabaseServer> postgres(Path folder) throws Exception {
        Optional<Path> bin = newest(Path.of("/usr/lib/postgresql"));
        if (bin.isEmpty()) {
            return missing("postgresql");
        }
        Path data = owned(folder.resolve("data"), "postgres");
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        run(
                folder,
                "postgres",
                bin.get().resolve("initdb") + "",
                "-D",
                data + "",
                "-U",
                USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--no-sync",
                "-E",
                "UTF8");
        int port = freePort();
        return Optional.of(
                start(
                        folder,
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                        as(
                                "postgres",
                                bin.get().resolve("postgres") + "",
                                "-D",
                                data + "",
                                "-p",
                                port + "",
                                "-h",
                                "127.0.0.1",
                                "-k",
                                data + "",
                                "-F")));
    }

    /** Empty, and said aloud, where MariaDB is not installed. */
    static Optional<DatabaseServer> mariadb(Path folder) throws Exception {
        Path daemon = Path.of("/usr/sbin/mariadbd");
        if (!Files.isExecutable(daemon)) {
            return missing("mariadb-server");
        }
        Path data = owned(folder.resolve("data"), "mysql");
        run(
                folder,
                "mysql",
                "/usr/bin/mariadb-install-db",
                "--no-defaults",
                "--datadir=" + data,
                "--skip-test-db",
                "--auth-root-authentication-method=normal");
        Path script = folder.resolve("init.sql");
        Files.writeString(
                script,
                """
                CREATE DATABASE IF NOT EXISTS journal;
                CREATE USER IF NOT EXISTS '%s'@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT ALL ON journal.* TO '%s'@'127.0.0.1';
                """
                        .formatted(USER, PASSWORD, USER));
        int port = freePort();
        return Optional.of(
                start(
                        folder,
                        "jdbc:mariadb://127.0.0.1:" + port + "/journal",
                        as(
                                "mysql",
                                daemon + "",
                                "--no-defaults",
                                "--datadir=" + data,
                                "--port=" + port,
                                "--bind-address=127.0.0.1",
                                "--skip-name-resolve",
                                "--socket=" + data.resolve("s"),
                                "--pid-file=" + data.resolve("p"),
                                "--init-file=" + script)));
    }

    private static Optional<DatabaseServer> missing(String what) {
        System.err.println(
                "SKIPPED: the journal is not tried against " + what + ": apt-get install " + what);
        return Optional.empty();
    }

    private static Optional<Path> newest(Path versions) throws IOException {
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo);
        }
    }

    /** These servers refuse to run as root, so root runs them as the user of their package. */
    private static List<String> as(String user, String... command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(
                    List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Path owned(Path data, String user) throws Exception {
        Files.createDirectories(data);
        if (isRoot()) {
            Path parent = requireNonNull(data.getParent());
            parent.toFile().setExecutable(true, false);
            parent.toFile().setReadable(true, false);
            run(parent, "root", "chown", user + ":" + user, data.toString());
        }
        return data;
    }

    private static void run(Path folder, String user, String... command) throws Exception {
        Path log = folder.resolve("prepare.log");
        Process process =
                new ProcessBuilder(user.equals("root") ? List.of(command) : as(user, command))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
                || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ":\n" + Files.readString(log));
        }
    }

    private static DatabaseServer start(Path folder, String url, List<String> command)
            throws IOException {
        Path log = folder.resolve("server.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        DatabaseServer server = new DatabaseServer(process, url, log);
        try {
            Awaitility.await().atMost(START_LIMIT).until(server::answers);
        } catch (RuntimeException e) {
            server.close();
            throw new IOException("did not start:\n" + Files.readString(log), e);
        }
        return server;
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server has ended, see " + log);
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl, USER, PASSWORD)) {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    String url() {
        return jdbcUrl;
    }

    JournalPlace place() {
        return JournalPlace.url(jdbcUrl, USER, PASSWORD).orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The data is thrown away, so the server need not end in good order. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    static void closeIfStarted(@Nullable DatabaseServer server) {
        if (server != null) {
            server.close();
        }
    }
}
