package dev.catamaran.tool.jraftdisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every line of RocksDB that a real server has; each is loaded once. */
final class Rocks {

    static final String V5 = "5.18.4";
    static final String V6 = "6.22.1.1";
    static final String V7 = "7.7.3";
    static final String V8 = "8.8.1";

    private static final Map<String, LoadedRocks> LOADED = new ConcurrentHashMap<>();
    private static final Map<String, StoreMaker> MAKERS = new ConcurrentHashMap<>();

    private Rocks() {}

    static Stream<String> all() {
        return Stream.of(V5, V6, V7, V8);
    }

    static Path jar(String version) {
        String name = "rocksdbjni-" + version + ".jar";
        return Stream.of("rocksdb-test", "lib")
                .map(folder -> Path.of("target", folder, name).toAbsolutePath())
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the build copies " + name));
    }

    static RocksLibrary library(String version) {
        return new RocksLibrary(jar(version), RocksVersion.parse(version).orElseThrow(), "test");
    }

    static LoadedRocks loaded(String version) {
        return LOADED.computeIfAbsent(
                version,
                wanted -> {
                    try {
                        return library(wanted).load();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    static StoreMaker maker(String version) {
        return MAKERS.computeIfAbsent(
                version,
                wanted -> {
                    try {
                        return library(wanted)
                                .load(
                                        RocksDoor.class.getPackageName() + ".engine.CreatingEngine",
                                        StoreMaker.class);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** Libraries as an installation without a local repository has them. */
    static RocksLibraries bundledOnly() {
        return new RocksLibraries(library(V8), Path.of("no-such-repository"));
    }

    static Optional<RocksLibrary> server(String version) {
        return Optional.of(library(version));
    }
}
