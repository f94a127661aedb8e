package dev.catamaran.registry.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Node of a {@link DigestTrie}: all entries whose keys begin with the first {@link #end} bytes of
 * {@link #path}. Its shape follows from the set of keys alone, never from their order of arrival,
 * and so does its digest. At least two entries lie under a node without an entry of its own.
 */
final class TrieNode<V> {

    /** An entry that ends at a node. */
    record Entry<V>(byte[] key, V value, int instances, int records) {}

    private static final int LEAF = 0;
    private static final int BRANCH = 1;

    /** Some key below; only its first {@code end} bytes mean this node. */
    final byte[] path;

    final int end;
    final @Nullable Entry<V> entry;

    /** In the order of their byte at {@code end}. */
    final List<TrieNode<V>> children;

    final int size;
    final int instances;
    final int records;

    /** Computed when first asked for; two threads compute the same. */
    private volatile byte @Nullable [] digest;

    TrieNode(byte[] path, int end, @Nullable Entry<V> entry, List<TrieNode<V>> children) {
        this.path = path;
        this.end = end;
        this.entry = entry;
        this.children = children;
        int allSizes = entry == null ? 0 : 1;
        int allInstances = entry == null ? 0 : entry.instances();
        int allRecords = entry == null ? 0 : entry.records();
        for (TrieNode<V> child : children) {
            allSizes += child.size;
            allInstances += child.instances;
            allRecords += child.records;
        }
        this.size = allSizes;
        this.instances = allInstances;
        this.records = allRecords;
    }

    static <V> TrieNode<V> leaf(Entry<V> entry) {
        return new TrieNode<>(entry.key(), entry.key().length, entry, List.of());
    }

    /** Number of leading bytes that {@code key} and this node share, known to be {@code from}. */
    int shared(byte[] key, int from) {
        int most = Math.min(end, key.length);
        int at = Arrays.mismatch(path, from, most, key, from, most);
        return at < 0 ? most : from + at;
    }

    /** Index of the child for a key that goes on with {@code next}, or where it would be. */
    int childAt(byte next) {
        int index = 0;
        while (index < children.size()
                && Byte.compareUnsigned(children.get(index).path[end], next) < 0) {
            index++;
        }
        return index;
    }

    /** Whether the child at {@code index} is the one for {@code next}. */
    boolean hasChild(int index, byte next) {
        return index < children.size() && children.get(index).path[end] == next;
    }

    void forEach(Consumer<V> consumer) {
        if (entry != null) {
            consumer.accept(entry.value());
        }
        for (TrieNode<V> child : children) {
            child.forEach(consumer);
        }
    }

    byte[] digest(Function<V, byte[]> content) {
        byte[] known = digest;
        if (known == null) {
            known = compute(content);
            digest = known;
        }
        return known;
    }

    /** A lone entry counts the same wherever it hangs: the node's own place does not matter. */
    private byte[] compute(Function<V, byte[]> content) {
        byte[] own = entry == null ? new byte[0] : leafDigest(entry, content);
        if (children.isEmpty()) {
            return own;
        }
        CanonicalBytes bytes = new CanonicalBytes().tag(BRANCH).flag(entry != null).raw(own);
        for (TrieNode<V> child : children) {
            bytes.raw(child.digest(content));
        }
        return sha256(bytes.toBytes());
    }

    private static <V> byte[] leafDigest(Entry<V> entry, Function<V, byte[]> content) {
        return sha256(
                new CanonicalBytes()
                        .tag(LEAF)
                        .whole(entry.key().length)
                        .raw(entry.key())
                        .raw(content.apply(entry.value()))
                        .toBytes());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
