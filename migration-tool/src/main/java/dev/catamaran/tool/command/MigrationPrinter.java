package dev.catamaran.tool.command;

import dev.catamaran.registry.reconcile.Difference;
import dev.catamaran.tool.migrate.MigrationReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells how a migration ended. */
final class MigrationPrinter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** More lines than a person reads; JSON has them all. */
    private static final int MAX_LINES = 100;

    private MigrationPrinter() {}

    /** Prints the report and answers the exit code it means. */
    static int print(MigrationReport report, boolean json, PrintWriter out) {
        out.println(json ? json(report) : text(report));
        out.flush();
        return switch (report.verdict()) {
            case DONE, DRY_RUN -> ExitCodes.DONE;
            case FAILED -> ExitCodes.FAILED;
            case REFUSED -> ExitCodes.REFUSED;
            case UNKNOWN -> ExitCodes.UNKNOWN;
        };
    }

    private static String text(MigrationReport report) {
        StringBuilder text = new StringBuilder();
        report.differences().stream()
                .limit(MAX_LINES)
                .forEach(difference -> text.append(line(difference)).append('\n'));
        more(text, report.differences().size());
        section(text, "not taken by the target:", report.failures());
        section(text, "not carried, as the target has no place for it:", report.lost());
        MigrationReport.Counts counts = report.counts();
        if (counts.services() > 0 || counts.planned() > 0) {
            line(text, "services", counts.services() + "");
            line(text, "instances", counts.instances() + "");
            line(
                    text,
                    "writes",
                    report.verdict() == MigrationReport.Verdict.DRY_RUN
                            ? counts.planned() + " needed"
                            : "%d done, %d needed at first, %.0f per second"
                                    .formatted(
                                            counts.written(),
                                            counts.planned(),
                                            counts.perSecond()));
            line(text, "time", "%.1f s".formatted(counts.millis() / 1000.0));
        }
        if (counts.removed() > 0) {
            boolean dry = report.verdict() == MigrationReport.Verdict.DRY_RUN;
            line(
                    text,
                    dry ? "to remove" : "removed",
                    counts.removed() + " instances and services that only the target has");
        }
        if (counts.kept() > 0) {
            line(text, "kept", counts.kept() + " records that only the target has");
        }
        if (counts.unseen() > 0) {
            line(
                    text,
                    "unseen",
                    counts.unseen()
                            + " clusters without instances: the target takes them, but does not"
                            + " show them, so they are not compared");
        }
        if (!report.jobId().isEmpty()) {
            line(text, "job", report.jobId());
        }
        String verdict = report.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return text.append(verdict).append(": ").append(report.because()).toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-10s %s%n".formatted(name, value));
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append('\n');
            lines.stream()
                    .limit(MAX_LINES)
                    .forEach(line -> text.append("  ").append(line).append('\n'));
            more(text, lines.size());
        }
    }

    private static void more(StringBuilder text, int size) {
        if (size > MAX_LINES) {
            text.append("  … and ").append(size - MAX_LINES).append(" more, see --json\n");
        }
    }

    /**
     * One difference in one line: {@code +} is only in the source or second, {@code -} only here.
     */
    static String line(Difference difference) {
        String where = difference.service().text() + " " + difference.record();
        return switch (difference.kind()) {
            case ADDED -> "+ " + where + " " + difference.right();
            case REMOVED -> "- " + where + " " + difference.left();
            case CHANGED ->
                    "~ %s %s: '%s' -> '%s'"
                            .formatted(
                                    where,
                                    difference.field(),
                                    difference.left(),
                                    difference.right());
        };
    }

    static ArrayNode json(List<Difference> differences) {
        ArrayNode list = JSON.createArrayNode();
        for (Difference difference : differences) {
            ObjectNode node = list.addObject();
            node.put("service", difference.service().text());
            node.put("record", difference.record());
            node.put("kind", difference.kind().name());
            node.put("field", difference.field());
            node.put("left", difference.left());
            node.put("right", difference.right());
        }
        return list;
    }

    private static String json(MigrationReport report) {
        ObjectNode node = JSON.createObjectNode();
        node.put("job", report.jobId());
        node.put("verdict", report.verdict().name());
        node.put("because", report.because());
        MigrationReport.Counts counts = report.counts();
        node.put("services", counts.services());
        node.put("instances", counts.instances());
        node.put("planned", counts.planned());
        node.put("written", counts.written());
        node.put("removed", counts.removed());
        node.put("kept", counts.kept());
        node.put("unseen", counts.unseen());
        node.put("millis", counts.millis());
        node.put("writesPerSecond", Math.round(counts.perSecond() * 10) / 10.0);
        node.put("wantedDigest", report.digests().wanted());
        node.put("reachedDigest", report.digests().reached());
        node.set("differences", json(report.differences()));
        report.lost().forEach(node.putArray("lost")::add);
        report.failures().forEach(node.putArray("failures")::add);
        return node.toString();
    }
}
