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

    public static final LegacyExtras NONE = new LegacyExtras(FrozenMap.empty());

    public LegacyExtras {
        fields = FrozenMap.copyOf(fields);
    }

    /** The names only: what they hold may be secret. */
    @Override
    public String toString() {
        return "LegacyExtras" + fields.keySet();
    }
}
