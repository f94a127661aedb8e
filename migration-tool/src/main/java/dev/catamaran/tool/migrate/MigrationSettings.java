package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.tool.live.Interface;
import dev.catamaran.tool.live.ServerAddress;

/**
 * What is to be carried where and how.
 *
 * @param from the source
 * @param to the target
 * @param fromAccess how to read the source if it is live
 * @param toAccess how to read and write the target
 * @param by the interface to write by
 * @param perSecond most writes begun per second; 0 is no limit
 * @param mirror whether what only the target has is to go
 * @param limits how much may go before a person must confirm
 * @param leaveBehind whether to carry the rest where the target cannot hold some of the records;
 *     else nothing is written
 */
public record MigrationSettings(
        Source from,
        ServerAddress to,
        Access fromAccess,
        Access toAccess,
        Interface by,
        int perSecond,
        boolean mirror,
        ReconcileLimits limits,
        boolean leaveBehind) {

    public MigrationSettings {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
    }

    /** Settings of a migration that leaves nothing behind. */
    public MigrationSettings(
            Source from,
            ServerAddress to,
            Access fromAccess,
            Access toAccess,
            Interface by,
            int perSecond,
            boolean mirror,
            ReconcileLimits limits) {
        this(from, to, fromAccess, toAccess, by, perSecond, mirror, limits, false);
    }
}
