package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A leader's beat: who leads, and every key it holds (spec: legacy-raft 2.5).
 *
 * @param peer the leader
 * @param items one for each datum of the leader at the position its pledge names
 */
public record Beat(RaftPeer peer, List<Item> items) {

    /**
     * A key of the leader.
     *
     * @param key full key
     * @param timestamp its timestamp
     * @param position version in which it was written
     */
    public record Item(String key, long timestamp, Position position) {
        public Item {
            requireNonNull(key, "key is null");
            requireNonNull(position, "position is null");
        }
    }

    public Beat {
        requireNonNull(peer, "peer is null");
        items = List.copyOf(items);
    }
}
