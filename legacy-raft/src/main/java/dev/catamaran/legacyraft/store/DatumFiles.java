package dev.catamaran.legacyraft.store;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.StoredDatums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the datums, in every layout 1.x ever had (spec: legacy-raft 5). */
final class DatumFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DatumFiles.class);

    /** Larger files are no datums: the largest lists of real clusters have some MB. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    /** A file and what stands in it. */
    private record Found(Path file, Datum datum) {}

    /**
     * What a reading came to.
     *
     * @param datums by key
     * @param broken files that hold no datum that can be
     * @param illegal whole datums of services with names that no server takes now
     */
    record Reading(
            Map<String, Datum> datums, List<Path> broken, List<StoredDatums.Illegal> illegal) {}

    private final Home home;
    private final SafeFiles files;

    /** Further files of a key: older names, and the twins of 1.3.1 and 1.3.2. */
    private final Map<String, List<Path>> twins = new HashMap<>();

    DatumFiles(Home home, SafeFiles files) {
        this.home = home;
        this.files = files;
    }

    /** Reads all; where a key has several files the newest counts. */
    Reading read() throws IOException {
        twins.clear();
        Map<String, List<Found>> found = new HashMap<>();
        List<Path> broken = new ArrayList<>();
        List<StoredDatums.Illegal> illegal = new ArrayList<>();
        for (Path file : list()) {
            boolean large = Files.size(file) > MAX_BYTES;
            String text = large ? "" : readText(file);
            Decoded<Datum> datum =
                    large
                            ? Decoded.refused("larger than " + MAX_BYTES + " bytes", "file")
                            : DatumForm.decodeStored(text);
            if (datum.value().isPresent()) {
                String key = datum.value().get().key();
                found.computeIfAbsent(key, any -> new ArrayList<>())
                        .add(new Found(file, datum.value().get()));
                continue;
            }
            Optional<StoredDatums.Illegal> badName = illegal(file, text);
            if (badName.isPresent()) {
                illegal.add(badName.get());
            } else {
                LOG.warn("datum-broken file={} because={}", file, refusal(datum));
                broken.add(file);
            }
        }
        Map<String, Datum> datums = new HashMap<>();
        found.forEach((key, versions) -> datums.put(key, newest(key, versions)));
        return new Reading(datums, broken, illegal);
    }

    private Optional<StoredDatums.Illegal> illegal(Path file, String text) {
        return LegacyDatum.decode(text)
                .value()
                .filter(datum -> !LegacyKey.nameComplaint(datum.key()).isEmpty())
                .map(
                        datum ->
                                new StoredDatums.Illegal(
                                        datum.key(),
                                        home.root().relativize(file).toString(),
                                        LegacyKey.nameComplaint(datum.key())));
    }

    private static String refusal(Decoded<Datum> datum) {
        return datum instanceof Decoded.Refused<Datum> refused ? refused.refusal().toString() : "";
    }

    private Datum newest(String key, List<Found> versions) {
        Path own = path(key);
        versions.sort(
                Comparator.comparing((Found one) -> one.datum().position())
                        .thenComparing(one -> one.datum().timestamp())
                        .thenComparing(one -> one.file().equals(own)));
        List<Path> others =
                versions.stream().map(Found::file).filter(file -> !file.equals(own)).toList();
        if (!others.isEmpty()) {
            twins.put(key, others);
        }
        return versions.get(versions.size() - 1).datum();
    }

    /** Writes a datum; durable once its folder is synced, which the answer names. */
    Path write(Datum datum) throws IOException {
        Path file = path(datum.key());
        files.writeUnsynced(file, DatumForm.encode(datum), true);
        setTwinsAside(datum.key());
        return file.getParent();
    }

    /** Removes a key's files; what no member of ours wrote is archived. */
    void remove(String key) throws IOException {
        Path file = path(key);
        setTwinsAside(key);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            boolean foreign =
                    DatumForm.decodeStored(readText(file))
                            .value()
                            .map(datum -> datum.position().equals(Position.NONE))
                            .orElse(true);
            if (foreign) {
                Path kept = SafeFiles.setAside(file, home.archive().resolve("removed"));
                LOG.info("foreign-datum-archived key={} file={}", key, kept);
            } else {
                Files.delete(file);
            }
        }
    }

    private void setTwinsAside(String key) throws IOException {
        List<Path> others = twins.remove(key);
        if (others != null) {
            for (Path other : others) {
                if (Files.exists(other)) {
                    SafeFiles.setAside(other, home.archive().resolve("removed"));
                }
            }
        }
    }

    /** Where a key's file lies; refuses keys that could lie elsewhere. */
    private Path path(String key) {
        LegacyKey legal = LegacyKey.parse(key).orThrow();
        Path file = home.datums().resolve(legal.namespace()).resolve(legal.fileName()).normalize();
        if (!file.startsWith(home.datums())) {
            throw new IllegalArgumentException("leads out of the home: " + key);
        }
        return file;
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(home.datums())) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(home.datums(), 2)) {
            return paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> path.getFileName().toString().startsWith(LegacyKey.PREFIX))
                    .sorted()
                    .toList();
        }
    }

    private static String readText(Path file) throws IOException {
        return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
    }
}
