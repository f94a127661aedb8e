package dev.catamaran.tool.history;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceKey;

/**
 * One thing the checker has to say about one record.
 *
 * @param kind what is wrong with it
 * @param record which record
 * @param where the stack and member, or the reading, in which it showed
 * @param expected what the acknowledged writes promise
 * @param found what was there
 */
public record Finding(Kind kind, InstanceKey record, String where, String expected, String found) {

    /** Kinds of finding. The first four break the promise; the last two are told, not judged. */
    public enum Kind {
        /** An acknowledged write is not there any more: the state is older, or gone. */
        LOST(true),
        /** Present although the last acknowledged write removed it. */
        RESURRECTED(true),
        /** The same address more than once in a service. */
        DUPLICATED(true),
        /** Something nobody wrote, or that was refused for certain. */
        PHANTOM(true),
        /** A later reading from the same running member showed an older state. */
        BACKWARDS(false),
        /** A write of unknown outcome took effect after a later acknowledged one. */
        LATE(false);

        private final boolean fatal;

        Kind(boolean fatal) {
            this.fatal = fatal;
        }

        /** Whether it alone turns the verdict red. */
        public boolean fatal() {
            return fatal;
        }
    }

    public Finding {
        requireNonNull(kind, "kind is null");
        requireNonNull(record, "record is null");
        requireNonNull(where, "where is null");
        requireNonNull(expected, "expected is null");
        requireNonNull(found, "found is null");
    }

    /** One line for people. */
    public String text() {
        return kind + " " + record + " in " + where + ": expected " + expected + ", found " + found;
    }
}
