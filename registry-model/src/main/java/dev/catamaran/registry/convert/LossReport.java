package dev.catamaran.registry.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a conversion could not carry, record by record.
 *
 * @param losses blocking ones first, then by rule and record
 */
public record LossReport(List<Loss> losses) {

    private static final Comparator<Loss> ORDER =
            Comparator.comparing(Loss::blocking)
                    .reversed()
                    .thenComparing(Loss::rule)
                    .thenComparing(Loss::key);

    public static final LossReport NONE = new LossReport(List.of());

    public LossReport {
        losses = losses.stream().sorted(ORDER).toList();
    }

    /** All reports in one. */
    public static LossReport of(Collection<LossReport> reports) {
        List<Loss> all = new ArrayList<>();
        reports.forEach(report -> all.addAll(report.losses));
        return new LossReport(all);
    }

    public boolean isEmpty() {
        return losses.isEmpty();
    }

    /** Those that a switch must wait for. */
    public List<Loss> blocking() {
        return losses.stream().filter(Loss::blocking).toList();
    }

    /** How many records each rule names, by the rule's id. */
    public SortedMap<String, Integer> counts() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        losses.forEach(loss -> counts.merge(loss.rule(), 1, Integer::sum));
        return Collections.unmodifiableSortedMap(counts);
    }

    /** This report and another. */
    public LossReport plus(LossReport other) {
        return of(List.of(this, other));
    }
}
