package dev.catamaran.tool.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The writes of one record, and which states they allow.
 *
 * <p>Register semantics: an acknowledged write took effect once between its start and its end; a
 * refused one never; one of unknown outcome once or never, between its start and {@code lateNs}
 * after its end.
 */
final class RecordHistory {

    private final List<Call.Write> writes;
    private final long lateNs;

    RecordHistory(List<Call.Write> writes, long lateNs) {
        this.writes =
                writes.stream().sorted(Comparator.comparingLong(Call.Write::startNs)).toList();
        this.lateNs = lateNs;
    }

    /** The history as it was at {@code atNs}: writes that began later do not count. */
    RecordHistory until(long atNs) {
        return new RecordHistory(
                writes.stream().filter(write -> write.startNs() <= atNs).toList(), lateNs);
    }

    /** States in which the record may be once everything has come to rest. */
    List<Value> allowedAtEnd() {
        long lastStart = lastAcknowledgedStartNs();
        List<Value> allowed = new ArrayList<>();
        writes.stream()
                .filter(write -> mayBeLast(write, lastStart))
                .map(Call.Write::value)
                .forEach(allowed::add);
        if (lastStart == Long.MIN_VALUE) {
            allowed.add(Value.ABSENT);
        }
        return allowed;
    }

    /** Whether {@code value} is allowed at the end only by a write that came in late. */
    boolean isLate(Value value) {
        long lastStart = lastAcknowledgedStartNs();
        List<Call.Write> reasons =
                writes.stream()
                        .filter(write -> write.value().equals(value))
                        .filter(write -> mayBeLast(write, lastStart))
                        .toList();
        return !reasons.isEmpty() && reasons.stream().allMatch(this::isOvertaken);
    }

    /** What the last acknowledged write promises; absent before the first. */
    Value promised() {
        return writes.stream()
                .filter(write -> write.outcome() == Outcome.ACKNOWLEDGED)
                .max(Comparator.comparingLong(Call.Write::endNs))
                .map(Call.Write::value)
                .orElse(Value.ABSENT);
    }

    /** Whether any write that was not refused wrote {@code value} and had begun by {@code atNs}. */
    boolean couldBe(Value value, long atNs) {
        boolean untouched = value.equals(Value.ABSENT);
        return untouched
                || effects().stream()
                        .anyMatch(write -> write.value().equals(value) && write.startNs() <= atNs);
    }

    /** Writes that may have had an effect, by start. */
    List<Call.Write> effects() {
        return writes.stream().filter(write -> write.outcome() != Outcome.REFUSED).toList();
    }

    /** When {@code write} can take effect at the latest. */
    long latestNs(Call.Write write) {
        if (write.outcome() == Outcome.ACKNOWLEDGED) {
            return write.endNs();
        }
        return write.endNs() > Long.MAX_VALUE - lateNs ? Long.MAX_VALUE : write.endNs() + lateNs;
    }

    private boolean mayBeLast(Call.Write write, long lastAcknowledgedStartNs) {
        return write.outcome() != Outcome.REFUSED && latestNs(write) >= lastAcknowledgedStartNs;
    }

    private long lastAcknowledgedStartNs() {
        return writes.stream()
                .filter(write -> write.outcome() == Outcome.ACKNOWLEDGED)
                .mapToLong(Call.Write::startNs)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Whether its outcome is unknown and a later operation was acknowledged. */
    private boolean isOvertaken(Call.Write write) {
        return write.outcome() == Outcome.UNKNOWN
                && writes.stream()
                        .anyMatch(
                                other ->
                                        other.outcome() == Outcome.ACKNOWLEDGED
                                                && other.operation() > write.operation());
    }
}
