package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.HashTrie.Branch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the values in which two tries differ, without looking below equal hashes. */
final class TrieDifference<K, V> {

    /** Takes what differs, one after another. */
    interface Sink<V> {
        /** A value that only one side has, or both have differently; at least one is there. */
        void differs(@Nullable V left, @Nullable V right);

        /** Whether enough has been found. */
        boolean full();
    }

    /** A node, and where its hash stands. */
    private record Spot(Object node, byte[] hashes, int offset) {
        boolean sameHash(Spot other) {
            return Arrays.equals(
                    hashes,
                    offset,
                    offset + Branch.KEPT_BYTES,
                    other.hashes,
                    other.offset,
                    other.offset + Branch.KEPT_BYTES);
        }
    }

    private final HashTrie.Kind<K, V> kind;
    private final Sink<V> sink;
    private final Hasher hasher;

    TrieDifference(HashTrie.Kind<K, V> kind, Sink<V> sink, Hasher hasher) {
        this.kind = kind;
        this.sink = sink;
        this.hasher = hasher;
    }

    void find(HashTrie<K, V> left, HashTrie<K, V> right) {
        compare(root(left), root(right), 0);
    }

    private static @Nullable Spot root(HashTrie<?, ?> trie) {
        return trie.root() == null ? null : new Spot(trie.root(), trie.digest(), 0);
    }

    private void compare(@Nullable Spot left, @Nullable Spot right, int level) {
        if ((left == null && right == null) || sink.full()) {
            return;
        }
        if (left != null && right != null && (left.node == right.node || left.sameHash(right))) {
            return;
        }
        if (!isBranch(left) && !isBranch(right)) {
            differ(value(left), value(right));
            return;
        }
        for (int slot = 0; slot < HashTrie.SLOTS; slot++) {
            compare(child(left, slot, level), child(right, slot, level), level + 1);
        }
    }

    private void differ(@Nullable V left, @Nullable V right) {
        if (left == null || right == null || kind.key(left).equals(kind.key(right))) {
            sink.differs(left, right);
        } else {
            sink.differs(left, null);
            sink.differs(null, right);
        }
    }

    private static boolean isBranch(@Nullable Spot spot) {
        return spot != null && spot.node instanceof Branch;
    }

    /** A value is its own child: it stands in for the branch that the other side has. */
    private @Nullable Spot child(@Nullable Spot spot, int slot, int level) {
        if (spot == null) {
            return null;
        }
        if (spot.node instanceof Branch branch) {
            if (!branch.has(slot)) {
                return null;
            }
            int index = branch.index(slot);
            return new Spot(branch.children()[index], branch.form(), Branch.offset(index));
        }
        V value = kind.value(spot.node);
        byte[] place = kind.place(kind.key(value), hasher);
        return HashTrie.slot(place, level) == slot ? spot : null;
    }

    private @Nullable V value(@Nullable Spot spot) {
        return spot == null ? null : kind.value(spot.node);
    }
}
