package dev.catamaran.registry.v2;

import dev.catamaran.registry.decode.DecodeException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object of a 2.x payload: its type and the values of its fields. Reading never makes objects of
 * the sender's choice; these are all there is. Compared by identity, as the wire's back references
 * are.
 */
final class WireObject {

    private final WireType type;
    private final String[] fields;
    private final @Nullable Object[] values;

    /** An object with the fields that the newest servers give it. */
    WireObject(WireType type) {
        this(type, type.fieldNames());
    }

    /**
     * An object with fields of its own: older servers lack some.
     *
     * @param fields shared with other objects of the payload; never changed
     */
    WireObject(WireType type, String[] fields) {
        this.type = type;
        this.fields = fields;
        this.values = new Object[fields.length];
    }

    /** Names of the fields in their order on the wire; not to be changed. */
    String[] fields() {
        return fields;
    }

    void setAt(int index, @Nullable Object value) {
        values[index] = value;
    }

    @Nullable Object getAt(int index) {
        return values[index];
    }

    WireType type() {
        return type;
    }

    WireObject set(String field, @Nullable Object value) {
        int index = indexOf(field);
        if (index < 0) {
            throw new IllegalArgumentException(where(field) + " is no field");
        }
        values[index] = value;
        return this;
    }

    /** The value of a field; null if it is null or absent. */
    @Nullable Object get(String field) {
        int index = indexOf(field);
        return index < 0 ? null : values[index];
    }

    private int indexOf(String field) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].equals(field)) {
                return i;
            }
        }
        return -1;
    }

    /** Text of a field; {@code missing} if it is absent or null. */
    String text(String field, String missing) {
        Object value = get(field);
        if (value == null) {
            return missing;
        }
        if (value instanceof String text) {
            return wellFormed(text, field);
        }
        throw notA("text", field);
    }

    /** Half a surrogate pair would not come back from the 1.x form. */
    private String wellFormed(String text, String field) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new DecodeException("has half a surrogate pair", where(field));
        }
        return text;
    }

    /** Text of a field that must be there. */
    String text(String field) {
        String text = text(field, "");
        if (text.isBlank()) {
            throw new DecodeException("is missing", where(field));
        }
        return text;
    }

    boolean flag(String field, boolean missing) {
        Object value = get(field);
        if (value == null) {
            return missing;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw notA("truth value", field);
    }

    int whole(String field, int most) {
        Object value = get(field);
        if (value == null) {
            return 0;
        }
        if (value instanceof Integer whole && whole >= 0 && whole <= most) {
            return whole;
        }
        throw notA("whole number from 0 to " + most, field);
    }

    /** A finite number; 0 if absent. Minus zero is zero: the wire cannot tell them apart. */
    double number(String field) {
        Object value = get(field);
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue() + 0.0;
        }
        throw notA("finite number", field);
    }

    /** An object of one of the types given. */
    WireObject object(String field, WireType... types) {
        if (get(field) instanceof WireObject object && List.of(types).contains(object.type)) {
            return object;
        }
        throw notA(List.of(types).toString(), field);
    }

    boolean isNull(String field) {
        return get(field) == null;
    }

    /** Elements of a list or set; none if it is absent. */
    Collection<?> elements(String field) {
        Object value = get(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> elements) {
            return elements;
        }
        throw notA("list", field);
    }

    /** Entries of a map; none if it is absent. */
    Map<?, ?> map(String field) {
        Object value = get(field);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw notA("map", field);
    }

    /** A map from text to text, without the keys of {@code without}. */
    SortedMap<String, String> labels(String field, List<String> without) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map(field).entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw notA("map from text to text", field);
            }
            if (!without.contains(name)) {
                if (!(entry.getValue() instanceof String text)) {
                    throw notA("map from text to text", field + "." + name);
                }
                labels.put(wellFormed(name, field), wellFormed(text, field));
            }
        }
        return labels;
    }

    DecodeException notA(String wanted, String field) {
        return new DecodeException("is no " + wanted, where(field));
    }

    private String where(String field) {
        return type + "." + field;
    }
}
