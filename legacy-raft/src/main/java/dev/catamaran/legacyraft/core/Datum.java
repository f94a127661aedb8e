package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

/**
 * A value under a key, as 1.x replicates it (spec: legacy-raft 2.3).
 *
 * @param key full key
 * @param value the value as JSON text
 * @param timestamp per-key count, not a clock
 * @param position version of the set in which it was written; {@link Position#NONE} if foreign
 */
public record Datum(String key, String value, long timestamp, Position position) {
    public Datum {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
        requireNonNull(position, "position is null");
    }

    Datum at(Position other) {
        return new Datum(key, value, timestamp, other);
    }
}
