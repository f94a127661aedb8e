package dev.catamaran.registry.reconcile;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ServiceKey;

/**
 * One place where two tables or two views differ.
 *
 * @param service the service; of the switches, the name under which 1.x keeps them
 * @param record the record inside it: {@code service}, {@code cluster C}, {@code instance
 *     ip:port#C}, {@code override of ip:port#C}; or {@code switches}. For people: two records of
 *     hostile names may read alike
 * @param kind whether the right side has the record more, less, or otherwise
 * @param field the field that differs; empty unless {@link Kind#CHANGED}
 * @param left what the left side holds; empty if nothing
 * @param right what the right side holds; empty if nothing
 */
public record Difference(
        ServiceKey service, String record, Kind kind, String field, String left, String right) {

    /** What became of a record on the way from the left side to the right one. */
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
