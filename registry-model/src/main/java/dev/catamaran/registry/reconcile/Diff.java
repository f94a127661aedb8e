package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Difference.Kind;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where two tables differ, record by record and field by field; 1.x extras do not count. */
public final class Diff {

    private static final String MASK = "***";
    private static final String NONE = "";

    private Diff() {}

    /**
     * The first differences, in the order of services. Costs no more than the services that differ:
     * equal subtrees are skipped by their digests.
     *
     * @param limit most differences answered
     */
    public static List<Difference> between(RegistryTable left, RegistryTable right, int limit) {
        List<Difference> found = new ArrayList<>();
        for (ServiceKey key : left.differing(right, limit)) {
            for (Difference difference : between(key, left.entry(key), right.entry(key))) {
                if (found.size() == limit) {
                    return found;
                }
                found.add(difference);
            }
        }
        return found;
    }

    private static List<Difference> between(
            ServiceKey key, Optional<ServiceEntry> left, Optional<ServiceEntry> right) {
        Map<String, RegistryRecord> leftRecords = records(left);
        Map<String, RegistryRecord> rightRecords = records(right);
        SortedSet<String> names = new TreeSet<>(leftRecords.keySet());
        names.addAll(rightRecords.keySet());
        List<Difference> found = new ArrayList<>();
        for (String name : names) {
            RegistryRecord leftRecord = leftRecords.get(name);
            RegistryRecord rightRecord = rightRecords.get(name);
            if (leftRecord == null && rightRecord != null) {
                String text = text(rightRecord);
                found.add(new Difference(key, name, Kind.ADDED, NONE, NONE, text));
            } else if (rightRecord == null && leftRecord != null) {
                String text = text(leftRecord);
                found.add(new Difference(key, name, Kind.REMOVED, NONE, text, NONE));
            } else if (leftRecord != null && rightRecord != null) {
                addChanges(key, leftRecord, rightRecord, found);
            }
        }
        return found;
    }

    private static void addChanges(
            ServiceKey key, RegistryRecord left, RegistryRecord right, List<Difference> found) {
        SortedMap<String, String> leftFields = RecordFields.of(left);
        SortedMap<String, String> rightFields = RecordFields.of(right);
        SortedSet<String> fields = new TreeSet<>(leftFields.keySet());
        fields.addAll(rightFields.keySet());
        for (String field : fields) {
            String leftValue = leftFields.get(field);
            String rightValue = rightFields.get(field);
            if (leftValue == null || !leftValue.equals(rightValue)) {
                boolean secret = field.equals(RecordFields.SECRET);
                found.add(
                        new Difference(
                                key,
                                RecordFields.name(left),
                                Kind.CHANGED,
                                field,
                                leftValue == null ? NONE : secret ? MASK : leftValue,
                                rightValue == null ? NONE : secret ? MASK : rightValue));
            }
        }
    }

    private static Map<String, RegistryRecord> records(Optional<ServiceEntry> entry) {
        Map<String, RegistryRecord> records = new TreeMap<>();
        entry.ifPresent(
                known ->
                        known.records()
                                .forEach(record -> records.put(RecordFields.name(record), record)));
        return records;
    }

    private static String text(RegistryRecord record) {
        SortedMap<String, String> fields = RecordFields.of(record);
        fields.computeIfPresent(RecordFields.SECRET, (field, secret) -> MASK);
        return fields.toString();
    }
}
