package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.Digest;
import dev.catamaran.registry.digest.RegistryTable;
import java.time.Duration;

/**
 * Compares both stacks, and tells a difference that stays from one that is on its way: a write that
 * has just reached the source, or a copy that this member has not applied yet, makes both differ
 * while nothing waits any more. Touched by the mirror's thread only.
 */
final class Balance {

    /** A copy is applied everywhere in a fraction of this; what differs longer differs for good. */
    static final Duration SETTLED = Duration.ofSeconds(2);

    private Digest legacy = RegistryTable.EMPTY.digest();
    private Digest jraft = RegistryTable.EMPTY.digest();
    private long sinceNanos;

    /**
     * Both stacks as they were looked at.
     *
     * @param legacy digest of the legacy stack
     * @param jraft digest of the JRaft stack
     * @param onItsWay whether they differ and one of them has changed within {@link #SETTLED}
     * @param standsMs for how long neither has changed, in milliseconds
     */
    record Look(Digest legacy, Digest jraft, boolean onItsWay, long standsMs) {
        Look {
            requireNonNull(legacy, "legacy is null");
            requireNonNull(jraft, "jraft is null");
        }
    }

    Look look(Digest legacyNow, Digest jraftNow, long nowNanos) {
        if (!legacyNow.equals(legacy) || !jraftNow.equals(jraft)) {
            legacy = legacyNow;
            jraft = jraftNow;
            sinceNanos = nowNanos;
        }
        long standsNanos = nowNanos - sinceNanos;
        boolean onItsWay = !legacy.equals(jraft) && standsNanos < SETTLED.toNanos();
        return new Look(legacy, jraft, onItsWay, standsNanos / 1_000_000);
    }
}
