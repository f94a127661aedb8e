package dev.catamaran.tool.writers;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.history.Outcome;

/**
 * What a client learnt from one attempt to write.
 *
 * @param outcome done, not done, or unknown
 * @param detail what the server or the connection said, in one line; empty when all is well
 * @param permanent whether trying the same again elsewhere is pointless
 */
record Answer(Outcome outcome, String detail, boolean permanent) {

    static final Answer DONE = new Answer(Outcome.ACKNOWLEDGED, "", false);

    Answer {
        requireNonNull(outcome, "outcome is null");
        requireNonNull(detail, "detail is null");
    }

    static Answer refused(String detail) {
        return new Answer(Outcome.REFUSED, detail, false);
    }

    static Answer rejected(String detail) {
        return new Answer(Outcome.REFUSED, detail, true);
    }

    static Answer unknown(String detail) {
        return new Answer(Outcome.UNKNOWN, detail, false);
    }
}
