package dev.catamaran.tool.report;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report as one page that needs nothing from elsewhere. */
public final class HtmlReport {

    private static final int MAX_FINDINGS = 500;

    private static final String STYLE =
            """
            body{font:14px/1.5 system-ui,sans-serif;margin:2em auto;max-width:1180px;color:#1d2733;
            background:#fff;padding:0 1em}
            h1{font-size:1.5em;margin:0}h2{font-size:1.1em;margin:1.6em 0 .4em}
            .verdict{padding:.7em 1em;border-radius:6px;margin:1em 0;font-size:1.1em}
            .passed{background:#dff3e4;border-left:6px solid #2f9e54}
            .failed{background:#fbe3e1;border-left:6px solid #c9372c}
            table{border-collapse:collapse;width:100%}
            th,td{padding:.25em .6em;border-bottom:1px solid #e3e8ee;text-align:left;
            vertical-align:top}
            th{background:#f5f7fa}.n{text-align:right;font-variant-numeric:tabular-nums}
            .bad{background:#fbe3e1}.note{color:#5a6675;font-size:.92em}
            .mono{font-family:ui-monospace,monospace;font-size:.9em}
            dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:.6em}
            dl div{background:#f5f7fa;border-radius:6px;padding:.5em .8em}
            dt{color:#5a6675;font-size:.88em}dd{margin:0;font-size:1.25em}
            svg{width:100%;height:auto;border:1px solid #e3e8ee;border-radius:6px}
            svg text{font:10px system-ui,sans-serif;fill:#5a6675}
            svg .in{fill:#1d2733;text-anchor:middle;font-size:11px}
            svg .side{text-anchor:end}svg .tick{text-anchor:middle}
            .phase{stroke:#fff}.legacy{fill:#c9d6e6}.mirroring{fill:#f4d58d}.fenced{fill:#e5383b}
            .jraft{fill:#9bd1a9}.finalized{fill:#4fae74}
            .ack{fill:#4a7fb5}.ref{fill:#e8a33d}.unk{fill:#c9372c}
            .axis{stroke:#9aa7b5}.lag{fill:none;stroke:#7b4fb5;stroke-width:1.2}
            .mark{stroke-width:1}.kill{stroke:#c9372c}.ready{stroke:#2f9e54;stroke-dasharray:2 3}
            .order{stroke:#1d2733;stroke-dasharray:5 3}
            svg text.kill{fill:#c9372c;stroke:none}svg text.order{fill:#1d2733;stroke:none}
            """;

    private HtmlReport() {}

    /** The page. */
    public static String of(RehearsalReport report) {
        String verdict = report.verdict().name().toLowerCase(Locale.ROOT);
        return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Rehearsal: %s</title>
        <style>%s</style></head><body>
        <h1>Rehearsal of the upgrade</h1>
        <p class="verdict %s"><b>%s</b>: %s</p>
        %s
        <h2>Timeline</h2>
        %s
        <p class="note">Bars: writes per second, acknowledged above the axis, refused (amber)
        and unknown (red) attempts below. Line: records the mirror trailed by. Red marks: a
        member killed; green: it served again; dashed: an order.</p>
        <h2>Steps</h2>
        %s
        <h2>Members</h2>
        %s
        <h2>Findings</h2>
        %s
        </body></html>
        """
                .formatted(
                        verdict,
                        STYLE,
                        verdict,
                        report.verdict(),
                        Html.escape(report.because()),
                        facts(report),
                        TimelineSvg.of(report.timeline()),
                        steps(report),
                        members(report),
                        findings(report));
    }

    private static String facts(RehearsalReport report) {
        return "<dl>"
                + fact("took", TextReport.seconds(report.durationMs()))
                + fact("acknowledged writes", report.writes().acknowledged())
                + fact("refused writes", report.writes().refused())
                + fact("writes of unknown outcome", report.writes().unknown())
                + fact("records of the homes", report.baseRecords())
                + fact("lost", report.tally().lost())
                + fact("resurrected", report.tally().resurrected())
                + fact("duplicated", report.tally().duplicated())
                + fact("phantom", report.tally().phantom())
                + fact("longest write pause", report.longestWritePauseMs() + " ms")
                + fact("at a planned switch", report.longestSwitchPauseMs() + " ms")
                + fact("readings (backwards)", reads(report))
                + "</dl>";
    }

    private static String reads(RehearsalReport report) {
        return report.readsAnswered() + " (" + report.tally().backwards() + ")";
    }

    private static String fact(String name, Object value) {
        return "<div><dt>"
                + Html.escape(name)
                + "</dt><dd>"
                + Html.escape(String.valueOf(value))
                + "</dd></div>";
    }

    private static String steps(RehearsalReport report) {
        return "<table><tr><th>Began</th><th>Step</th><th>Phase</th><th>Took</th><th>Acked</th>"
                + "<th>Refused</th><th>Unknown</th><th>Longest pause</th><th>Lag</th>"
                + "<th>Digest</th></tr>"
                + report.steps().stream().map(HtmlReport::step).collect(Collectors.joining())
                + "</table>";
    }

    private static String step(StepReport step) {
        String note =
                step.note().isEmpty()
                        ? ""
                        : "<div class=\"note\">" + Html.escape(step.note()) + "</div>";
        return (step.ok() ? "<tr>" : "<tr class=\"bad\">")
                + Html.number(TextReport.seconds(step.startMs()))
                + "<td>"
                + Html.escape(step.title())
                + note
                + "</td>"
                + Html.cell(step.phase())
                + Html.number(TextReport.seconds(step.durationMs()))
                + Html.number(step.writes().acknowledged())
                + Html.number(step.writes().refused())
                + Html.number(step.writes().unknown())
                + Html.number(step.longestWritePauseMs() + " ms")
                + Html.number(step.maxLagRecords() + " / " + step.maxLagMs() + " ms")
                + "<td class=\"mono\">"
                + Html.escape(step.digest().substring(0, Math.min(12, step.digest().length())))
                + "</td></tr>\n";
    }

    private static String members(RehearsalReport report) {
        return "<table><tr><th>Member</th><th>First ready</th><th>Slowest ready</th>"
                + "<th>Resident memory</th></tr>"
                + report.members().stream().map(HtmlReport::member).collect(Collectors.joining())
                + "</table>";
    }

    private static String member(MemberReport member) {
        return "<tr>"
                + Html.cell(member.address())
                + Html.number(TextReport.seconds(member.firstReadyMs()))
                + Html.number(TextReport.seconds(member.slowestReadyMs()))
                + Html.number(member.maxResidentKib() / 1024 + " MiB")
                + "</tr>\n";
    }

    private static String findings(RehearsalReport report) {
        String items =
                Stream.concat(
                                report.baseFindings().stream().map(BaseFinding::text),
                                report.findings().stream().map(finding -> finding.text()))
                        .limit(MAX_FINDINGS)
                        .map(text -> "<li>" + Html.escape(text) + "</li>")
                        .collect(Collectors.joining("\n"));
        return items.isEmpty() ? "<p>None.</p>" : "<ul class=\"mono\">" + items + "</ul>";
    }
}
