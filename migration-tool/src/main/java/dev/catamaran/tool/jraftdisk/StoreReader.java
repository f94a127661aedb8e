package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.tool.jraftdisk.wire.StoredVote;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a group's store and checks it (spec: jraft-disk 5.1). Changes nothing in its folder, and
 * does not touch its lock: whoever wants to know whether a server runs on it asks {@link
 * StoreLock}. What is wrong becomes a finding, never an exception.
 */
public final class StoreReader {

    private static final String OPTIONS = "OPTIONS-";
    private static final String VERSION = "rocksdb_version=";

    /** The version stands in the first lines of an options file. */
    private static final int MAX_OPTION_LINES = 50;

    /** Files may vanish under a reader when a running server compacts; then it opens anew. */
    private static final int TRIES_IN_USE = 3;

    private static final String LOST =
            "This store counts as lost: do not let it vote. Keep the folder, and use the other"
                    + " members.";

    private final LoadedRocks rocks;
    private final Path scratch;

    /**
     * @param rocks of the home's line or a later one, see {@link RocksLibraries#toRead}
     * @param scratch folder for RocksDB's text log
     */
    public StoreReader(LoadedRocks rocks, Path scratch) {
        this.rocks = requireNonNull(rocks, "rocks is null");
        this.scratch = requireNonNull(scratch, "scratch is null");
    }

    /** The facts of a store that no server uses. */
    public StoreFacts read(GroupFolder group) {
        return read(group, false, entry -> {});
    }

    /**
     * The facts of a store, and its entries on the way.
     *
     * @param inUse whether a server may be running on it; an unfinished end of the log is then no
     *     damage
     * @param reader is given each entry once, in order, up to the first that is wrong; if the log
     *     has to be opened again it starts over, with an index it has seen
     */
    public StoreFacts read(GroupFolder group, boolean inUse, Consumer<LogEntry> reader) {
        List<StoreFinding> findings = new ArrayList<>();
        String version = writer(group.log());
        Optional<LogFacts> log = log(group, version, inUse, reader, findings);
        Optional<StoreFacts.Vote> vote = vote(group, findings);
        SnapshotReader snapshots = SnapshotReader.of(group);
        findings.addAll(snapshots.findings());
        StoreFacts facts =
                new StoreFacts(group.name(), version, log, vote, snapshots.snapshots(), findings);
        findings.addAll(StoreRules.check(facts));
        return new StoreFacts(group.name(), version, log, vote, facts.snapshots(), findings);
    }

    private Optional<LogFacts> log(
            GroupFolder group,
            String version,
            boolean inUse,
            Consumer<LogEntry> reader,
            List<StoreFinding> findings) {
        Path log = group.log();
        if (!Files.isRegularFile(log.resolve("CURRENT"))) {
            findings.add(finding(StoreFinding.Kind.LOG_MISSING, log, "there is no log here", LOST));
            return Optional.empty();
        }
        Optional<RocksVersion> written = RocksVersion.parse(version);
        if (written.isPresent() && written.get().isLaterThan(rocks.version())) {
            findings.add(
                    finding(
                            StoreFinding.Kind.FUTURE_ROCKSDB,
                            log,
                            "written by RocksDB "
                                    + version
                                    + ", later than the "
                                    + rocks.version()
                                    + " at hand",
                            "Name the jar of its server: --server-jar .../nacos-server.jar"));
            return Optional.empty();
        }
        return new LogOpening(rocks.door(), log, scratch)
                .read(inUse ? TRIES_IN_USE : 1, inUse, reader, findings);
    }

    /** The version in the newest options file; empty if there is none that says it. */
    static String writer(Path log) {
        try (Stream<Path> files = Files.isDirectory(log) ? Files.list(log) : Stream.of()) {
            Optional<Path> newest =
                    files.filter(file -> file.getFileName().toString().startsWith(OPTIONS))
                            .filter(Files::isRegularFile)
                            .max(Comparator.comparing(file -> file.getFileName().toString()));
            return newest.isPresent() ? versionIn(newest.get()) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String versionIn(Path options) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(options, StandardCharsets.ISO_8859_1)) {
            return in.lines()
                    .limit(MAX_OPTION_LINES)
                    .map(String::trim)
                    .filter(line -> line.startsWith(VERSION))
                    .map(line -> line.substring(VERSION.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    private static Optional<StoreFacts.Vote> vote(GroupFolder group, List<StoreFinding> findings) {
        Path file = group.vote();
        try {
            StoredVote stored = MessageFile.VOTE.read(file);
            if (!stored.hasTerm() || !stored.hasVotedFor()) {
                throw new DecodeException("lacks a field", "vote");
            }
            if (stored.getVotedFor().equals(Peer.NOBODY)) {
                return Optional.of(new StoreFacts.Vote(stored.getTerm(), Optional.empty()));
            }
            Optional<Peer> peer = Peer.parse(stored.getVotedFor());
            if (peer.isPresent()) {
                return Optional.of(new StoreFacts.Vote(stored.getTerm(), peer));
            }
            findings.add(
                    finding(
                            StoreFinding.Kind.BAD_PEER,
                            file,
                            "the vote is for " + stored.getVotedFor() + ", which is no member",
                            LOST));
        } catch (DecodeException e) {
            findings.add(badVote(file, "term and vote cannot be read: " + e.refusal()));
        } catch (NoSuchFileException e) {
            findings.add(badVote(file, "term and vote are missing"));
        } catch (IOException e) {
            findings.add(badVote(file, "term and vote cannot be read: " + reason(e)));
        }
        return Optional.empty();
    }

    private static StoreFinding badVote(Path file, String what) {
        return finding(StoreFinding.Kind.BAD_VOTE, file, what, LOST);
    }

    static StoreFinding finding(StoreFinding.Kind kind, Path where, String what, String todo) {
        return new StoreFinding(kind, where.toString(), what, todo);
    }

    /** Why a file cannot be read, without the path that Java puts in its place. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
