package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong with a group's store.
 *
 * @param kind which rule it breaks
 * @param where file or index that shows it
 * @param what what is wrong there
 * @param todo what the operator can do
 */
public record StoreFinding(Kind kind, String where, String what, String todo) {

    public StoreFinding {
        requireNonNull(kind, "kind is null");
        requireNonNull(where, "where is null");
        requireNonNull(what, "what is null");
        requireNonNull(todo, "todo is null");
    }

    /** Whether the store counts as lost. */
    public boolean isDamage() {
        return kind.damage;
    }

    /** The finding in one line. */
    public String text() {
        return what + " (" + where + "). " + todo;
    }

    /** The rules of spec jraft-disk 5.1. */
    public enum Kind {
        /** There is no log folder, or no database in it. */
        LOG_MISSING(true),
        /** The last record of the write-ahead log is incomplete: a crash, or something cut it. */
        TORN_TAIL(true),
        /** The write-ahead log is damaged in its middle. */
        DAMAGED_WAL(true),
        /** The database cannot be read for another reason: a table, its manifest, permissions. */
        UNREADABLE(true),
        /** Written by a RocksDB newer than the one at hand. */
        FUTURE_ROCKSDB(true),
        /** Something else than entries under the keys of entries. */
        BAD_KEY(true),
        /** Entries are missing between others, or before the first. */
        GAP(true),
        /** An entry stands under the key of another. */
        WRONG_INDEX(true),
        /** A term is lower than the one before it. */
        TERM_FALLS(true),
        /** The bytes are no entry. */
        UNDECODABLE(true),
        /** JRaft's own checksum of the entry does not fit. */
        BAD_CHECKSUM(true),
        /** A configuration entry differs between the two column families. */
        FAMILIES_DIFFER(true),
        /** A member's name that JRaft cannot read. */
        BAD_PEER(true),
        /** Term and vote are missing or unreadable. */
        BAD_VOTE(true),
        /** The vote's term is below the last entry's. */
        TERM_BEHIND_LOG(true),
        /** The snapshot cannot be read, or a file of it is missing or was changed. */
        BAD_SNAPSHOT(true),
        /** Snapshot and log do not meet. */
        SNAPSHOT_GAP(true),
        /** The store is being written while it is read: facts may lag behind. */
        IN_USE(false),
        /** Left by something that was interrupted; harmless. */
        LEFTOVER(false);

        private final boolean damage;

        Kind(boolean damage) {
            this.damage = damage;
        }
    }
}
