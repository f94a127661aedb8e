package dev.catamaran.tool.report;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.history.Counts;
import dev.catamaran.tool.history.Finding;
import java.util.List;

/**
 * All that a rehearsal showed.
 *
 * @param verdict the end of it
 * @param because why, in one line
 * @param durationMs how long it took
 * @param baseRecords records the homes held
 * @param writes how all writes ended
 * @param tally what was found, counted
 * @param longestWritePauseMs longest time without an acknowledged write, kills included
 * @param longestSwitchPauseMs the same over the planned switches alone
 * @param readsAnswered readings that were answered
 * @param readsFailed readings without an answer
 * @param steps all steps begun
 * @param members all members
 * @param findings about written records
 * @param baseFindings about the homes' records
 * @param timeline for the drawing
 */
public record RehearsalReport(
        Verdict verdict,
        String because,
        long durationMs,
        long baseRecords,
        Counts writes,
        Tally tally,
        long longestWritePauseMs,
        long longestSwitchPauseMs,
        long readsAnswered,
        long readsFailed,
        List<StepReport> steps,
        List<MemberReport> members,
        List<Finding> findings,
        List<BaseFinding> baseFindings,
        Timeline timeline) {

    /** How a rehearsal ends. */
    public enum Verdict {
        /** Every step was taken and nothing was lost. */
        PASSED,
        /** Something was lost, or a step could not be taken. */
        FAILED
    }

    public RehearsalReport {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(because, "because is null");
        steps = List.copyOf(steps);
        members = List.copyOf(members);
        findings = List.copyOf(findings);
        baseFindings = List.copyOf(baseFindings);
        requireNonNull(timeline, "timeline is null");
    }
}
