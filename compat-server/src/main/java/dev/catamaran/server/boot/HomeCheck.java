package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.transition.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells what a home holds, reading only (spec: legacy-raft 5, jraft-groups 5).
 *
 * <p>Files decide, not a version text: no server writes its version into its home.
 */
final class HomeCheck {

    private static final String NAMING_FILES = "com.alibaba.nacos.naming";
    private static final String SWITCH_FILE = "NACOS_SWITCH_DOMAIN";
    private static final String DATUM_SUFFIX = ".datum";

    /** Groups that only 2.x servers have (spec: jraft-groups 1.4). */
    private static final Set<String> GROUPS_OF_2X =
            Set.of(
                    "naming_persistent_service_v2",
                    "naming_service_metadata",
                    "naming_instance_metadata");

    /** Namespaces are one directory deep. */
    private static final int NAMING_DEPTH = 2;

    /** A datum shows its form in its first bytes; larger files are not read whole for it. */
    private static final int LARGEST_SAMPLE = 1 << 20;

    private final Path home;
    private final Path data;
    private final Path naming;

    private HomeCheck(Path home) {
        this.home = requireNonNull(home, "home is null");
        this.data = home.resolve("data");
        this.naming = data.resolve("naming");
    }

    /**
     * What a home holds.
     *
     * @throws IOException if it cannot be read
     */
    static HomeKind classify(Path home) throws IOException {
        return new HomeCheck(home).kind();
    }

    private HomeKind kind() throws IOException {
        if (Files.exists(home) && !Files.isDirectory(home)) {
            return unusable("the home is not a directory", home, "name another --home");
        }
        Optional<Path> rebuild = UnfinishedRebuild.in(home);
        if (rebuild.isPresent()) {
            return unusable(
                    "a rebuild of this home was interrupted: old and new data have not all changed"
                            + " places",
                    rebuild.get(),
                    "end it first: catamaran rebuild status " + home + " says how");
        }
        if (Files.exists(HomeMarker.file(home))) {
            return marked();
        }
        List<String> names = names(data);
        if (names.stream().allMatch(name -> name.equals("catamaran"))) {
            return new HomeKind.Fresh();
        }
        Path raft = data.resolve("protocol").resolve("raft");
        if (names(raft).stream().anyMatch(GROUPS_OF_2X::contains)) {
            return real2x();
        }
        if (!Files.isDirectory(naming)) {
            return unusable(
                    "the home holds data that is neither Catamaran's nor a Nacos 1.x server's",
                    data,
                    "name the directory above data/naming as --home, or an empty one");
        }
        return real1x();
    }

    /** A real 2.0 or 2.1 server notes whether it has left the 1.x raft; later ones never had it. */
    private HomeKind real2x() throws IOException {
        if (Adoption.begun(home)) {
            return new HomeKind.Real2x(true);
        }
        StateFile state = new StateFile(home, "");
        StateFile.Reading said = state.read();
        if (said instanceof StateFile.Reading.RealServer real) {
            return new HomeKind.Real2x(real.upgraded());
        }
        if (!(said instanceof StateFile.Reading.Absent)) {
            return unusable(
                    "this is the home of a real 2.x server, and its upgrade.state does not say"
                            + " whether it has left the raft of 1.x",
                    state.file(),
                    "start the real server once more and let its cluster upgrade, or restore the"
                            + " file");
        }
        Optional<Path> old =
                namingFiles().stream()
                        .filter(file -> !file.getFileName().toString().contains(SWITCH_FILE))
                        .findFirst();
        return old.isEmpty()
                ? new HomeKind.Real2x(true)
                : unusable(
                        "this is the home of a real 2.2 or later server, in which records of a 1.x"
                                + " server lie unread beside those of its own",
                        old.get(),
                        "carry the old records over first: catamaran migrate --from HOME --to URL"
                                + " of the running cluster");
    }

    private HomeKind marked() {
        Path file = HomeMarker.file(home);
        try {
            HomeMarker marker = HomeMarker.read(home);
            return marker.format() > HomeMarker.FORMAT
                    ? unusable(
                            "the home was written by a newer Catamaran (format "
                                    + marker.format()
                                    + ", this one knows "
                                    + HomeMarker.FORMAT
                                    + ")",
                            file,
                            "start with that version or a later one")
                    : new HomeKind.Catamaran(marker.member());
        } catch (IOException e) {
            return unusable(
                    "the marker of the home cannot be read: " + e.getMessage(),
                    file,
                    "restore the file from a backup; without it nobody knows whose home this is");
        }
    }

    private HomeKind real1x() throws IOException {
        List<Path> files = namingFiles();
        Optional<Path> datum =
                files.stream()
                        .filter(file -> file.getFileName().toString().endsWith(DATUM_SUFFIX))
                        .findFirst();
        if (datum.isPresent()) {
            return lossy(datum.get());
        }
        List<Path> records =
                files.stream()
                        .filter(file -> !file.getFileName().toString().contains(SWITCH_FILE))
                        .toList();
        if (records.isEmpty() && term() > 0) {
            return lossy(naming.resolve("meta.properties"));
        }
        return new HomeKind.Real1x(form(records));
    }

    /** 1.3.1 and 1.3.2 delete what they have just written (spec: legacy-raft 5.5). */
    private HomeKind lossy(Path evidence) {
        return unusable(
                "this is the home of a 1.3.1 or 1.3.2 server, whose files do not hold the records:"
                        + " that server deletes files it has just written and keeps its records in"
                        + " memory only",
                evidence,
                "export from a live member first; starting on these files would lose the records");
    }

    private long term() throws IOException {
        Path meta = naming.resolve("meta.properties");
        if (!Files.isRegularFile(meta)) {
            return 0;
        }
        Properties properties = new Properties();
        try (Stream<String> lines = Files.lines(meta, StandardCharsets.UTF_8)) {
            lines.filter(line -> line.startsWith("term="))
                    .forEach(line -> properties.put("term", line.substring("term=".length())));
        }
        String text = properties.getProperty("term", "0").trim();
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static String form(List<Path> records) throws IOException {
        if (records.isEmpty()) {
            return "1.x without persistent services";
        }
        for (Path file : records) {
            if (Files.size(file) > 0 && Files.size(file) <= LARGEST_SAMPLE) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                return text.contains("\"value\":\"")
                        ? "0.8-0.9 (values as text)"
                        : "1.0-1.4 (typed values)";
            }
        }
        return "1.0-1.4 (typed values)";
    }

    private List<Path> namingFiles() throws IOException {
        Path root = naming.resolve("data");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root, NAMING_DEPTH, new FileVisitOption[0])) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith(NAMING_FILES))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static HomeKind unusable(String what, Path where, String todo) {
        return new HomeKind.Unusable(new Refusal(what, where.toString(), todo));
    }
}
