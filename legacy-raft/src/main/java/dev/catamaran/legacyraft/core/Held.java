package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a member holds durably.
 *
 * @param ballot highest ballot it has seen
 * @param votedFor whom it voted for in that ballot
 * @param term the 1.x term
 * @param position version of the datums; a floor while {@code mixed}
 * @param mixed whether a crash left datums of two versions behind; until a leader's beat has been
 *     followed whole, {@code position} is what the older of the two was
 * @param damaged whether datums this member had stored could not be read back; it may vote but not
 *     lead until a leader has repaired it
 * @param datums by key
 * @param tombstones by key
 */
public record Held(
        long ballot,
        Optional<String> votedFor,
        long term,
        Position position,
        boolean mixed,
        boolean damaged,
        KeyMap<Datum> datums,
        KeyMap<Tombstone> tombstones) {

    /** Tombstones kept; more would only fill memory. */
    static final int MAX_TOMBSTONES = 20_000;

    /** A member that starts with nothing. */
    public static final Held EMPTY =
            new Held(
                    0,
                    Optional.empty(),
                    0,
                    Position.NONE,
                    false,
                    false,
                    KeyMap.empty(),
                    KeyMap.empty());

    public Held {
        requireNonNull(votedFor, "votedFor is null");
        requireNonNull(position, "position is null");
        requireNonNull(datums, "datums is null");
        requireNonNull(tombstones, "tombstones is null");
    }

    /** Largest timestamp the key ever had here; 0 if it never was. */
    public long lastTimestamp(String key) {
        long alive = datums.get(key).map(Datum::timestamp).orElse(0L);
        long dead = tombstones.get(key).map(Tombstone::timestamp).orElse(0L);
        return Math.max(alive, dead);
    }

    /** The same with another ballot, vote and 1.x term. */
    public Held withBallot(long newBallot, Optional<String> vote, long newTerm) {
        return new Held(newBallot, vote, newTerm, position, mixed, damaged, datums, tombstones);
    }

    /** The same with another 1.x term. */
    public Held withTerm(long newTerm) {
        return new Held(ballot, votedFor, newTerm, position, mixed, damaged, datums, tombstones);
    }

    /** The whole of another version. */
    public Held at(Position reached, KeyMap<Datum> newDatums, KeyMap<Tombstone> newTombstones) {
        return new Held(ballot, votedFor, term, reached, false, false, newDatums, newTombstones);
    }

    /** The next version. */
    public Held after(Change change) {
        if (change instanceof Change.Put put) {
            return new Held(
                    ballot,
                    votedFor,
                    term,
                    put.position(),
                    mixed,
                    damaged,
                    datums.with(put.key(), put.datum()),
                    tombstones.without(put.key()));
        }
        Change.Delete delete = (Change.Delete) change;
        return new Held(
                ballot,
                votedFor,
                term,
                delete.position(),
                mixed,
                damaged,
                datums.without(delete.key()),
                bounded(tombstones).with(delete.key(), delete.tombstone()));
    }

    /** Keeps the younger half when there are too many; they only keep timestamps growing. */
    static KeyMap<Tombstone> bounded(KeyMap<Tombstone> all) {
        if (all.size() < MAX_TOMBSTONES) {
            return all;
        }
        KeyMap<Tombstone> kept = KeyMap.empty();
        List<Tombstone> youngest =
                all.values().stream()
                        .sorted(Comparator.comparing(Tombstone::position).reversed())
                        .limit(MAX_TOMBSTONES / 2)
                        .toList();
        for (Tombstone tombstone : youngest) {
            kept = kept.with(tombstone.key(), tombstone);
        }
        return kept;
    }
}
