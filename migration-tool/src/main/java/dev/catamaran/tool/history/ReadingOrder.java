package dev.catamaran.tool.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether the readings of one record from one running member only went forwards.
 *
 * <p>A member may trail the others, so any earlier state is a fair answer; what it may not do is
 * show an older state after a newer one. Each reading is given the earliest position in the order
 * of writes that explains it and does not lie before that of any reading which had ended when it
 * began.
 */
final class ReadingOrder {

    private record Placed(Call.Read read, int position) {}

    private final RecordHistory history;
    private final List<Call.Write> effects;

    ReadingOrder(RecordHistory history) {
        this.history = history;
        this.effects = history.effects();
    }

    /** The readings that went backwards, in the order in which they were made. */
    List<Call.Read> backwards(List<Call.Read> readsOfOneMember) {
        List<Placed> placed = new ArrayList<>();
        List<Call.Read> wrong = new ArrayList<>();
        List<Call.Read> ordered =
                readsOfOneMember.stream()
                        .sorted(Comparator.comparingLong(Call.Read::startNs))
                        .toList();
        for (Call.Read read : ordered) {
            int floor = floorFor(read, placed);
            int position = earliestFrom(floor, read);
            if (position <= effects.size()) {
                placed.add(new Placed(read, position));
            } else if (history.couldBe(read.value(), read.endNs()) && !mayBeLate(read)) {
                wrong.add(read);
            }
        }
        return wrong;
    }

    private static int floorFor(Call.Read read, List<Placed> placed) {
        return placed.stream()
                .filter(before -> before.read().endNs() < read.startNs())
                .mapToInt(Placed::position)
                .max()
                .orElse(0);
    }

    /** Position 0 is the absence before the first write; i is the state after the i-th effect. */
    private int earliestFrom(int floor, Call.Read read) {
        if (floor == 0 && read.value().equals(Value.ABSENT)) {
            return 0;
        }
        for (int i = Math.max(floor, 1); i <= effects.size(); i++) {
            Call.Write write = effects.get(i - 1);
            if (write.value().equals(read.value()) && write.startNs() <= read.endNs()) {
                return i;
            }
        }
        return effects.size() + 1;
    }

    private boolean mayBeLate(Call.Read read) {
        return effects.stream()
                .anyMatch(
                        write ->
                                write.outcome() == Outcome.UNKNOWN
                                        && write.value().equals(read.value())
                                        && write.startNs() <= read.endNs());
    }
}
