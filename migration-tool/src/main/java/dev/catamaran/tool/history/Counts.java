package dev.catamaran.tool.history;

import static java.util.stream.Collectors.groupingBy;

import dev.catamaran.registry.records.InstanceKey;
import java.util.Collection;
import java.util.List;

/**
 * How the writes of a span of time ended, counted by operation: one is acknowledged if any of its
 * attempts was, else unknown if any may have been done, else refused.
 *
 * @param acknowledged operations the registry promised to keep
 * @param refused operations certainly not done
 * @param unknown operations of unknown outcome
 * @param retried operations that took more than one attempt
 */
public record Counts(long acknowledged, long refused, long unknown, long retried) {

    private record OperationId(InstanceKey record, long operation) {}

    /** Counts the operations whose last attempt ended in [{@code fromNs}, {@code untilNs}). */
    public static Counts of(Collection<Call> calls, long fromNs, long untilNs) {
        long acknowledged = 0;
        long refused = 0;
        long unknown = 0;
        long retried = 0;
        for (List<Call.Write> attempts : operations(calls)) {
            long endNs = attempts.stream().mapToLong(Call.Write::endNs).max().orElse(0);
            if (endNs < fromNs || endNs >= untilNs) {
                continue;
            }
            switch (outcome(attempts)) {
                case ACKNOWLEDGED -> acknowledged++;
                case REFUSED -> refused++;
                case UNKNOWN -> unknown++;
            }
            retried += attempts.size() > 1 ? 1 : 0;
        }
        return new Counts(acknowledged, refused, unknown, retried);
    }

    private static Collection<List<Call.Write>> operations(Collection<Call> calls) {
        return calls.stream()
                .filter(Call.Write.class::isInstance)
                .map(Call.Write.class::cast)
                .collect(groupingBy(call -> new OperationId(call.record(), call.operation())))
                .values();
    }

    private static Outcome outcome(List<Call.Write> attempts) {
        if (attempts.stream().anyMatch(a -> a.outcome() == Outcome.ACKNOWLEDGED)) {
            return Outcome.ACKNOWLEDGED;
        }
        return attempts.stream().anyMatch(a -> a.outcome() == Outcome.UNKNOWN)
                ? Outcome.UNKNOWN
                : Outcome.REFUSED;
    }
}
