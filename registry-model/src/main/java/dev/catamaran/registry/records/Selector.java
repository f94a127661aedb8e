package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.TreeSet;

/** Which consumers a service's instances are shown to (spec: legacy-raft 2.4, jraft-groups 3.3). */
public sealed interface Selector {

    /** Shows all instances to all. */
    record None() implements Selector {}

    /**
     * Shows instances by consumer labels.
     *
     * @param expression the expression as written by the operator
     * @param labels label names the expression uses
     */
    record Label(String expression, Set<String> labels) implements Selector {
        public Label {
            requireNonNull(expression, "expression is null");
            labels = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        }
    }
}
