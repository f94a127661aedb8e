package dev.catamaran.judgement;

import java.util.Locale;

/**
 * The rules of the judge by name. {@code docs/reference/decisions.md} tells each with an example
 * and what to do; a test holds the two together.
 */
public enum Rule {
    // moves
    /** An operator's order is followed. */
    ORDERED,
    /** A policy moves the cluster without an order. */
    AUTOMATIC,
    /** Sealed, drained, equal: the switch goes through. */
    SWITCH_COMPLETE,

    // orders
    /** Nothing stands in the way; it waits for an operator's word. */
    ORDER_NEEDED,
    ALREADY_THERE,
    NO_SUCH_STEP,
    CONFIRM_NEEDED,
    FINALIZED_IS_FINAL,
    HELD,
    NOT_HELD,
    DOWNGRADE_POLICY,

    // members
    NO_QUORUM,
    UNKNOWN_VERSION,
    STALE_REPORT,
    UNREACHABLE,
    MEMBER_BEHIND,
    MEMBER_BROKEN,
    BELOW_TARGET,
    NOT_CATAMARAN,
    NOT_PLANNED_PRESENT,
    REAL_2X_TOO_EARLY,
    OLD_MEMBER_UNPROVED,
    OLD_MEMBER_PRESENT,

    // mirror
    MIRROR_NOT_RUNNING,
    STALE_EPOCH,
    NO_FULL_PASS,
    SOURCE_INCOMPLETE,
    MIRROR_BEHIND,
    DIGESTS_DIFFER,
    QUARANTINE,
    NEVER_BALANCING,
    LOSSY_RECORDS,

    // fence
    SWITCH_UNDER_WAY,
    FENCE_TIMEOUT,
    FENCE_PROBLEM,
    FELL_BACK;

    /** Stable name, as in answers, logs and documents: {@code unknown-version}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
