package dev.catamaran.tool.rebuild;

import java.util.Comparator;

/**
 * How far the 1.x raft of a home had come, which keeps its records as files and not in a group.
 *
 * @param files how many records
 * @param term its term
 * @param newest greatest timestamp of a record, the version the 1.x raft compares by
 */
public record LegacyMark(int files, long term, long newest) implements Comparable<LegacyMark> {

    private static final Comparator<LegacyMark> ADVANCE =
            Comparator.comparingLong(LegacyMark::term)
                    .thenComparingLong(LegacyMark::newest)
                    .thenComparingInt(LegacyMark::files);

    @Override
    public int compareTo(LegacyMark other) {
        return ADVANCE.compare(this, other);
    }

    /** Where it stands, for people. */
    public String text() {
        return files + " records of the 1.x raft, term " + term;
    }
}
