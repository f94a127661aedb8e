package dev.catamaran.legacyraft.core;

/**
 * Version of the whole set of datums: the ballot of the leader that made it and a count that grows
 * with every change. Two members at the same position hold the same datums.
 *
 * @param ballot ballot of the leader that made this version; 0 for data no member of ours wrote
 * @param index counts changes; 0 for data no member of ours wrote
 */
public record Position(long ballot, long index) implements Comparable<Position> {

    /** Where a set of datums stands that only ever came from foreign files. */
    public static final Position NONE = new Position(0, 0);

    private static final int INDEX_BITS = 32;

    public Position {
        if (ballot < 0 || index < 0) {
            throw new IllegalArgumentException("negative position " + ballot + "/" + index);
        }
    }

    /** The version made by the next change of the same leader. */
    public Position next() {
        return new Position(ballot, index + 1);
    }

    /** One number in the same order, for as long as ballots stay below 2^31 and indexes 2^32. */
    public long packed() {
        return ballot << INDEX_BITS | index;
    }

    @Override
    public int compareTo(Position other) {
        int byBallot = Long.compare(ballot, other.ballot);
        return byBallot != 0 ? byBallot : Long.compare(index, other.index);
    }

    @Override
    public String toString() {
        return ballot + "/" + index;
    }
}
