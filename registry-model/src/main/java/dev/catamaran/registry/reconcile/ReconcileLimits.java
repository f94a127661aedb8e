package dev.catamaran.registry.reconcile;

/**
 * How much a reconcile may do at once, and how much it may delete before a person must say so
 * (house rule: more than 20 % or more than 1,000 records at once is a mass delete).
 *
 * @param maxDeletes most records removed in one pass
 * @param maxDeleteShare most records removed as a share (0 to 1) of what the target holds, however
 *     few that are: a primary that lost the little it had must not take the copy with it
 * @param maxCommands most commands in one plan, at least one; the plan says when more remain
 */
public record ReconcileLimits(int maxDeletes, double maxDeleteShare, int maxCommands) {

    /** Some seconds of work for a raft group, so that a plan is not long out of date. */
    public static final int MAX_COMMANDS = 10_000;

    public static final ReconcileLimits DEFAULT = new ReconcileLimits(1_000, 0.20);

    /** For a pass that a person has confirmed. */
    public static final ReconcileLimits CONFIRMED = new ReconcileLimits(Integer.MAX_VALUE, 1.0);

    /**
     * @throws IllegalArgumentException if no command is allowed
     */
    public ReconcileLimits {
        if (maxCommands < 1) {
            throw new IllegalArgumentException("maxCommands is " + maxCommands);
        }
    }

    /** Limits with {@link #MAX_COMMANDS} in one plan. */
    public ReconcileLimits(int maxDeletes, double maxDeleteShare) {
        this(maxDeletes, maxDeleteShare, MAX_COMMANDS);
    }

    /** The same with more or fewer commands in one plan. */
    public ReconcileLimits withMaxCommands(int most) {
        return new ReconcileLimits(maxDeletes, maxDeleteShare, most);
    }
}
