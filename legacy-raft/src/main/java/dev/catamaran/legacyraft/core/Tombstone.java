package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

/**
 * What is left of a deleted datum, so that its timestamp never goes back (spec: legacy-raft 9.1 D3,
 * D4).
 *
 * @param key full key
 * @param timestamp last timestamp the key had
 * @param position version of the set in which it was deleted
 */
public record Tombstone(String key, long timestamp, Position position) {
    public Tombstone {
        requireNonNull(key, "key is null");
        requireNonNull(position, "position is null");
    }
}
