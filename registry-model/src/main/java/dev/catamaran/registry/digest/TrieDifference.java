package dev.catamaran.registry.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the values in which two tries differ, without looking below equal digests. */
final class TrieDifference<V> {

    private final Function<V, byte[]> content;
    private final int limit;
    private final List<V> found = new ArrayList<>();

    private TrieDifference(Function<V, byte[]> content, int limit) {
        this.content = content;
        this.limit = limit;
    }

    /** Values of keys that only one has or both have differently (then the left's), by key. */
    static <V> List<V> between(DigestTrie<V> left, DigestTrie<V> right, int limit) {
        TrieDifference<V> difference = new TrieDifference<>(left.content(), limit);
        difference.compare(left.root(), right.root());
        return difference.found;
    }

    private void compare(@Nullable TrieNode<V> left, @Nullable TrieNode<V> right) {
        if (left == right || found.size() >= limit) {
            return;
        }
        if (left == null || right == null) {
            addAll(left == null ? right : left);
            return;
        }
        int shared = left.shared(right.path, 0);
        if (shared < left.end && shared < right.end) {
            boolean leftFirst = Byte.compareUnsigned(left.path[shared], right.path[shared]) < 0;
            addAll(leftFirst ? left : right);
            addAll(leftFirst ? right : left);
        } else if (left.end < right.end) {
            compareBelow(left, right);
        } else if (right.end < left.end) {
            compareBelow(right, left);
        } else if (!java.util.Arrays.equals(left.digest(content), right.digest(content))) {
            compareEntries(left, right);
            compareChildren(left, right);
        }
    }

    /** {@code lower} can only be equal to what is below one child of {@code upper}. */
    private void compareBelow(TrieNode<V> upper, TrieNode<V> lower) {
        if (upper.entry != null) {
            add(upper.entry.value());
        }
        byte next = lower.path[upper.end];
        int index = upper.childAt(next);
        boolean hasChild = upper.hasChild(index, next);
        upper.children.subList(0, index).forEach(this::addAll);
        compare(hasChild ? upper.children.get(index) : null, lower);
        upper.children
                .subList(hasChild ? index + 1 : index, upper.children.size())
                .forEach(this::addAll);
    }

    private void compareEntries(TrieNode<V> left, TrieNode<V> right) {
        if (left.entry == null || right.entry == null) {
            if (left.entry != null) {
                add(left.entry.value());
            } else if (right.entry != null) {
                add(right.entry.value());
            }
        } else if (!java.util.Arrays.equals(
                content.apply(left.entry.value()), content.apply(right.entry.value()))) {
            add(left.entry.value());
        }
    }

    private void compareChildren(TrieNode<V> left, TrieNode<V> right) {
        int l = 0;
        int r = 0;
        while (l < left.children.size() || r < right.children.size()) {
            TrieNode<V> leftChild = l < left.children.size() ? left.children.get(l) : null;
            TrieNode<V> rightChild = r < right.children.size() ? right.children.get(r) : null;
            int order = order(leftChild, rightChild, left.end);
            compare(order <= 0 ? leftChild : null, order >= 0 ? rightChild : null);
            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }
    }

    private static int order(@Nullable TrieNode<?> left, @Nullable TrieNode<?> right, int at) {
        if (left == null || right == null) {
            return left == null ? 1 : -1;
        }
        return Byte.compareUnsigned(left.path[at], right.path[at]);
    }

    private void addAll(@Nullable TrieNode<V> node) {
        if (node == null || found.size() >= limit) {
            return;
        }
        if (node.entry != null) {
            add(node.entry.value());
        }
        node.children.forEach(this::addAll);
    }

    private void add(V value) {
        if (found.size() < limit) {
            found.add(value);
        }
    }
}
