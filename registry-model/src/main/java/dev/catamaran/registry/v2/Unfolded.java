package dev.catamaran.registry.v2;

import dev.catamaran.registry.decode.DecodeException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a value is once each of its back references is replaced by what it points to, as
 * records are made of it. Two bytes can point to a list of thousands, and thousands to that one; or
 * to a map with one text of half a megabyte.
 */
final class Unfolded {

    private static final long OPEN = -1;

    private final IdentityHashMap<Object, Long> sizes = new IdentityHashMap<>();
    private final Measure measure;
    private final long most;
    private final String where;

    private enum Measure {
        ELEMENTS,
        CHARACTERS
    }

    private Unfolded(Measure measure, long most, String where) {
        this.measure = measure;
        this.most = most;
        this.where = where;
    }

    /**
     * @param elements most elements of the whole value, references unfolded
     * @param characters most characters of all its texts, references unfolded
     * @throws DecodeException if there are more, or if a part of it holds itself
     */
    static void check(Object value, long elements, long characters, String where) {
        new Unfolded(Measure.ELEMENTS, elements, where).size(value, 0);
        new Unfolded(Measure.CHARACTERS, characters, where).size(value, 0);
    }

    private long own(@Nullable Object value) {
        if (measure == Measure.ELEMENTS) {
            return 1;
        }
        return value instanceof String text ? text.length() : 0;
    }

    private long size(@Nullable Object value, int depth) {
        if (!(value instanceof WireObject
                || value instanceof Map<?, ?>
                || value instanceof Collection<?>)) {
            return own(value);
        }
        Long known = sizes.get(value);
        if (known != null) {
            if (known == OPEN) {
                throw new DecodeException("refers to itself", where);
            }
            return known;
        }
        if (depth > Hessian.MAX_DEPTH) {
            throw new DecodeException("is nested deeper than " + Hessian.MAX_DEPTH, where);
        }
        sizes.put(value, OPEN);
        long size = own(value);
        if (value instanceof WireObject object) {
            for (int i = 0; i < object.fields().length; i++) {
                size = sum(size, size(object.getAt(i), depth + 1));
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size = sum(size, size(entry.getKey(), depth + 1));
                size = sum(size, size(entry.getValue(), depth + 1));
            }
        } else {
            for (Object element : (Collection<?>) value) {
                size = sum(size, size(element, depth + 1));
            }
        }
        sizes.put(value, size);
        return size;
    }

    private long sum(long one, long other) {
        if (one + other > most) {
            throw new DecodeException(
                    "unfolds to more than " + most + " " + measure.name().toLowerCase(Locale.ROOT),
                    where);
        }
        return one + other;
    }
}
