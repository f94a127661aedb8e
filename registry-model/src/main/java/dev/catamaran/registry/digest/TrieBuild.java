package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.HashTrie.Branch;
import dev.catamaran.registry.digest.HashTrie.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Builds a trie of many values at once: every node is made and hashed once. */
final class TrieBuild<K, V> {

    private record Placed<V>(byte[] place, V value) {}

    private final Kind<K, V> kind;
    private final Hasher hasher;
    private final List<Placed<V>> sorted;

    /** Hash of the node made last. */
    private byte[] hash = new byte[0];

    /**
     * @param values at least one, all of different keys
     */
    TrieBuild(Kind<K, V> kind, Collection<V> values, Hasher hasher) {
        this.kind = kind;
        this.hasher = hasher;
        this.sorted =
                values.stream()
                        .map(
                                value ->
                                        new Placed<>(
                                                kind.place(kind.key(value), hasher).clone(), value))
                        .sorted((a, b) -> Arrays.compareUnsigned(a.place(), b.place()))
                        .toList();
    }

    Object root() {
        return node(0, sorted.size(), 0);
    }

    byte[] hash() {
        return hash;
    }

    private Object node(int from, int to, int level) {
        if (to - from == 1) {
            V value = sorted.get(from).value();
            hash = kind.digest(value, hasher);
            return value;
        }
        int slots = 0;
        for (int i = from; i < to; i++) {
            slots |= 1 << slot(i, level);
        }
        Branch branch = Branch.of(slots, new Object[Integer.bitCount(slots)]);
        int start = from;
        for (int index = 0; index < branch.children().length; index++) {
            int end = start + 1;
            while (end < to && slot(end, level) == slot(start, level)) {
                end++;
            }
            branch.children()[index] = node(start, end, level + 1);
            branch.hash(index, hash);
            start = end;
        }
        hash = hasher.of(branch.form());
        return branch;
    }

    private int slot(int index, int level) {
        return HashTrie.slot(sorted.get(index).place(), level);
    }
}
