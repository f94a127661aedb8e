package dev.catamaran.tool.history;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceKey;
import java.util.List;

/**
 * One call of a client and what came of it. Times are nanoseconds since the rehearsal began, taken
 * before the first byte was sent and after the answer (or the loss of it) was known.
 */
public sealed interface Call {

    /** Which record it was about. */
    InstanceKey record();

    /** Which member was asked; a client that chooses by itself is named instead. */
    String member();

    long startNs();

    long endNs();

    /**
     * One attempt to write. Attempts of one operation carry the same {@code operation} and write
     * the same value.
     *
     * @param record which record
     * @param operation number of the operation; grows with time per record
     * @param attempt number of the attempt within the operation, from 1
     * @param value what the record is to be afterwards; {@link Value.Absent} deregisters
     * @param member who was asked
     * @param startNs before sending
     * @param endNs when the outcome was known
     * @param outcome what the client was told
     */
    record Write(
            InstanceKey record,
            long operation,
            int attempt,
            Value value,
            String member,
            long startNs,
            long endNs,
            Outcome outcome)
            implements Call {
        public Write {
            requireNonNull(record, "record is null");
            requireNonNull(value, "value is null");
            requireNonNull(member, "member is null");
            requireNonNull(outcome, "outcome is null");
            if (value instanceof Value.Foreign) {
                throw new IllegalArgumentException("nobody writes a foreign value");
            }
            if (endNs < startNs) {
                throw new IllegalArgumentException("a call ends after it starts");
            }
        }
    }

    /**
     * One reading.
     *
     * @param record which record was looked for
     * @param member who was asked
     * @param incarnation counts the starts of that member; a restarted one may know less at first.
     *     {@link #ORDERLESS} where the client asks whom it likes: such readings have no order
     * @param startNs before sending
     * @param endNs when the answer was there
     * @param seen every appearance of the record in the answer; empty if it was absent, more than
     *     one if it was duplicated
     */
    record Read(
            InstanceKey record,
            String member,
            int incarnation,
            long startNs,
            long endNs,
            List<Value> seen)
            implements Call {

        /** No member was started so often. */
        public static final int ORDERLESS = -1;

        public Read {
            requireNonNull(record, "record is null");
            requireNonNull(member, "member is null");
            seen = List.copyOf(seen);
            if (endNs < startNs) {
                throw new IllegalArgumentException("a call ends after it starts");
            }
        }

        /** What the record was, judged by its first appearance. */
        public Value value() {
            return seen.isEmpty() ? Value.ABSENT : seen.get(0);
        }
    }
}
