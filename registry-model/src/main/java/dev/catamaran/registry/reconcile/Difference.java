package dev.catamaran.registry.reconcile;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ServiceKey;

/**
 * One place where two tables differ.
 *
 * @param service the service
 * @param record the record inside it: {@code service}, {@code cluster C} or {@code instance
 *     ip:port#C}
 * @param kind whether the right table has the record more, less, or otherwise
 * @param field the field that differs; empty unless {@link Kind#CHANGED}
 * @param left what the left table holds; empty if nothing
 * @param right what the right table holds; empty if nothing
 */
public record Difference(
        ServiceKey service, String record, Kind kind, String field, String left, String right) {

    /** What became of a record on the way from the left table to the right one. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    public Difference {
        requireNonNull(service, "service is null");
        requireNonNull(record, "record is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(field, "field is null");
        requireNonNull(left, "left is null");
        requireNonNull(right, "right is null");
    }
}
