package dev.catamaran.tool.report;

import static java.util.Objects.requireNonNull;

/**
 * A record of the homes that a stack does not hold as the homes did.
 *
 * @param record which record
 * @param where stack and member
 * @param what what differs, in one line
 * @param added whether the stack holds it although no home did
 */
public record BaseFinding(String record, String where, String what, boolean added) {
    public BaseFinding {
        requireNonNull(record, "record is null");
        requireNonNull(where, "where is null");
        requireNonNull(what, "what is null");
    }

    /** One line for people. */
    public String text() {
        return (added ? "ADDED " : "LOST ") + record + " in " + where + ": " + what;
    }
}
