package dev.catamaran.registry.reconcile;

/**
 * How much a reconcile may delete before a person must say so (house rule: more than 20 % or more
 * than 1,000 records at once is a mass delete).
 *
 * @param maxDeletes most records removed in one pass
 * @param maxDeleteShare most records removed as a share (0 to 1) of what the target holds; applies
 *     only from {@code shareFloor} records on, so that small registries can shrink
 * @param shareFloor number of target records below which the share does not apply
 */
public record ReconcileLimits(int maxDeletes, double maxDeleteShare, int shareFloor) {

    public static final ReconcileLimits DEFAULT = new ReconcileLimits(1_000, 0.20, 50);

    /** For a pass that a person has confirmed. */
    public static final ReconcileLimits CONFIRMED =
            new ReconcileLimits(Integer.MAX_VALUE, 1.0, Integer.MAX_VALUE);
}
