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
 */
public record MigrationSettings(
        Source from,
        ServerAddress to,
        Access fromAccess,
        Access toAccess,
        Interface by,
        int perSecond,
        boolean mirror,
        ReconcileLimits limits) {

    public MigrationSettings {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
    }
}
