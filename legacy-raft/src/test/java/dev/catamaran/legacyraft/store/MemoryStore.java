package dev.catamaran.legacyraft.store;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.Tombstone;
import java.util.Optional;

/** A disk in memory that can lose power between any two writes. */
public final class MemoryStore implements LegacyStore {

    /** The power went. */
    public static final class PowerLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private long ballot;
    private Optional<String> votedFor = Optional.empty();
    private long term;
    private Position position = Position.NONE;
    private boolean mixed;
    private KeyMap<Datum> datums = KeyMap.empty();
    private KeyMap<Tombstone> tombstones = KeyMap.empty();
    private int writesLeft = Integer.MAX_VALUE;

    /** Puts a foreign file there. */
    public void putForeign(String key, String value, long timestamp) {
        datums = datums.with(key, new Datum(key, value, timestamp, Position.NONE));
    }

    /** After so many more writes the power goes. */
    public void losePowerAfter(int writes) {
        writesLeft = writes;
    }

    @Override
    public Held load() {
        writesLeft = Integer.MAX_VALUE;
        return new Held(ballot, votedFor, term, position, mixed, false, datums, tombstones);
    }

    @Override
    public void apply(Effect.Save save) {
        if (save instanceof Effect.SaveBallot vote) {
            spend();
            ballot = vote.ballot();
            votedFor = vote.votedFor();
            term = vote.term();
        } else if (save instanceof Effect.SaveTerm moved) {
            term = moved.term();
        } else if (save instanceof Effect.SaveChange change) {
            spend();
            position = change.change().position();
            if (change.change() instanceof dev.catamaran.legacyraft.core.Change.Put put) {
                put(put.datum());
            } else if (change.change()
                    instanceof dev.catamaran.legacyraft.core.Change.Delete delete) {
                delete(delete.tombstone());
            }
        } else if (save instanceof Effect.SavePosition stamp) {
            spend();
            position = stamp.position();
            mixed = false;
        } else if (save instanceof Effect.SaveVersion version) {
            spend();
            mixed = true;
            for (Datum datum : version.puts()) {
                spend();
                put(datum);
            }
            for (Tombstone tombstone : version.deletes()) {
                spend();
                delete(tombstone);
            }
            spend();
            mixed = false;
            position = version.position();
        }
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
        if (writesLeft-- <= 0) {
            throw new PowerLost();
        }
    }
}
