package dev.catamaran.registry.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Collects the bytes of one value after another and gives their SHA-256. Different sequences of
 * calls never give the same bytes: whole numbers have a fixed width, everything else its length in
 * front. One hasher serves a whole path of a tree, so that its buffer and its digest are made once;
 * it belongs to one call and is not shared between threads.
 */
final class Hasher {

    /** Large enough for common records; it is made anew for each change. */
    private static final int FIRST_SIZE = 384;

    static final int HASH_BYTES = 32;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Only ever copied: that is many times cheaper than to ask the security providers again. */
    private static final MessageDigest UNUSED = unused();

    private final MessageDigest sha256;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;
    private final byte[] hash = new byte[HASH_BYTES];

    Hasher() {
        try {
            sha256 = (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    Hasher tag(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    Hasher flag(boolean value) {
        return tag(value ? 1 : 0);
    }

    Hasher whole(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    Hasher number(double value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, Double.doubleToLongBits(value));
        size += Long.BYTES;
        return this;
    }

    /**
     * The number of chars and each as one to three bytes. Half a surrogate pair keeps its value
     * here, while the JDK's UTF-8 encoder would make the same question mark of all of them, and two
     * records with the same bytes.
     */
    Hasher text(String value) {
        int length = value.length();
        whole(length);
        reserve(3 * length);
        byte[] to = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xc0 | (c >> 6));
                to[at++] = (byte) (0x80 | (c & 0x3f));
            } else {
                to[at++] = (byte) (0xe0 | (c >> 12));
                to[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                to[at++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        size = at;
        return this;
    }

    /** A hash, which has a fixed length. */
    Hasher hash(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    Hasher texts(Set<String> values) {
        whole(values.size());
        values.forEach(this::text);
        return this;
    }

    /** Entries in the map's order, which must be sorted by name. */
    Hasher labels(Map<String, String> labels) {
        whole(labels.size());
        labels.forEach((name, value) -> text(name).text(value));
        return this;
    }

    /** The hash of all since the last one; to be copied by who keeps it. The next begins anew. */
    byte[] finish() {
        sha256.update(bytes, 0, size);
        size = 0;
        return digest();
    }

    /** The hash of these bytes; to be copied by who keeps it. */
    byte[] of(byte[] whole) {
        sha256.update(whole, 0, whole.length);
        return digest();
    }

    private byte[] digest() {
        try {
            sha256.digest(hash, 0, HASH_BYTES);
            return hash;
        } catch (DigestException e) {
            throw new AssertionError("a SHA-256 has " + HASH_BYTES + " bytes", e);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
