package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.legacyraft.store.LegacyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A disk of ours in memory, with the faults of real ones: the power goes between any two writes, or
 * takes the writes along that nobody had synced yet; a file is torn; there is no room.
 */
public final class SimDisk implements LegacyStore {

    /** The power went. */
    public static final class PowerLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** There is no room. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private long ballot;
    private Optional<String> votedFor = Optional.empty();
    private long term;
    private long syncedTerm;
    private Position position = Position.NONE;
    private boolean mixed;
    private boolean damaged;
    private KeyMap<Datum> datums = KeyMap.empty();
    private KeyMap<Tombstone> tombstones = KeyMap.empty();
    private final List<Runnable> unsynced = new ArrayList<>();
    private int writesLeft = Integer.MAX_VALUE;
    private long lostPattern;
    private boolean full;

    /** Puts a foreign file there. */
    public void putForeign(String key, String value, long timestamp) {
        datums = datums.with(key, new Datum(key, value, timestamp, Position.NONE));
    }

    /**
     * After so many more writes the power goes.
     *
     * @param pattern a bit for each write not yet synced then: whether it reached the disk
     */
    public void losePowerAfter(int writes, long pattern) {
        writesLeft = writes;
        lostPattern = pattern;
    }

    /** Whether there is no room for any write. */
    public void fill(boolean noRoom) {
        full = noRoom;
    }

    /** Makes a datum's file unreadable; it is set aside when it is next read. */
    public void tear(int which) {
        List<Datum> own =
                datums.values().stream()
                        .filter(datum -> !datum.position().equals(Position.NONE))
                        .toList();
        if (!own.isEmpty()) {
            datums = datums.without(own.get(which % own.size()).key());
            damaged = true;
        }
    }

    boolean damaged() {
        return damaged;
    }

    @Override
    public Held load() {
        writesLeft = Integer.MAX_VALUE;
        unsynced.clear();
        term = syncedTerm;
        return new Held(ballot, votedFor, term, position, mixed, damaged, datums, tombstones);
    }

    @Override
    public void apply(Effect.Save save) {
        if (save instanceof Effect.SaveBallot vote) {
            spend();
            ballot = vote.ballot();
            votedFor = vote.votedFor();
            term = vote.term();
            syncedTerm = term;
        } else if (save instanceof Effect.SaveTerm moved) {
            // not synced: a crash may take it back to what it was
            term = moved.term();
        } else if (save instanceof Effect.SaveChange change) {
            spend();
            applyChange(change.change());
        } else if (save instanceof Effect.SavePosition stamp) {
            spend();
            position = stamp.position();
            mixed = false;
            damaged = false;
        } else if (save instanceof Effect.SaveVersion version) {
            applyVersion(version);
        }
    }

    private void applyChange(Change change) {
        position = change.position();
        if (change instanceof Change.Put put) {
            put(put.datum());
        } else if (change instanceof Change.Delete delete) {
            delete(delete.tombstone());
        }
    }

    /** Marked first; the files are synced together, before the mark is taken away. */
    private void applyVersion(Effect.SaveVersion version) {
        spend();
        mixed = true;
        for (Datum datum : version.puts()) {
            unsynced.add(() -> put(datum));
            spend();
        }
        for (Tombstone tombstone : version.deletes()) {
            unsynced.add(() -> delete(tombstone));
            spend();
        }
        unsynced.forEach(Runnable::run);
        unsynced.clear();
        spend();
        mixed = false;
        damaged = false;
        position = version.position();
    }

    private void put(Datum datum) {
        datums = datums.with(datum.key(), datum);
        tombstones = tombstones.without(datum.key());
    }

    private void delete(Tombstone tombstone) {
        datums = datums.without(tombstone.key());
        tombstones = tombstones.with(tombstone.key(), tombstone);
    }

    private void spend() {
        if (full) {
            unsynced.clear();
            throw new Full();
        }
        if (writesLeft-- <= 0) {
            for (int i = 0; i < unsynced.size(); i++) {
                if ((lostPattern >>> (i % Long.SIZE) & 1) == 0) {
                    unsynced.get(i).run();
                }
            }
            unsynced.clear();
            throw new PowerLost();
        }
    }
}
