package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * What the 1.x raft of a home keeps, as files and not in a group. Nothing in it says for certain
 * which of two is the newer one: terms of followers fall back at a restart, and deletes leave no
 * trace (spec: legacy-raft 4 and 9). So the one with more records is preferred, and a difference is
 * told.
 *
 * @param files how many records
 * @param term its term
 * @param digest of names and contents
 */
public record LegacyMark(int files, long term, String digest) implements Comparable<LegacyMark> {

    private static final Comparator<LegacyMark> PREFERENCE =
            Comparator.comparingInt(LegacyMark::files)
                    .thenComparingLong(LegacyMark::term)
                    .thenComparing(LegacyMark::digest);

    public LegacyMark {
        requireNonNull(digest, "digest is null");
    }

    @Override
    public int compareTo(LegacyMark other) {
        return PREFERENCE.compare(this, other);
    }

    /** What it holds, for people. */
    public String text() {
        return files + " records, term " + term;
    }
}
