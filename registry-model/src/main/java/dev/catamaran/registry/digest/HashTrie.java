package dev.catamaran.registry.digest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map with a digest: a trie over the SHA-256 of the keys, hashed like a Merkle tree. A
 * value hangs at the first level at which it is alone, so there is one shape and one digest per set
 * of values, whatever the order of their arrival; and the depth is that of random keys, whoever
 * chose the names, short of work on SHA-256 itself.
 *
 * @param kind what keys and values are
 * @param root a value, or a {@link Branch} with at least two below; absent if the map is empty
 * @param digest hash of all values; of none, the hash of nothing
 */
record HashTrie<K, V>(Kind<K, V> kind, @Nullable Object root, byte[] digest) {

    /** Children a branch has at most. */
    static final int SLOTS = 16;

    private static final int BITS_A_LEVEL = 4;
    private static final byte[] DIGEST_OF_NONE = new Hasher().finish().clone();

    /** What the trie must know of its keys and values. No value is a {@link Branch}. */
    interface Kind<K, V> {
        K key(V value);

        /** A hash of the key; different keys have different ones. */
        byte[] place(K key, Hasher hasher);

        /**
         * A hash of all in the value that counts in digests, its key and their owners' included.
         */
        byte[] digest(V value, Hasher hasher);

        /** The value that a node is. */
        @SuppressWarnings("unchecked") // what is no branch is a value
        default V value(Object node) {
            return (V) node;
        }
    }

    /** Makes of a key's value, if there is one, what it shall be, if anything. */
    interface Edit<V> {
        @Nullable V of(@Nullable V known);
    }

    /**
     * A node with children.
     *
     * @param slots a bit for each slot that is taken; also in the form, which is large and need not
     *     be read on the way down
     * @param form what its hash is made of: a tag, the slots, and the hashes of the children side
     *     by side, so that hashing it touches no child
     * @param children values and branches, in the order of their slots
     */
    record Branch(int slots, byte[] form, Object[] children) {

        /**
         * What is kept of a child's SHA-256: 192 bits, so that two sets with one digest take
         * somebody 2^96 tries to find, and a quarter less to hash and to hold.
         */
        static final int KEPT_BYTES = 24;

        private static final int HEADER = 3;

        static Branch of(int slots, Object[] children) {
            byte[] form = new byte[offset(children.length)];
            form[0] = Canonical.BRANCH;
            form[1] = (byte) (slots >>> 8);
            form[2] = (byte) slots;
            return new Branch(slots, form, children);
        }

        /** Where the hash of a child begins in the form. */
        static int offset(int index) {
            return HEADER + index * KEPT_BYTES;
        }

        boolean has(int slot) {
            return (slots >>> slot & 1) != 0;
        }

        int index(int slot) {
            return Integer.bitCount(slots & ((1 << slot) - 1));
        }

        @Nullable Object child(int slot) {
            return has(slot) ? children[index(slot)] : null;
        }

        void hash(int index, byte[] hash) {
            System.arraycopy(hash, 0, form, offset(index), KEPT_BYTES);
        }

        /** The branch with another child at a place that is taken; its hash is still to be set. */
        Branch replaced(int index, Object child) {
            Object[] others = children.clone();
            others[index] = child;
            return new Branch(slots, form.clone(), others);
        }

        /** The branch with one more child; its hash is still to be set. */
        Branch inserted(int slot, Object child) {
            int index = index(slot);
            Object[] more = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(children, index, more, index + 1, children.length - index);
            more[index] = child;
            Branch branch = of(slots | (1 << slot), more);
            int at = offset(index);
            System.arraycopy(form, HEADER, branch.form, HEADER, at - HEADER);
            System.arraycopy(form, at, branch.form, offset(index + 1), form.length - at);
            return branch;
        }

        Branch removed(int slot) {
            int index = index(slot);
            Object[] fewer = Arrays.copyOf(children, children.length - 1);
            System.arraycopy(children, index + 1, fewer, index, fewer.length - index);
            Branch branch = of(slots & ~(1 << slot), fewer);
            int at = offset(index);
            System.arraycopy(form, HEADER, branch.form, HEADER, at - HEADER);
            System.arraycopy(form, offset(index + 1), branch.form, at, branch.form.length - at);
            return branch;
        }
    }

    static <K, V> HashTrie<K, V> empty(Kind<K, V> kind) {
        return new HashTrie<>(kind, null, DIGEST_OF_NONE);
    }

    /** A map of values whose keys are all different. */
    static <K, V> HashTrie<K, V> of(Kind<K, V> kind, Collection<V> values, Hasher hasher) {
        if (values.isEmpty()) {
            return empty(kind);
        }
        TrieBuild<K, V> build = new TrieBuild<>(kind, values, hasher);
        Object root = build.root();
        return new HashTrie<>(kind, root, build.hash().clone());
    }

    /** Which child of a branch a key takes. */
    static int slot(byte[] place, int level) {
        if (level == 2 * place.length) {
            throw new AssertionError("two keys have one SHA-256");
        }
        int pair = place[level >> 1] & 0xff;
        return (level & 1) == 0 ? pair >>> BITS_A_LEVEL : pair & (SLOTS - 1);
    }

    boolean isEmpty() {
        return root == null;
    }

    /** Whether both are one map, not only equal ones. */
    boolean same(HashTrie<K, V> other) {
        return root == other.root;
    }

    @Nullable V get(K key, Hasher hasher) {
        byte[] place = kind.place(key, hasher);
        Object node = root;
        for (int level = 0; node instanceof Branch branch; level++) {
            node = branch.child(slot(place, level));
        }
        if (node == null) {
            return null;
        }
        V value = kind.value(node);
        return kind.key(value).equals(key) ? value : null;
    }

    HashTrie<K, V> with(V value, Hasher hasher) {
        return change(kind.key(value), known -> value, hasher);
    }

    HashTrie<K, V> without(K key, Hasher hasher) {
        return change(key, known -> null, hasher);
    }

    /** The map with another value for a key; itself if that is the same object. */
    HashTrie<K, V> change(K key, Edit<V> edit, Hasher hasher) {
        TrieChange<K, V> change = new TrieChange<>(kind, key, edit, hasher);
        Object changed = change.at(root, 0);
        if (changed == root) {
            return this;
        }
        return changed == null ? empty(kind) : new HashTrie<>(kind, changed, change.hash().clone());
    }

    /** The map of what {@code edit} makes of each value, under its old key. */
    HashTrie<K, V> select(Edit<V> edit, Hasher hasher) {
        List<V> kept = new ArrayList<>();
        forEach(
                value -> {
                    V some = edit.of(value);
                    if (some != null) {
                        kept.add(some);
                    }
                });
        return of(kind, kept, hasher);
    }

    void forEach(Consumer<V> consumer) {
        if (root != null) {
            forEach(root, consumer);
        }
    }

    private void forEach(Object node, Consumer<V> consumer) {
        if (node instanceof Branch branch) {
            for (Object child : branch.children) {
                forEach(child, consumer);
            }
        } else {
            consumer.accept(kind.value(node));
        }
    }
}
