package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from text keys, sorted, whose changed copies share what did not change: each
 * version of the set of datums is a value, and a change costs O(log n). A treap with priorities
 * taken from the keys, so equal content has equal form.
 *
 * @param <V> type of the values
 */
public final class KeyMap<V> {

    private static final KeyMap<?> EMPTY = new KeyMap<>(null);

    private record Node<V>(
            String key, V value, int size, @Nullable Node<V> left, @Nullable Node<V> right) {}

    private record Split<V>(@Nullable Node<V> left, @Nullable Node<V> right) {}

    private final @Nullable Node<V> root;

    private KeyMap(@Nullable Node<V> root) {
        this.root = root;
    }

    /** A map without keys. */
    @SuppressWarnings("unchecked") // holds no value of any type
    public static <V> KeyMap<V> empty() {
        return (KeyMap<V>) EMPTY;
    }

    public int size() {
        return size(root);
    }

    public Optional<V> get(String key) {
        Node<V> at = root;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order == 0) {
                return Optional.of(at.value);
            }
            at = order < 0 ? at.left : at.right;
        }
        return Optional.empty();
    }

    /** This map with a key set to a value. */
    public KeyMap<V> with(String key, V value) {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
        return new KeyMap<>(put(root, key, value));
    }

    /** This map without a key; the same map if it had none. */
    public KeyMap<V> without(String key) {
        return get(key).isEmpty() ? this : new KeyMap<>(remove(root, key));
    }

    /** Calls {@code visitor} for each key in order. */
    public void forEach(BiConsumer<String, V> visitor) {
        visit(root, visitor);
    }

    /** All values in key order. */
    public List<V> values() {
        List<V> all = new ArrayList<>(size());
        forEach((key, value) -> all.add(value));
        return all;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // only to save the work; unequal roots are compared
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyMap<?> map
                && (root == map.root || values().equals(map.values()));
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return values().toString();
    }

    private static <V> Node<V> put(@Nullable Node<V> at, String key, V value) {
        if (at == null) {
            return node(key, value, null, null);
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return node(key, value, at.left, at.right);
        }
        if (above(key, at.key)) {
            Split<V> parts = split(at, key);
            return node(key, value, parts.left, parts.right);
        }
        return order < 0
                ? node(at.key, at.value, put(at.left, key, value), at.right)
                : node(at.key, at.value, at.left, put(at.right, key, value));
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> at, String key) {
        if (at == null) {
            return null;
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return merge(at.left, at.right);
        }
        return order < 0
                ? node(at.key, at.value, remove(at.left, key), at.right)
                : node(at.key, at.value, at.left, remove(at.right, key));
    }

    private static <V> Split<V> split(@Nullable Node<V> at, String key) {
        if (at == null) {
            return new Split<>(null, null);
        }
        if (key.compareTo(at.key) < 0) {
            Split<V> parts = split(at.left, key);
            return new Split<>(parts.left, node(at.key, at.value, parts.right, at.right));
        }
        Split<V> parts = split(at.right, key);
        return new Split<>(node(at.key, at.value, at.left, parts.left), parts.right);
    }

    private static <V> @Nullable Node<V> merge(@Nullable Node<V> left, @Nullable Node<V> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return above(left.key, right.key)
                ? node(left.key, left.value, left.left, merge(left.right, right))
                : node(right.key, right.value, merge(left, right.left), right.right);
    }

    private static <V> void visit(@Nullable Node<V> at, BiConsumer<String, V> visitor) {
        if (at != null) {
            visit(at.left, visitor);
            visitor.accept(at.key, at.value);
            visit(at.right, visitor);
        }
    }

    private static <V> Node<V> node(
            String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
        return new Node<>(key, value, size(left) + 1 + size(right), left, right);
    }

    private static int size(@Nullable Node<?> node) {
        return node == null ? 0 : node.size;
    }

    private static boolean above(String key, String other) {
        int byPriority = Integer.compare(priority(key), priority(other));
        return byPriority != 0 ? byPriority > 0 : key.compareTo(other) > 0;
    }

    /** The finalizer of MurmurHash3: spreads the poor hash of texts. */
    private static int priority(String key) {
        int hash = key.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }
}
