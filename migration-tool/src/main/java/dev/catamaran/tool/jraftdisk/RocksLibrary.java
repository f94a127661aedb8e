package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar with RocksDB of one version.
 *
 * @param jar a {@code rocksdbjni-VERSION.jar}
 * @param version the version its name says
 * @param source where it was found, for people
 */
public record RocksLibrary(Path jar, RocksVersion version, String source) {

    private static final Pattern NAME = Pattern.compile("rocksdbjni-([0-9.]+)\\.jar");
    private static final String ENGINE = RocksDoor.class.getPackageName() + ".engine.RocksEngine";

    public RocksLibrary {
        requireNonNull(jar, "jar is null");
        requireNonNull(version, "version is null");
        requireNonNull(source, "source is null");
    }

    /** The version that the name of a jar says; empty if it is not a jar of RocksDB. */
    static Optional<RocksVersion> versionOf(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches() ? RocksVersion.parse(matcher.group(1)) : Optional.empty();
    }

    /**
     * Loads the library. Takes about 0.2 s and stays loaded until the process ends.
     *
     * @throws IOException if the jar cannot be read or has no native library for this platform
     */
    public LoadedRocks load() throws IOException {
        return new LoadedRocks(load(ENGINE, RocksDoor.class), version);
    }

    /** As {@link #load()}, with another class of the engine's package. */
    @SuppressWarnings("resource") // the classes live as long as the process
    <T> T load(String engine, Class<T> type) throws IOException {
        EngineLoader loader =
                new EngineLoader(jar.toUri().toURL(), RocksDoor.class.getClassLoader());
        try {
            return type.cast(
                    Class.forName(engine, true, loader).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot load RocksDB "
                            + version
                            + " from "
                            + jar
                            + ": "
                            + cause
                            + ". It needs a native library for this platform and a temporary"
                            + " folder that may hold programs (-Djava.io.tmpdir).",
                    e);
        }
    }
}
