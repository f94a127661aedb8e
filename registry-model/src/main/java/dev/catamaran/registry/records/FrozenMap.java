package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that never changes, as two arrays: a tenth of a {@code TreeMap}'s memory for the
 * handful of entries that records hold, and copied by one {@code memcpy} when one entry changes.
 * Keys stand in their natural order, whatever the order of the map they come from.
 */
@SuppressWarnings("JdkObsolete") // the records speak of SortedMap; more is not needed
final class FrozenMap<K extends Comparable<? super K>, V> extends AbstractMap<K, V>
        implements SortedMap<K, V> {

    private static final FrozenMap<String, Object> EMPTY =
            new FrozenMap<>(new Object[0], new Object[0]);

    private final Object[] keys;
    private final Object[] values;

    private FrozenMap(Object[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** The same entries, frozen; the same map if it is already. */
    static <K extends Comparable<? super K>, V> FrozenMap<K, V> copyOf(Map<K, V> map) {
        if (map instanceof FrozenMap<K, V> frozen) {
            return frozen;
        }
        if (map.isEmpty()) {
            return empty();
        }
        boolean sorted = map instanceof SortedMap<K, V> known && known.comparator() == null;
        SortedMap<K, V> natural = sorted ? (SortedMap<K, V>) map : natural(map);
        Object[] keys = new Object[natural.size()];
        Object[] values = new Object[keys.length];
        int at = 0;
        for (Map.Entry<K, V> entry : natural.entrySet()) {
            keys[at] = requireNonNull(entry.getKey(), "a key is null");
            values[at] = requireNonNull(entry.getValue(), "a value is null");
            at++;
        }
        return new FrozenMap<>(keys, values);
    }

    private static <K, V> SortedMap<K, V> natural(Map<K, V> map) {
        SortedMap<K, V> natural = new TreeMap<>();
        natural.putAll(map);
        return natural;
    }

    @SuppressWarnings("unchecked") // holds nothing
    static <K extends Comparable<? super K>, V> FrozenMap<K, V> empty() {
        return (FrozenMap<K, V>) EMPTY;
    }

    /** The map with one more or another entry; itself if that entry is there. */
    FrozenMap<K, V> with(K key, V value) {
        int at = find(key);
        if (at >= 0) {
            if (values[at].equals(value)) {
                return this;
            }
            Object[] changed = values.clone();
            changed[at] = value;
            return new FrozenMap<>(keys, changed);
        }
        return new FrozenMap<>(inserted(keys, -at - 1, key), inserted(values, -at - 1, value));
    }

    /**
     * The map with another value in the place of one that it holds. Looks for that object by going
     * through the array, which is copied anyway, and reads no key.
     */
    FrozenMap<K, V> replaced(V known, V value) {
        int at = 0;
        while (values[at] != known) {
            at++;
        }
        Object[] changed = values.clone();
        changed[at] = value;
        return new FrozenMap<>(keys, changed);
    }

    private static Object[] inserted(Object[] array, int at, Object value) {
        Object[] more = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, more, at + 1, array.length - at);
        more[at] = value;
        return more;
    }

    /** The map without a key; itself if that is not there. */
    FrozenMap<K, V> without(K key) {
        int at = find(key);
        return at < 0 ? this : new FrozenMap<>(removed(keys, at), removed(values, at));
    }

    private static Object[] removed(Object[] array, int at) {
        Object[] fewer = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }

    /** This map made of the other's keys and values where they are equal; the other if all are. */
    FrozenMap<K, V> sharing(FrozenMap<K, V> other) {
        Object[] sharedKeys = keys;
        Object[] sharedValues = values;
        int theirs = 0;
        int same = 0;
        for (int i = 0; i < keys.length; i++) {
            theirs = other.next(theirs, keys[i]);
            if (theirs == other.keys.length || compare(other.keys[theirs], keys[i]) != 0) {
                continue;
            }
            sharedKeys = with(sharedKeys, keys, i, other.keys[theirs]);
            if (values[i] == other.values[theirs] || values[i].equals(other.values[theirs])) {
                sharedValues = with(sharedValues, values, i, other.values[theirs]);
                same++;
            }
        }
        if (same == keys.length && same == other.keys.length) {
            return other;
        }
        return sharedKeys == keys && sharedValues == values
                ? this
                : new FrozenMap<>(sharedKeys, sharedValues);
    }

    /** The array with another element, copied first if it is still the original. */
    private static Object[] with(Object[] array, Object[] original, int index, Object element) {
        if (array[index] == element) {
            return array;
        }
        Object[] changed = array == original ? original.clone() : array;
        changed[index] = element;
        return changed;
    }

    /** Index of the first key from an index on that is not before another. */
    private int next(int from, Object key) {
        int at = from;
        while (at < keys.length && compare(keys[at], key) < 0) {
            at++;
        }
        return at;
    }

    /**
     * Names the values that are not the same objects as before, each with the one of the same key
     * before it or after it.
     */
    void eachChange(FrozenMap<K, V> before, Change<? super V> sink) {
        int old = 0;
        int now = 0;
        while (old < before.keys.length || now < keys.length) {
            boolean both = old < before.keys.length && now < keys.length;
            if (both && before.values[old] == values[now]) {
                old++;
                now++;
                continue;
            }
            int order = both ? compare(before.keys[old], keys[now]) : now < keys.length ? 1 : -1;
            sink.changed(order <= 0 ? before.value(old) : null, order >= 0 ? value(now) : null);
            old += order <= 0 ? 1 : 0;
            now += order >= 0 ? 1 : 0;
        }
    }

    /** Takes what became of a value. */
    interface Change<V> {
        void changed(@Nullable V before, @Nullable V after);
    }

    @SuppressWarnings("unchecked") // both are keys of such maps
    private int compare(Object one, Object other) {
        return one == other ? 0 : ((K) one).compareTo((K) other);
    }

    private int find(Object key) {
        return Arrays.binarySearch(keys, requireNonNull(key, "key is null"));
    }

    @SuppressWarnings("unchecked") // only keys were put there
    private K key(int index) {
        return (K) keys[index];
    }

    @SuppressWarnings("unchecked") // only values were put there
    private V value(int index) {
        return (V) values[index];
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) >= 0;
    }

    @Override
    public @Nullable V get(Object key) {
        int at = find(key);
        return at < 0 ? null : value(at);
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(key(i), value(i));
        }
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < keys.length;
                    }

                    @Override
                    public Map.Entry<K, V> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        Map.Entry<K, V> entry = Map.entry(key(next), value(next));
                        next++;
                        return entry;
                    }
                };
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FrozenMap<?, ?> frozen
                ? this == other
                        || (Arrays.equals(keys, frozen.keys)
                                && Arrays.equals(values, frozen.values))
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        return null;
    }

    @Override
    public SortedMap<K, V> subMap(K from, K to) {
        int first = insertion(from);
        int end = insertion(to);
        if (first > end) {
            throw new IllegalArgumentException("from is beyond to");
        }
        return range(first, end);
    }

    @Override
    public SortedMap<K, V> headMap(K to) {
        return range(0, insertion(to));
    }

    @Override
    public SortedMap<K, V> tailMap(K from) {
        return range(insertion(from), keys.length);
    }

    private int insertion(K key) {
        int at = find(key);
        return at < 0 ? -at - 1 : at;
    }

    private FrozenMap<K, V> range(int from, int to) {
        return new FrozenMap<>(
                Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public K firstKey() {
        return key(existing(0));
    }

    @Override
    public K lastKey() {
        return key(existing(keys.length - 1));
    }

    private int existing(int index) {
        if (keys.length == 0) {
            throw new NoSuchElementException("the map is empty");
        }
        return index;
    }
}
