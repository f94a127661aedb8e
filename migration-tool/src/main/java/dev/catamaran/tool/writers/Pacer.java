package dev.catamaran.tool.writers;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Hands out turns at an even rate. Turns nobody took are not made up for: after a pause clients go
 * on at their rate, they do not storm.
 */
final class Pacer {

    private static final long SECOND_NS = 1_000_000_000L;

    private final LongSupplier nanoClock;
    private final long intervalNs;
    private long nextNs;

    Pacer(int turnsPerSecond, LongSupplier nanoClock) {
        if (turnsPerSecond < 1) {
            throw new IllegalArgumentException("fewer than one turn per second");
        }
        this.nanoClock = nanoClock;
        this.intervalNs = SECOND_NS / turnsPerSecond;
        this.nextNs = nanoClock.getAsLong();
    }

    /** When the caller's turn is; every call gets a turn of its own. */
    synchronized long takeTurn() {
        long nowNs = nanoClock.getAsLong();
        long turnNs = Math.max(nowNs, nextNs);
        nextNs = turnNs + intervalNs;
        return turnNs;
    }

    /** Waits for the caller's turn. */
    void await() {
        long turnNs = takeTurn();
        long nowNs = nanoClock.getAsLong();
        while (nowNs < turnNs) {
            LockSupport.parkNanos(turnNs - nowNs);
            nowNs = nanoClock.getAsLong();
        }
    }
}
