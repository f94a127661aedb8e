package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.TrieNode.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from byte strings to values with a digest of every subtree: a path-compressed
 * radix tree whose nodes are hashed like a Merkle tree. It is never deeper than its longest key and
 * has one shape per set of keys, so nobody can choose keys that make it slow, or two sets with the
 * same digest, short of breaking SHA-256.
 *
 * @param root absent if the map is empty
 * @param content bytes of a value that count in digests, of a fixed length
 */
record DigestTrie<V>(@Nullable TrieNode<V> root, Function<V, byte[]> content) {

    private static final byte[] EMPTY_DIGEST = TrieNode.sha256(new byte[0]);

    static <V> DigestTrie<V> empty(Function<V, byte[]> content) {
        return new DigestTrie<>(null, content);
    }

    int size() {
        return root == null ? 0 : root.size;
    }

    int instances() {
        return root == null ? 0 : root.instances;
    }

    int records() {
        return root == null ? 0 : root.records;
    }

    byte[] digest() {
        return root == null ? EMPTY_DIGEST.clone() : root.digest(content).clone();
    }

    /** The entries whose keys begin with {@code prefix}, as a map of their own. */
    DigestTrie<V> under(byte[] prefix) {
        TrieNode<V> node = root;
        int from = 0;
        while (node != null) {
            int shared = node.shared(prefix, from);
            if (shared == prefix.length) {
                return new DigestTrie<>(node, content);
            }
            if (shared < node.end) {
                return empty(content);
            }
            int index = node.childAt(prefix[shared]);
            from = node.end;
            node = node.hasChild(index, prefix[shared]) ? node.children.get(index) : null;
        }
        return empty(content);
    }

    @Nullable V get(byte[] key) {
        TrieNode<V> node = under(key).root;
        return node == null || node.end != key.length || node.entry == null
                ? null
                : node.entry.value();
    }

    void forEach(Consumer<V> consumer) {
        if (root != null) {
            root.forEach(consumer);
        }
    }

    DigestTrie<V> with(byte[] key, V value, int instances, int records) {
        Entry<V> entry = new Entry<>(key, value, instances, records);
        TrieNode<V> changed = root == null ? TrieNode.leaf(entry) : with(root, entry, 0);
        return new DigestTrie<>(changed, content);
    }

    private static <V> TrieNode<V> with(TrieNode<V> node, Entry<V> entry, int from) {
        byte[] key = entry.key();
        int shared = node.shared(key, from);
        if (shared < node.end) {
            if (shared == key.length) {
                return new TrieNode<>(key, shared, entry, List.of(node));
            }
            TrieNode<V> leaf = TrieNode.leaf(entry);
            boolean first = Byte.compareUnsigned(key[shared], node.path[shared]) < 0;
            return new TrieNode<>(
                    key, shared, null, first ? List.of(leaf, node) : List.of(node, leaf));
        }
        if (shared == key.length) {
            return new TrieNode<>(key, shared, entry, node.children);
        }
        List<TrieNode<V>> children = new ArrayList<>(node.children);
        int index = node.childAt(key[shared]);
        if (node.hasChild(index, key[shared])) {
            children.set(index, with(node.children.get(index), entry, shared));
        } else {
            children.add(index, TrieNode.leaf(entry));
        }
        return new TrieNode<>(node.path, node.end, node.entry, List.copyOf(children));
    }

    DigestTrie<V> without(byte[] key) {
        if (root == null || get(key) == null) {
            return this;
        }
        return new DigestTrie<>(without(root, key), content);
    }

    /** {@code key} is known to be below {@code node}. */
    private static <V> @Nullable TrieNode<V> without(TrieNode<V> node, byte[] key) {
        if (node.end == key.length) {
            return joined(node, null, node.children);
        }
        List<TrieNode<V>> children = new ArrayList<>(node.children);
        int index = node.childAt(key[node.end]);
        TrieNode<V> changed = without(children.get(index), key);
        if (changed == null) {
            children.remove(index);
        } else {
            children.set(index, changed);
        }
        return joined(node, node.entry, List.copyOf(children));
    }

    /** The node with this content, or what stands in its place if that is too little for one. */
    private static <V> @Nullable TrieNode<V> joined(
            TrieNode<V> node, @Nullable Entry<V> entry, List<TrieNode<V>> children) {
        if (entry == null && children.isEmpty()) {
            return null;
        }
        if (entry == null && children.size() == 1) {
            return children.get(0);
        }
        return new TrieNode<>(node.path, node.end, entry, children);
    }
}
