package dev.catamaran.tool.home;

import dev.catamaran.registry.convert.LossRule;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.decode.PlainText;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.StoredDatums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The record files of the 1.x store, of all its versions (spec: legacy-raft 5). */
final class LegacyFiles {

    /** Namespaces are one folder deep. */
    private static final int DEPTH = 2;

    /** No 1.x server reads a file larger than it can post to its peers. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    private static final String SUFFIX = ".datum";

    static final String ILLEGAL_NAME_ADVICE =
            "On the old server, "
                    + LossRule.ILLEGAL_NAME.advice()
                    + "; or take the file away if the service is not wanted.";

    private final SortedMap<String, LegacyDatum> datums = new TreeMap<>();
    private final List<HomeFinding> findings = new ArrayList<>();
    private int count;
    private boolean suffixed;

    private LegacyFiles() {}

    /** Reads all files; what is wrong with one is a finding. */
    static LegacyFiles of(DataFolder data) {
        LegacyFiles files = new LegacyFiles();
        Path root = data.naming().resolve("data");
        try {
            files.read(root);
        } catch (IOException e) {
            files.findings.add(
                    HomeFinding.blocking(
                            "the record files cannot be read: " + e.getMessage(),
                            root,
                            "Run this as the user of the server, or as root."));
        }
        return files;
    }

    private void read(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : list(root)) {
            count++;
            suffixed |= file.toString().endsWith(SUFFIX);
            if (Files.size(file) > MAX_FILE_BYTES) {
                bad(file, "larger than any 1.x record");
                continue;
            }
            try {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                if (text.isBlank()) {
                    bad(file, "the file of a record is empty, as a power cut leaves it");
                    continue;
                }
                texts.put(root.relativize(file).toString(), text);
            } catch (MalformedInputException e) {
                bad(file, "not UTF-8 text");
            }
        }
        Decoded<StoredDatums> all = StoredDatums.read(texts);
        if (all instanceof Decoded.Ok<StoredDatums> ok) {
            take(ok.decoded(), root);
            return;
        }
        // find those that are no records, so that one does not hide the others
        Map<String, String> good = new TreeMap<>();
        texts.forEach(
                (name, text) -> {
                    Decoded<StoredDatums> one = StoredDatums.read(Map.of(name, text));
                    if (one instanceof Decoded.Refused<StoredDatums> refused) {
                        bad(root.resolve(name), "not a 1.x record: " + refused.refusal());
                    } else {
                        good.put(name, text);
                    }
                });
        take(StoredDatums.read(good).orThrow(), root);
    }

    private void take(StoredDatums stored, Path root) {
        datums.putAll(stored.datums());
        for (StoredDatums.Illegal illegal : stored.illegal()) {
            findings.add(
                    HomeFinding.blocking(
                            illegalName(illegal.key(), illegal.complaint()),
                            root.resolve(illegal.file()),
                            ILLEGAL_NAME_ADVICE));
        }
        for (StoredDatums.Shadowed shadowed : stored.shadowed()) {
            findings.add(
                    HomeFinding.note(
                            "an older file of the same record was passed over",
                            root.resolve(shadowed.file()),
                            "A 1.4 server may read it at its start and bring the old value back;"
                                    + " "
                                    + shadowed.inFavourOf()
                                    + " counts here."));
        }
    }

    /** Says that servers before 1.4 took the service's name and none takes it now. */
    static String illegalName(String key, String complaint) {
        return LossRule.ILLEGAL_NAME.id()
                + ": the service's "
                + complaint
                + " ("
                + PlainText.of(key)
                + ")";
    }

    /** The files that hold records. */
    static List<Path> list(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root, DEPTH)) {
            return files.filter(Files::isRegularFile)
                    .filter(
                            file ->
                                    file.getFileName()
                                            .toString()
                                            .startsWith(StoredDatums.FILE_PREFIX))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void bad(Path file, String what) {
        findings.add(
                HomeFinding.blocking(
                        what, file, "Restore the file from another member, or take it away."));
    }

    /** The datums that count, by key. */
    SortedMap<String, LegacyDatum> datums() {
        return datums;
    }

    List<HomeFinding> findings() {
        return findings;
    }

    /** Number of record files. */
    int count() {
        return count;
    }

    /** Whether there are files of the form that only 1.3.1 and 1.3.2 wrote. */
    boolean hasSuffixed() {
        return suffixed;
    }
}
