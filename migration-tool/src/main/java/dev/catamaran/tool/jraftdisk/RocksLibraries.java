package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where a RocksDB that fits a home is found. A home is read with the newest at hand, which reads
 * all older ones; it is written only with that of its own server, because a server that finds
 * tables of a later RocksDB takes its log for empty (spec: jraft-disk 0 and 6).
 *
 * @param bundled the one that comes with this tool
 * @param repository a local Maven repository; it need not exist
 */
public record RocksLibraries(RocksLibrary bundled, Path repository) {

    private static final Path GROUP = Path.of("org", "rocksdb", "rocksdbjni");
    private static final String IN_SERVER = "BOOT-INF/lib/";

    public RocksLibraries {
        requireNonNull(bundled, "bundled is null");
        requireNonNull(repository, "repository is null");
    }

    /**
     * What this installation and this user have.
     *
     * @throws IOException if the bundled library is missing
     */
    public static RocksLibraries ofThisMachine() throws IOException {
        String repository = System.getProperty("maven.repo.local", "");
        return new RocksLibraries(
                inFolder(installation().resolve("lib"), "bundled"),
                repository.isEmpty()
                        ? Path.of(System.getProperty("user.home", ""), ".m2", "repository")
                        : Path.of(repository));
    }

    private static Path installation() throws IOException {
        try {
            return Path.of(
                            RocksLibraries.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .resolveSibling(".")
                    .normalize();
        } catch (URISyntaxException e) {
            throw new IOException("the folder of this program has no usable name", e);
        }
    }

    /**
     * The library in a folder of jars.
     *
     * @throws IOException if there is none
     */
    static RocksLibrary inFolder(Path folder, String source) throws IOException {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
            return files.flatMap(file -> library(file, source).stream())
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IOException(
                                            "no rocksdbjni-*.jar in " + folder + ": build anew"));
        }
    }

    private static Optional<RocksLibrary> library(Path jar, String source) {
        return RocksLibrary.versionOf(jar.getFileName().toString())
                .map(version -> new RocksLibrary(jar, version, source));
    }

    /**
     * The library inside a server's jar, copied out of it.
     *
     * @param serverJar {@code nacos-server.jar}, or a {@code rocksdbjni} jar itself
     * @param scratch folder for the copy; it must stay as long as the library is used
     * @return empty if the jar holds none
     * @throws IOException if the jar cannot be read or the copy not written
     */
    public static Optional<RocksLibrary> inServer(Path serverJar, Path scratch) throws IOException {
        String source = serverJar.getFileName().toString();
        Optional<RocksLibrary> itself = library(serverJar, source);
        if (itself.isPresent()) {
            return itself;
        }
        try (ZipFile zip = new ZipFile(serverJar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!name.startsWith(IN_SERVER)) {
                    continue;
                }
                Path copy = scratch.resolve(Path.of(name).getFileName().toString());
                Optional<RocksLibrary> library = library(copy, source);
                if (library.isPresent()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                    }
                    return library;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The newest library at hand, which reads every home of its own line or an older one.
     *
     * @param server library of a server, if one was named
     */
    public RocksLibrary toRead(Optional<RocksLibrary> server) {
        return server.filter(named -> named.version().isLaterThan(bundled.version()))
                .orElse(bundled);
    }

    /** What {@link #toWrite} answers. */
    public sealed interface Choice {

        /** This library may write the home. */
        record Fits(RocksLibrary library) implements Choice {
            public Fits {
                requireNonNull(library, "library is null");
            }
        }

        /** None may. */
        record Refused(String what, String todo) implements Choice {
            public Refused {
                requireNonNull(what, "what is null");
                requireNonNull(todo, "todo is null");
            }
        }
    }

    /**
     * The library that may write a home.
     *
     * @param writer version that wrote the home last ({@link StoreFacts#rocksdbVersion})
     * @param server library of the server that will be started on the home, if it was named
     */
    public Choice toWrite(String writer, Optional<RocksLibrary> server) {
        Optional<RocksVersion> written = RocksVersion.parse(writer);
        if (server.isPresent()) {
            RocksVersion named = server.get().version();
            return written.isPresent() && written.get().isLaterThan(named)
                    ? new Choice.Refused(
                            "the home was written by RocksDB "
                                    + writer
                                    + ", and the named server has the older "
                                    + named
                                    + ", which would take the log for empty or not start",
                            "Name the jar of the server that wrote the home, or of a later one.")
                    : new Choice.Fits(server.get());
        }
        if (written.isEmpty()) {
            return new Choice.Refused(
                    "the home does not say which RocksDB wrote it",
                    "Name the server that will run on it: --server-jar .../nacos-server.jar");
        }
        if (bundled.version().sameLine(written.get())) {
            return new Choice.Fits(bundled);
        }
        return inRepository(written.get())
                .<Choice>map(Choice.Fits::new)
                .orElseGet(
                        () ->
                                new Choice.Refused(
                                        "the home was written by RocksDB "
                                                + writer
                                                + ", which is not at hand",
                                        "Name the server that runs on it (--server-jar"
                                            + " .../nacos-server.jar), or fetch the library: mvn"
                                            + " dependency:get -Dartifact=org.rocksdb:rocksdbjni:"
                                                + writer
                                                + " -Dtransitive=false"));
    }

    /** A library of the same line in the local repository; of several, one of that very version. */
    private Optional<RocksLibrary> inRepository(RocksVersion wanted) {
        Path folder = repository.resolve(GROUP);
        try (Stream<Path> versions = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
            return versions.map(
                            at -> at.resolve("rocksdbjni-" + at.getFileName().toString() + ".jar"))
                    .filter(Files::isRegularFile)
                    .flatMap(jar -> library(jar, "local Maven repository").stream())
                    .filter(library -> library.version().sameLine(wanted))
                    .max(
                            (a, b) ->
                                    Boolean.compare(
                                            a.version().equals(wanted),
                                            b.version().equals(wanted)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
