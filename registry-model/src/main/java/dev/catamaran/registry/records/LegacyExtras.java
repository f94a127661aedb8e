package dev.catamaran.registry.records;

import java.util.SortedMap;

/**
 * Fields of a 1.x record that the 2.x form has no place for, by name, each as the JSON text it was
 * read with. They stay with the legacy stack, come back on a downgrade, do not count in digests,
 * and are listed in the loss report when they hold more than their defaults.
 *
 * @param fields field name to JSON text, sorted by name
 */
public record LegacyExtras(SortedMap<String, String> fields) {

    /**
     * Before the name of a label that has no text, as in {@code metadata.zone}: 1.x keeps the name
     * with a null, which no other form of a label can hold.
     */
    public static final String LABEL = "metadata.";

    /**
     * Name of what keeps the other instance of a list that names one instance twice with different
     * fields; 1.x servers do not write it.
     */
    public static final String DUPLICATE = "duplicate";

    public static final LegacyExtras NONE = new LegacyExtras(FrozenMap.empty());

    public LegacyExtras {
        fields = FrozenMap.copyOf(fields);
    }

    /** The same with one more field. */
    public LegacyExtras with(String field, String json) {
        return new LegacyExtras(FrozenMap.copyOf(fields).with(field, json));
    }

    /** The names only: what they hold may be secret. */
    @Override
    public String toString() {
        return "LegacyExtras" + fields.keySet();
    }
}
