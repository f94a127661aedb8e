package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.digest.RecordPair;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.reconcile.Difference.Kind;
import dev.catamaran.registry.records.RegistryRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Where two tables or two views differ, record by record and field by field. */
public final class Diff {

    private static final String MASK = "***";
    private static final String NONE = "";

    private static final Comparator<Difference> ORDER =
            Comparator.comparing(Difference::service)
                    .thenComparing(Difference::record)
                    .thenComparing(Difference::kind)
                    .thenComparing(Difference::field)
                    .thenComparing(Difference::left)
                    .thenComparing(Difference::right);

    private Diff() {}

    /**
     * Differences in what both worlds can hold, in the order of services and of their records'
     * names. Records are matched by their keys, never by names made for people. Costs no more than
     * the records that differ: equal subtrees are skipped by their digests.
     *
     * @param limit most differences answered; which ones depends on the tables alone
     */
    public static List<Difference> between(RegistryTable left, RegistryTable right, int limit) {
        return found(left.differingRecords(right, limit), RecordFields::of, limit);
    }

    /** Differences in everything, overrides and switches included; otherwise the same. */
    public static List<Difference> between(RegistryView left, RegistryView right, int limit) {
        return found(left.differingRecords(right, limit), RecordFields::whole, limit);
    }

    private static List<Difference> found(
            List<RecordPair> pairs,
            Function<RegistryRecord, SortedMap<String, String>> fields,
            int limit) {
        List<Difference> found = new ArrayList<>();
        for (RecordPair pair : pairs) {
            if (pair.left().isEmpty()) {
                RegistryRecord added = pair.right().orElseThrow();
                String text = text(fields.apply(added));
                found.add(difference(added, Kind.ADDED, NONE, NONE, text));
            } else if (pair.right().isEmpty()) {
                RegistryRecord removed = pair.left().get();
                String text = text(fields.apply(removed));
                found.add(difference(removed, Kind.REMOVED, NONE, text, NONE));
            } else {
                addChanges(pair.left().get(), pair.right().get(), fields, found);
            }
        }
        found.sort(ORDER);
        return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
    }

    private static void addChanges(
            RegistryRecord left,
            RegistryRecord right,
            Function<RegistryRecord, SortedMap<String, String>> fieldsOf,
            List<Difference> found) {
        SortedMap<String, String> leftFields = fieldsOf.apply(left);
        SortedMap<String, String> rightFields = fieldsOf.apply(right);
        SortedSet<String> fields = new TreeSet<>(leftFields.keySet());
        fields.addAll(rightFields.keySet());
        for (String field : fields) {
            String leftValue = leftFields.get(field);
            String rightValue = rightFields.get(field);
            if (leftValue == null || !leftValue.equals(rightValue)) {
                boolean secret = RecordFields.isSecret(field);
                found.add(
                        difference(
                                left,
                                Kind.CHANGED,
                                field,
                                leftValue == null ? NONE : secret ? MASK : leftValue,
                                rightValue == null ? NONE : secret ? MASK : rightValue));
            }
        }
    }

    private static Difference difference(
            RegistryRecord record, Kind kind, String field, String left, String right) {
        return new Difference(
                record.service(), RecordFields.name(record), kind, field, left, right);
    }

    private static String text(SortedMap<String, String> fields) {
        fields.replaceAll((field, value) -> RecordFields.isSecret(field) ? MASK : value);
        return fields.toString();
    }
}
