package dev.catamaran.tool.home;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the persistent records from the files of stopped 1.x homes (spec: legacy-raft 5). */
public final class HomeReader {

    /** Folder of the records inside a home. */
    static final Path NAMING = Path.of("data", "naming");

    /** What every 2.x server has and no 1.x server. */
    private static final Path GROUPS_OF_2X =
            Path.of("data", "protocol", "raft", "naming_service_metadata");

    private static final String FILE_PREFIX = "com.alibaba.nacos.naming";
    private static final String DATUM_SUFFIX = ".datum";

    /** Namespaces are one folder deep. */
    private static final int DEPTH = 2;

    /** No 1.x server reads a key-value file larger than it can post to its peers. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    private final SortedMap<String, LegacyDatum> newest = new TreeMap<>();

    /** Files that hold something, and files that are empty, by their names below the homes. */
    private final Set<Path> filled = new HashSet<>();

    private final SortedMap<Path, Path> empty = new TreeMap<>();

    private HomeReader() {}

    /**
     * What the homes hold together, or why they cannot be used.
     *
     * @throws IOException if a file cannot be read
     */
    public static HomeContents read(List<Path> homes) throws IOException {
        HomeReader reader = new HomeReader();
        for (Path home : homes) {
            Optional<HomeContents.Refused> refusal = reader.add(home);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        Optional<HomeContents.Refused> refusal = reader.lost();
        return refusal.isPresent() ? refusal.get() : new HomeContents.Records(reader.table());
    }

    private Optional<HomeContents.Refused> add(Path home) throws IOException {
        Path naming = home.resolve(NAMING);
        if (!Files.isDirectory(naming)) {
            return refused(
                    "not the home of a 1.x server: it has no data/naming",
                    home,
                    "Name the folder that holds data/naming.");
        }
        if (Files.isDirectory(home.resolve(GROUPS_OF_2X))) {
            return refused(
                    "this is the home of a 2.x server, its records are in the 2.x groups",
                    home.resolve(GROUPS_OF_2X),
                    "For what a 1.x server left in it, name a copy of the home without"
                            + " data/protocol.");
        }
        List<Path> files = files(naming.resolve("data"));
        Optional<Path> suffixed =
                files.stream().filter(file -> file.toString().endsWith(DATUM_SUFFIX)).findFirst();
        if (suffixed.isPresent() || (files.isEmpty() && term(naming) > 0)) {
            return lossy(suffixed.orElse(naming.resolve("meta.properties")));
        }
        for (Path file : files) {
            Optional<HomeContents.Refused> refusal = addFile(naming.relativize(file), file);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** A crash in the middle of a write leaves an empty file (spec: legacy-raft 5.1). */
    private Optional<HomeContents.Refused> lost() {
        return empty.entrySet().stream()
                .filter(file -> !filled.contains(file.getKey()))
                .findFirst()
                .flatMap(
                        file ->
                                refused(
                                        "the file of a record is empty, as a power cut leaves it",
                                        file.getValue(),
                                        "Name the home of another member that has it too, or take"
                                                + " the file away if the record is not wanted."));
    }

    /** 1.3.1 and 1.3.2 delete files they have just written (spec: legacy-raft 5.5, D14). */
    private static Optional<HomeContents.Refused> lossy(Path evidence) {
        return refused(
                "this is the home of a 1.3.1 or 1.3.2 server: its files do not hold the records,"
                        + " which that server keeps in memory only",
                evidence,
                "Export the records from a live member first.");
    }

    private Optional<HomeContents.Refused> addFile(Path name, Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            return refused("larger than any 1.x record", file, "Move the file away if foreign.");
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            empty.putIfAbsent(name, file);
            return Optional.empty();
        }
        filled.add(name);
        try {
            LegacyDatum datum = LegacyDatum.decodeStored(text).orThrow();
            new LegacyTable().add(datum);
            newest.merge(datum.key(), datum, (a, b) -> b.timestamp() > a.timestamp() ? b : a);
            return Optional.empty();
        } catch (DecodeException e) {
            String key = LegacyDatum.decode(text).map(LegacyDatum::key).value().orElse("");
            String complaint = LegacyKey.nameComplaint(key);
            if (!complaint.isEmpty()) {
                return refused(
                        LegacyFiles.illegalName(key, complaint),
                        file,
                        LegacyFiles.ILLEGAL_NAME_ADVICE);
            }
            return refused(
                    "not a 1.x record: " + e.refusal(), file, "Restore the file, or take it away.");
        }
    }

    private RegistryTable table() {
        LegacyTable table = new LegacyTable();
        newest.values().forEach(table::add);
        return table.table();
    }

    private static List<Path> files(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root, DEPTH)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith(FILE_PREFIX))
                    .sorted()
                    .toList();
        }
    }

    private static long term(Path naming) throws IOException {
        Path file = naming.resolve("meta.properties");
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        String term = properties.getProperty("term", "0").trim();
        return term.matches("\\d{1,18}") ? Long.parseLong(term) : 0;
    }

    private static Optional<HomeContents.Refused> refused(String what, Path where, String todo) {
        return Optional.of(new HomeContents.Refused(what, where.toString(), todo));
    }
}
