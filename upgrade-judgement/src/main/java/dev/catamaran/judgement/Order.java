package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

/** What an operator wants. */
public sealed interface Order {

    /** Longest text of a reason or a name; longer ones are refused before they become an order. */
    int TEXT_LIMIT = 500;

    /**
     * Move the cluster to a phase.
     *
     * @param to the phase wanted
     * @param dryRun only say what would happen
     * @param confirm the operator knows that there is no way back; needed for FINALIZED
     * @param reason why, in the operator's words
     * @param by who
     */
    record MoveTo(Phase to, boolean dryRun, boolean confirm, String reason, String by)
            implements Order {
        public MoveTo {
            requireNonNull(to, "to is null");
            check(reason, "reason");
            check(by, "by");
        }
    }

    /**
     * Stop every move until released.
     *
     * @param reason why, in the operator's words
     * @param by who
     */
    record Hold(String reason, String by) implements Order {
        public Hold {
            check(reason, "reason");
            check(by, "by");
        }
    }

    /**
     * Lift a hold.
     *
     * @param by who
     */
    record Release(String by) implements Order {
        public Release {
            check(by, "by");
        }
    }

    private static void check(String text, String name) {
        requireNonNull(text, name + " is null");
        if (text.length() > TEXT_LIMIT) {
            throw new IllegalArgumentException(
                    name + " has " + text.length() + " characters, at most " + TEXT_LIMIT);
        }
    }
}
