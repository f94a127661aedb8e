package dev.catamaran.it.dump;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Everything a client can see of the persistent registry, as one flat table of fields, so that two
 * servers are compared field by field and never by counts. Paths look like {@code
 * DEFAULT_GROUP@@orders/instance/C2/10.1.0.1:9000/weight}.
 *
 * @param fields value of each field by its path
 */
public record RegistryDump(SortedMap<String, String> fields) {

    public RegistryDump {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** The fields that differ, one line each; empty if both say the same. */
    public List<String> differencesTo(RegistryDump expected) {
        SortedSet<String> paths = new TreeSet<>(fields.keySet());
        paths.addAll(expected.fields.keySet());
        List<String> different = new ArrayList<>();
        for (String path : paths) {
            String here = fields.get(path);
            String there = expected.fields.get(path);
            if (!Objects.equals(here, there)) {
                different.add(path + ": " + here + ", expected " + there);
            }
        }
        return different;
    }

    /** The same without the fields whose path does not match. */
    public RegistryDump only(Predicate<String> path) {
        SortedMap<String, String> kept = new TreeMap<>();
        fields.forEach(
                (name, value) -> {
                    if (path.test(name)) {
                        kept.put(name, value);
                    }
                });
        return new RegistryDump(kept);
    }

    /** The same with one field changed or added. */
    public RegistryDump with(String path, String value) {
        SortedMap<String, String> changed = new TreeMap<>(fields);
        changed.put(path, value);
        return new RegistryDump(changed);
    }

    /** How many services it holds, those without instances included. */
    public int services() {
        return count("[^/]+/service/protectThreshold");
    }

    /** How many instances it holds, disabled ones included. */
    public int instances() {
        return count("[^/]+/instance/[^/]+/[^/]+/weight");
    }

    private int count(String path) {
        return (int) fields.keySet().stream().filter(name -> name.matches(path)).count();
    }
}
