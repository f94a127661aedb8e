package dev.catamaran.legacyraft.store;

import static java.util.Objects.requireNonNull;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.registry.convert.Conversion;
import dev.catamaran.registry.convert.LossReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in a home of 1.x form (spec: legacy-raft 5), with what 1.x does not keep beside it in
 * {@code data/catamaran/legacy}. A version's position is the highest that stands in the version
 * file, in a datum or in a tombstone, so that a change is one durable write; while several datums
 * change, the version file says so and counts alone.
 */
public final class FileLegacyStore implements LegacyStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileLegacyStore.class);

    private static final long TERM_PAUSE_NANOS = 1_000_000_000L;

    private final Home home;
    private final SafeFiles files;
    private final DatumFiles datumFiles;
    private final OwnFiles ownFiles;
    private OwnFiles.Version version = OwnFiles.Version.NONE;
    private Position reached = Position.NONE;
    private volatile LossReport leftBehind = LossReport.NONE;
    private boolean termWritten;
    private long termWrittenNanos;

    /** A store in a home; touches nothing before {@link #load()}. */
    public FileLegacyStore(Path home) {
        this.home = new Home(requireNonNull(home, "home is null").toAbsolutePath().normalize());
        this.files = new SafeFiles(this.home.unfinished());
        this.datumFiles = new DatumFiles(this.home, files);
        this.ownFiles = new OwnFiles(this.home, files);
    }

    @Override
    public Held load() throws IOException {
        files.clean();
        boolean opened = Files.exists(home.opened());
        OwnFiles.Pledge pledge = ownFiles.readPledge();
        version = ownFiles.readVersion();
        DatumFiles.Reading reading = datumFiles.read();
        KeyMap<Datum> datums = KeyMap.empty();
        reached = version.position();
        for (Datum datum : reading.datums().values()) {
            datums = datums.with(datum.key(), datum);
            reached = max(reached, datum.position());
        }
        KeyMap<Tombstone> tombstones = KeyMap.empty();
        for (Tombstone tombstone : ownFiles.readTombstones()) {
            Optional<Datum> datum = datums.get(tombstone.key());
            reached = max(reached, tombstone.position());
            if (datum.isPresent() && datum.get().position().compareTo(tombstone.position()) > 0) {
                continue;
            }
            if (datum.isPresent()) {
                datumFiles.remove(tombstone.key());
                datums = datums.without(tombstone.key());
            }
            tombstones = tombstones.with(tombstone.key(), tombstone);
        }
        leftBehind = Conversion.illegal(reading.illegal());
        leftBehind.losses().forEach(loss -> LOG.warn("record-left-behind {}", loss));
        setBrokenAside(reading.broken(), opened);
        boolean whole = !version.mixed() && !version.damaged();
        long ballot = Math.max(pledge.ballot(), reached.ballot());
        reached = whole ? reached : version.position();
        LOG.info(
                "legacy-store-loaded datums={} position={} ballot={} mixed={} damaged={}",
                datums.size(),
                reached,
                ballot,
                version.mixed(),
                version.damaged());
        return new Held(
                ballot,
                ballot == pledge.ballot() ? pledge.votedFor() : Optional.empty(),
                Math.max(pledge.term(), ownFiles.readTerm()),
                reached,
                version.mixed(),
                version.damaged(),
                datums,
                tombstones);
    }

    /**
     * Records of the home that no member of ours can hold, because no server takes their names now,
     * as {@link #load()} found them. Their files stay where they are.
     */
    public LossReport leftBehind() {
        return leftBehind;
    }

    /** Broken files of a home we have written make it incomplete, which must be known for good. */
    private void setBrokenAside(List<Path> broken, boolean opened) throws IOException {
        if (broken.isEmpty()) {
            return;
        }
        openForWriting();
        if (opened && !version.damaged()) {
            Position floor = version.mixed() ? version.position() : reached;
            version = new OwnFiles.Version(floor, version.mixed(), true);
            ownFiles.writeVersion(version);
        }
        for (Path file : broken) {
            Path kept = SafeFiles.setAside(file, home.quarantine());
            LOG.warn(
                    "datum-quarantined file={} kept={} advice=the record in it is missing on this"
                            + " member until the leader has sent it again",
                    file,
                    kept);
        }
    }

    @Override
    public void apply(Effect.Save save) throws IOException {
        openForWriting();
        if (save instanceof Effect.SaveBallot vote) {
            ownFiles.writePledge(new OwnFiles.Pledge(vote.ballot(), vote.votedFor(), vote.term()));
            ownFiles.writeTerm(vote.term());
        } else if (save instanceof Effect.SaveTerm moved) {
            writeTermNowAndThen(moved.term());
        } else if (save instanceof Effect.SaveChange change) {
            applyChange(change.change());
            reached = change.change().position();
        } else if (save instanceof Effect.SavePosition stamp) {
            mark(new OwnFiles.Version(stamp.position(), false, false));
        } else if (save instanceof Effect.SaveVersion next) {
            applyVersion(next);
        }
    }

    /** The term moves with every publish, and nothing depends on it: one write a second will do. */
    private void writeTermNowAndThen(long term) throws IOException {
        long now = System.nanoTime();
        if (!termWritten || now - termWrittenNanos > TERM_PAUSE_NANOS) {
            ownFiles.writeTerm(term);
            termWritten = true;
            termWrittenNanos = now;
        }
    }

    private void applyChange(Change change) throws IOException {
        if (change instanceof Change.Put put) {
            SafeFiles.syncFolder(datumFiles.write(put.datum()));
            ownFiles.unbury(put.key());
        } else if (change instanceof Change.Delete delete) {
            ownFiles.bury(delete.tombstone());
            datumFiles.remove(delete.key());
        }
    }

    private void applyVersion(Effect.SaveVersion next) throws IOException {
        mark(new OwnFiles.Version(reached, true, version.damaged()));
        Set<Path> folders = new HashSet<>();
        for (Datum datum : next.puts()) {
            folders.add(datumFiles.write(datum));
            ownFiles.unbury(datum.key());
        }
        for (Path folder : folders) {
            SafeFiles.syncFolder(folder);
        }
        for (Tombstone tombstone : next.deletes()) {
            ownFiles.bury(tombstone);
            datumFiles.remove(tombstone.key());
        }
        mark(new OwnFiles.Version(next.position(), false, false));
    }

    private void mark(OwnFiles.Version next) throws IOException {
        if (!next.mixed()) {
            ownFiles.unburyAfter(next.position());
        }
        ownFiles.writeVersion(next);
        version = next;
        reached = next.position();
    }

    /** Backs a home up that somebody else wrote, before anything in it changes. */
    private void openForWriting() throws IOException {
        if (Files.exists(home.opened())) {
            return;
        }
        String backup = "";
        if (Files.isDirectory(home.naming())) {
            Path taken = Backup.take(home);
            backup = home.root().relativize(taken).toString();
            LOG.info("home-backed-up folder={}", taken);
        }
        files.write(home.opened(), "{\"format\":1,\"backup\":\"" + backup + "\"}", true);
    }

    /**
     * Ends the legacy stack in this home: its datums move to the archive, with a list of them, and
     * stay there.
     *
     * @param epoch transition epoch in which the cluster finalized
     * @return the archive; empty if there was nothing to move
     */
    public Optional<Path> archive(long epoch) throws IOException {
        if (!Files.isDirectory(home.datums())) {
            return Optional.empty();
        }
        openForWriting();
        Path target = Backup.free(home.archive(), "legacy-epoch-" + epoch + "-");
        Files.move(home.datums(), target.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
        // the version goes with its datums: without them it would be a false promise
        Files.move(home.legacy(), target.resolve("legacy"), StandardCopyOption.ATOMIC_MOVE);
        Backup.writeManifest(target);
        SafeFiles.syncFolder(home.naming());
        return Optional.of(target);
    }

    private static Position max(Position one, Position other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
