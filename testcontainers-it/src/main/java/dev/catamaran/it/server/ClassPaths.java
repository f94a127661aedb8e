package dev.catamaran.it.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Class paths of real servers, worked out by the installed Maven so that the settings of whoever
 * runs it (mirrors, proxies, credentials) hold, and remembered below a folder. The jars stay in the
 * local repository; none of them ever comes onto our own class path.
 */
final class ClassPaths {

    /** System property: the {@code mvn} command. */
    static final String MAVEN_PROPERTY = "catamaran.maven";

    /** System property: where class paths and compiled launchers are remembered. */
    static final String CACHE_PROPERTY = "catamaran.it.cache";

    /** A first download of 120 jars from a slow mirror; later runs take seconds. */
    private static final long LIMIT_MINUTES = 8;

    private static final int TAIL_LINES = 12;

    private final Path cache;

    private ClassPaths(Path cache) {
        this.cache = cache;
    }

    static ClassPaths here() {
        return new ClassPaths(
                Path.of(System.getProperty(CACHE_PROPERTY, "target/real-servers"))
                        .toAbsolutePath());
    }

    /** Where everything about this release is remembered. */
    Path folder(Release release) {
        return cache.resolve(release.folder());
    }

    /**
     * All jars of the release.
     *
     * @throws ReleaseUnavailable if Maven cannot find them
     * @throws IOException if the cache cannot be written
     */
    List<Path> of(Release release) throws IOException {
        Path folder = Files.createDirectories(folder(release));
        try (FileChannel channel =
                        FileChannel.open(
                                cache.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path pom = folder.resolve("pom.xml");
            Path list = folder.resolve("classpath.txt");
            boolean same = Files.exists(pom) && Files.readString(pom).equals(release.pom());
            if (lock.isValid() && same && Files.exists(list)) {
                List<Path> known = read(list);
                if (known.stream().allMatch(Files::exists)) {
                    return known;
                }
            }
            Files.deleteIfExists(list);
            Files.writeString(pom, release.pom());
            ask(release, pom, list);
            return read(list);
        }
    }

    private static List<Path> read(Path list) throws IOException {
        String text = Files.readString(list).trim();
        return Stream.of(text.split(File.pathSeparator, -1)).map(Path::of).toList();
    }

    private static void ask(Release release, Path pom, Path list) throws IOException {
        Path log = pom.resolveSibling("maven.log");
        List<String> command =
                List.of(
                        System.getProperty(MAVEN_PROPERTY, "mvn"),
                        "-B",
                        "-q",
                        "-f",
                        pom.toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:"
                                + pluginVersion()
                                + ":build-classpath",
                        "-Dmdep.outputFile=" + list);
        Process maven;
        try {
            maven =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                            .start();
        } catch (IOException e) {
            throw new ReleaseUnavailable(
                    release.version(),
                    "cannot run " + command.get(0) + " (" + e.getMessage() + "); install Maven");
        }
        boolean ended = false;
        try {
            ended = maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            maven.destroy();
        }
        if (!ended || maven.exitValue() != 0 || !Files.exists(list)) {
            throw new ReleaseUnavailable(
                    release.version(),
                    (ended ? "Maven found not all jars" : "Maven did not end in time")
                            + "; the end of "
                            + log
                            + ":\n"
                            + TextTail.of(log, TAIL_LINES));
        }
    }

    private static String pluginVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = ClassPaths.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IOException("build.properties is missing from this jar");
            }
            build.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return build.getProperty("dependency-plugin");
    }
}
