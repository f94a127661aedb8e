package dev.catamaran.tool.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries every order in which the writes of one record may have taken effect. Slow and obvious, to
 * hold the checker against.
 */
final class BruteForce {

    private final List<Call.Write> effects;
    private final long lateNs;
    private final Set<Value> ends = new HashSet<>();
    private boolean readsExplained;

    BruteForce(List<Call> calls, long lateNs) {
        this.effects =
                calls.stream()
                        .filter(Call.Write.class::isInstance)
                        .map(Call.Write.class::cast)
                        .filter(write -> write.outcome() != Outcome.REFUSED)
                        .toList();
        this.lateNs = lateNs;
        List<Call.Read> reads =
                calls.stream()
                        .filter(Call.Read.class::isInstance)
                        .map(Call.Read.class::cast)
                        .sorted(Comparator.comparingLong(Call.Read::startNs))
                        .toList();
        extend(new ArrayList<>(), Long.MIN_VALUE, reads);
    }

    Set<Value> possibleEnds() {
        return ends;
    }

    /** Whether some order lets every member's readings go forwards only. */
    boolean readsExplained() {
        return readsExplained;
    }

    /** {@code atNs} is the earliest time at which the next effect can take place. */
    private void extend(List<Call.Write> order, long atNs, List<Call.Read> reads) {
        boolean allAcknowledgedPlaced =
                effects.stream()
                        .filter(write -> write.outcome() == Outcome.ACKNOWLEDGED)
                        .allMatch(order::contains);
        if (allAcknowledgedPlaced) {
            ends.add(order.isEmpty() ? Value.ABSENT : order.get(order.size() - 1).value());
            readsExplained |= explains(order, reads);
        }
        for (Call.Write write : effects) {
            long earliest = Math.max(atNs, write.startNs());
            if (!order.contains(write) && earliest <= latestNs(write)) {
                List<Call.Write> longer = new ArrayList<>(order);
                longer.add(write);
                extend(longer, earliest, reads);
            }
        }
    }

    private long latestNs(Call.Write write) {
        if (write.outcome() == Outcome.ACKNOWLEDGED) {
            return write.endNs();
        }
        return lateNs == Long.MAX_VALUE ? Long.MAX_VALUE : write.endNs() + lateNs;
    }

    /** Readings are all of one member and do not overlap. */
    private static boolean explains(List<Call.Write> order, List<Call.Read> reads) {
        int position = 0;
        for (Call.Read read : reads) {
            position = firstFrom(position, order, read);
            if (position > order.size()) {
                return false;
            }
        }
        return true;
    }

    private static int firstFrom(int from, List<Call.Write> order, Call.Read read) {
        for (int i = from; i <= order.size(); i++) {
            Value state = i == 0 ? Value.ABSENT : order.get(i - 1).value();
            boolean begun = order.subList(0, i).stream().allMatch(w -> w.startNs() <= read.endNs());
            if (begun && state.equals(read.value())) {
                return i;
            }
        }
        return order.size() + 1;
    }
}
