package dev.catamaran.registry.digest;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Collects bytes such that different sequences of values never give the same bytes: whole numbers
 * have a fixed width, everything else its length in front.
 */
final class CanonicalBytes {

    private static final int FIRST_SIZE = 256;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    CanonicalBytes tag(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    CanonicalBytes flag(boolean value) {
        return tag(value ? 1 : 0);
    }

    CanonicalBytes whole(int value) {
        reserve(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    CanonicalBytes number(double value) {
        long bits = Double.doubleToLongBits(value);
        return whole((int) (bits >>> 32)).whole((int) bits);
    }

    CanonicalBytes raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    CanonicalBytes text(String value) {
        byte[] encoded = utf8(value);
        return whole(encoded.length).raw(encoded);
    }

    CanonicalBytes texts(Set<String> values) {
        whole(values.size());
        values.forEach(this::text);
        return this;
    }

    /** Entries in the map's order, which must be sorted by name. */
    CanonicalBytes labels(Map<String, String> labels) {
        whole(labels.size());
        labels.forEach((name, value) -> text(name).text(value));
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /**
     * UTF-8, but half a surrogate pair keeps its value: the JDK's encoder would make the same
     * question mark of all of them, and two records with the same bytes.
     */
    static byte[] utf8(String text) {
        byte[] bytes = new byte[3 * text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xc0 | (c >> 6));
                bytes[size++] = (byte) (0x80 | (c & 0x3f));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int code = Character.toCodePoint(c, text.charAt(i + 1));
                i++;
                bytes[size++] = (byte) (0xf0 | (code >> 18));
                bytes[size++] = (byte) (0x80 | ((code >> 12) & 0x3f));
                bytes[size++] = (byte) (0x80 | ((code >> 6) & 0x3f));
                bytes[size++] = (byte) (0x80 | (code & 0x3f));
            } else {
                bytes[size++] = (byte) (0xe0 | (c >> 12));
                bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                bytes[size++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        return Arrays.copyOf(bytes, size);
    }
}
