package dev.catamaran.tool.report;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.history.Counts;

/**
 * How one step went.
 *
 * @param title what was done
 * @param phase phase of the cluster when it ended; empty before the first member answered
 * @param startMs when it began, milliseconds since the rehearsal began
 * @param durationMs how long it took
 * @param writes how the writes that ended during it ended
 * @param longestWritePauseMs longest time without an acknowledged write that belongs to it
 * @param plannedSwitch whether it was a switch of stacks in which nobody was killed
 * @param maxLagRecords most records the mirror trailed by
 * @param maxLagMs longest time the mirror trailed by
 * @param digest digest of the primary stack's records at its end; empty where none was told
 * @param note what an operator should know of it; empty when nothing
 * @param ok whether it did what it was for
 */
public record StepReport(
        String title,
        String phase,
        long startMs,
        long durationMs,
        Counts writes,
        long longestWritePauseMs,
        boolean plannedSwitch,
        long maxLagRecords,
        long maxLagMs,
        String digest,
        String note,
        boolean ok) {
    public StepReport {
        requireNonNull(title, "title is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(writes, "writes is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(note, "note is null");
    }
}
