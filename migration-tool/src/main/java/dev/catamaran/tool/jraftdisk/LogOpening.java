package dev.catamaran.tool.jraftdisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Opens a log as strictly as it allows. What a server would drop in silence is damage here; only to
 * say how much of it can be read it is then opened as the server would (spec: jraft-disk 0, 5.1).
 */
final class LogOpening {

    private static final String LOST =
            "This store counts as lost: do not let it vote. Keep the folder, and use the other"
                    + " members.";

    private final RocksDoor door;
    private final Path log;
    private final Path scratch;

    LogOpening(RocksDoor door, Path log, Path scratch) {
        this.door = door;
        this.log = log;
        this.scratch = scratch;
    }

    /** Reads the log; what is wrong goes into the findings. */
    Optional<LogFacts> read(
            int tries, boolean inUse, Consumer<LogEntry> reader, List<StoreFinding> findings) {
        Optional<String> unreadable = unreadableFile();
        if (unreadable.isPresent()) {
            findings.add(
                    StoreReader.finding(
                            StoreFinding.Kind.UNREADABLE,
                            log.resolve(unreadable.get()),
                            "no permission to read it",
                            "Run this as the user of the server, or as root."));
            return Optional.empty();
        }
        String strict = "";
        for (int i = 0; i < tries; i++) {
            try {
                return Optional.of(pass(WalMode.ABSOLUTE, reader, findings));
            } catch (RocksFailure e) {
                strict = String.valueOf(e.getMessage());
            }
        }
        boolean torn = opens(WalMode.TORN_TAIL);
        try {
            LogFacts facts = pass(WalMode.POINT_IN_TIME, reader, findings);
            findings.add(0, damage(strict, torn, inUse, facts));
            return Optional.of(facts);
        } catch (RocksFailure e) {
            findings.add(
                    StoreReader.finding(
                            StoreFinding.Kind.UNREADABLE,
                            log,
                            "the log cannot be opened: " + strict,
                            LOST));
            return Optional.empty();
        }
    }

    private LogFacts pass(WalMode mode, Consumer<LogEntry> reader, List<StoreFinding> findings)
            throws RocksFailure {
        try (RocksDoor.Store store = door.openToRead(log, mode, scratch)) {
            LogPass pass = new LogPass(store, reader);
            LogFacts facts = pass.run();
            findings.addAll(pass.findings());
            return facts;
        }
    }

    private boolean opens(WalMode mode) {
        try (RocksDoor.Store store = door.openToRead(log, mode, scratch)) {
            return store != null;
        } catch (RocksFailure e) {
            return false;
        }
    }

    private StoreFinding damage(String strict, boolean torn, boolean inUse, LogFacts facts) {
        String readable =
                facts.count() == 0
                        ? "nothing can be read"
                        : "readable up to index "
                                + facts.lastIndex()
                                + " ("
                                + facts.count()
                                + " entries)";
        if (inUse) {
            return StoreReader.finding(
                    StoreFinding.Kind.IN_USE,
                    log,
                    "read while a server writes it: its last record was not complete; " + readable,
                    "Read it again when the server has stopped to be sure of the end.");
        }
        return torn
                ? StoreReader.finding(
                        StoreFinding.Kind.TORN_TAIL,
                        log,
                        "the last record of the log is incomplete, by a crash or because something"
                                + " cut the file; "
                                + readable,
                        "What was acknowledged may be missing here. " + LOST)
                : StoreReader.finding(
                        StoreFinding.Kind.DAMAGED_WAL,
                        log,
                        "the log is damaged, and a server would drop what follows in silence: "
                                + strict
                                + "; "
                                + readable,
                        LOST);
    }

    private Optional<String> unreadableFile() {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> !Files.isReadable(file))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("LOG"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.of("");
        }
    }
}
