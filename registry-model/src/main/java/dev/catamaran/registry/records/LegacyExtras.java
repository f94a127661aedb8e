package dev.catamaran.registry.records;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fields of a 1.x record that the 2.x form has no place for, by name, each as the JSON text it was
 * read with. They stay with the legacy stack, come back on a downgrade, do not count in digests,
 * and are listed in the loss report when they hold more than their defaults.
 *
 * @param fields field name to JSON text, sorted by name
 */
public record LegacyExtras(SortedMap<String, String> fields) {

    public static final LegacyExtras NONE = new LegacyExtras(new TreeMap<>());

    public LegacyExtras {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
}
