package dev.catamaran.server.stack;

import static java.util.Objects.requireNonNull;

/** How a submitted command ended. */
public sealed interface WriteResult {

    /** Committed by a majority; it will not be lost. */
    record Done() implements WriteResult {}

    /**
     * Certainly not executed, and never will be: the sender may try again at once or later.
     *
     * @param because what stood in the way (no leader, fenced, another epoch)
     */
    record NotNow(String because) implements WriteResult {
        public NotNow {
            requireNonNull(because, "because is null");
        }
    }

    /**
     * Perhaps executed, perhaps not, perhaps later: must never be reported as a failure, and never
     * be repeated behind the client's back.
     *
     * @param because what was lost (time, connection, leadership)
     */
    record Unknown(String because) implements WriteResult {
        public Unknown {
            requireNonNull(because, "because is null");
        }
    }

    /**
     * Refused for what it is; trying again will not help.
     *
     * @param because what is wrong with it
     */
    record Rejected(String because) implements WriteResult {
        public Rejected {
            requireNonNull(because, "because is null");
        }
    }
}
