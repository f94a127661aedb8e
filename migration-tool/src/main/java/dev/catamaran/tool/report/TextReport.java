package dev.catamaran.tool.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The report for people at a terminal. */
public final class TextReport {

    /** A loss shows its pattern in its first twenty. */
    private static final int MAX_FINDINGS = 20;

    private static final String LINE =
            "%9s  %-58s %-9s %7s %6s %5s %5s %8s %6s%n".replace("%n", "");

    private TextReport() {}

    /** The report as lines. */
    public static String of(RehearsalReport report) {
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(
                text,
                LINE.formatted(
                        "began", "step", "phase", "took", "acked", "ref.", "unkn.", "pause",
                        "lag"));
        for (StepReport step : report.steps()) {
            step(text, step);
        }
        line(text, "");
        members(text, report.members());
        line(
                text,
                "writes      %d acknowledged, %d refused, %d unknown; %d needed a retry"
                        .formatted(
                                report.writes().acknowledged(),
                                report.writes().refused(),
                                report.writes().unknown(),
                                report.writes().retried()));
        line(
                text,
                "reads       %d answered, %d without an answer, %d went backwards"
                        .formatted(
                                report.readsAnswered(),
                                report.readsFailed(),
                                report.tally().backwards()));
        line(
                text,
                "pauses      %d ms at the longest, %d ms at a planned switch"
                        .formatted(report.longestWritePauseMs(), report.longestSwitchPauseMs()));
        line(
                text,
                ("records     %d of the homes; lost %d, resurrected %d, duplicated %d, phantom %d;"
                                + " late effects %d")
                        .formatted(
                                report.baseRecords(),
                                report.tally().lost(),
                                report.tally().resurrected(),
                                report.tally().duplicated(),
                                report.tally().phantom(),
                                report.tally().late()));
        findings(text, report);
        line(text, "");
        line(text, report.verdict() + ": " + report.because());
        return text.toString();
    }

    private static void step(StringBuilder text, StepReport step) {
        line(
                text,
                LINE.formatted(
                        seconds(step.startMs()),
                        step.title(),
                        step.phase(),
                        seconds(step.durationMs()),
                        step.writes().acknowledged(),
                        step.writes().refused(),
                        step.writes().unknown(),
                        step.longestWritePauseMs() + "ms",
                        step.maxLagRecords()));
        if (!step.note().isEmpty()) {
            line(text, "           " + (step.ok() ? "" : "FAILED: ") + step.note());
        }
    }

    private static void members(StringBuilder text, List<MemberReport> members) {
        for (MemberReport member : members) {
            line(
                    text,
                    "member      %s ready after %s, at the slowest %s; %d MiB resident"
                            .formatted(
                                    member.address(),
                                    seconds(member.firstReadyMs()),
                                    seconds(member.slowestReadyMs()),
                                    member.maxResidentKib() / 1024));
        }
    }

    private static void findings(StringBuilder text, RehearsalReport report) {
        List<String> all =
                Stream.concat(
                                report.baseFindings().stream().map(BaseFinding::text),
                                report.findings().stream()
                                        .sorted(java.util.Comparator.comparing(f -> f.kind()))
                                        .map(finding -> finding.text()))
                        .toList();
        all.stream().limit(MAX_FINDINGS).forEach(finding -> line(text, "found       " + finding));
        if (all.size() > MAX_FINDINGS) {
            line(text, "            and " + (all.size() - MAX_FINDINGS) + " more");
        }
    }

    /** Seconds with one digit after the point. */
    static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1fs", ms / 1000.0);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
