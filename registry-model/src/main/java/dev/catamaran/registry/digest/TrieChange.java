package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.HashTrie.Branch;
import dev.catamaran.registry.digest.HashTrie.Edit;
import dev.catamaran.registry.digest.HashTrie.Kind;
import org.jspecify.annotations.Nullable;

/** One change of one key of a trie, on its way down and, hashing, back up. */
final class TrieChange<K, V> {

    /** Two lines of a cache: processors fetch them in pairs. */
    private static final int READ_AHEAD_BYTES = 128;

    private final Kind<K, V> kind;
    private final K key;
    private final Edit<V> edit;
    private final Hasher hasher;
    private final byte[] place;

    /** Hash of the node changed last. */
    private byte[] hash = new byte[0];

    /** Of no meaning; see {@link #readAhead}. */
    private int ahead;

    TrieChange(Kind<K, V> kind, K key, Edit<V> edit, Hasher hasher) {
        this.kind = kind;
        this.key = key;
        this.edit = edit;
        this.hasher = hasher;
        this.place = kind.place(key, hasher).clone();
    }

    byte[] hash() {
        return hash;
    }

    /** What stands in the place of a node after the change; the same object if it is none. */
    @Nullable Object at(@Nullable Object node, int level) {
        if (node instanceof Branch branch) {
            return below(branch, level);
        }
        V known = node == null ? null : kind.value(node);
        if (known != null && kind.key(known).equals(key)) {
            V changed = edit.of(known);
            return changed == known || changed == null ? changed : hashed(changed);
        }
        V added = edit.of(null);
        if (added == null) {
            return node;
        }
        return known == null ? hashed(added) : apart(known, added, level);
    }

    private V hashed(V value) {
        hash = kind.digest(value, hasher);
        return value;
    }

    private Object hashed(Branch branch) {
        hash = hasher.of(branch.form());
        return branch;
    }

    private Object below(Branch branch, int level) {
        int slot = HashTrie.slot(place, level);
        int index = branch.index(slot);
        Object child = branch.child(slot);
        readAhead(branch.form());
        Object changed = at(child, level + 1);
        if (changed == child) {
            return branch;
        }
        Object[] children = branch.children();
        if (changed == null) {
            if (children.length == 2 && !(children[1 - index] instanceof Branch)) {
                return hashed(kind.value(children[1 - index]));
            }
            return hashed(branch.removed(slot));
        }
        if (child != null && children.length == 1 && !(changed instanceof Branch)) {
            return changed;
        }
        Branch with =
                child == null ? branch.inserted(slot, changed) : branch.replaced(index, changed);
        with.hash(index, hash);
        return hashed(with);
    }

    /**
     * Looks at a form that will be hashed on the way up, so that it comes from memory while the way
     * down waits for the nodes below: in a large tree one wait after the other is most of a change.
     */
    private void readAhead(byte[] form) {
        int sum = ahead;
        for (int i = 0; i < form.length; i += READ_AHEAD_BYTES) {
            sum += form[i];
        }
        ahead = sum + form[form.length - 1];
    }

    /** Both values, below as many branches as their places have in common. */
    private Object apart(V known, V added, int level) {
        byte[] knownPlace = kind.place(kind.key(known), hasher).clone();
        int depth = level;
        while (HashTrie.slot(knownPlace, depth) == HashTrie.slot(place, depth)) {
            depth++;
        }
        int knownSlot = HashTrie.slot(knownPlace, depth);
        int addedSlot = HashTrie.slot(place, depth);
        int knownIndex = knownSlot < addedSlot ? 0 : 1;
        Branch branch = Branch.of((1 << knownSlot) | (1 << addedSlot), new Object[2]);
        branch.children()[knownIndex] = hashed(known);
        branch.hash(knownIndex, hash);
        branch.children()[1 - knownIndex] = hashed(added);
        branch.hash(1 - knownIndex, hash);
        while (true) {
            hash = hasher.of(branch.form());
            if (depth == level) {
                return branch;
            }
            depth--;
            Branch above = Branch.of(1 << HashTrie.slot(place, depth), new Object[] {branch});
            above.hash(0, hash);
            branch = above;
        }
    }
}
