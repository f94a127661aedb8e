package dev.catamaran.tool.report;

import dev.catamaran.tool.history.Counts;
import dev.catamaran.tool.history.Finding;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs. Names of fields are kept; new ones may come. */
public final class JsonReport {

    /** A loss shows its pattern in its first hundred. */
    private static final int MAX_FINDINGS = 100;

    private JsonReport() {}

    /** The report as one JSON object on several lines. */
    public static String of(RehearsalReport report) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode json = mapper.createObjectNode();
        json.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
        json.put("because", report.because());
        json.put("durationMs", report.durationMs());
        json.put("baseRecords", report.baseRecords());
        putCounts(json, report.writes());
        Tally tally = report.tally();
        json.put("lost", tally.lost());
        json.put("resurrected", tally.resurrected());
        json.put("duplicated", tally.duplicated());
        json.put("phantom", tally.phantom());
        json.put("readsBackwards", tally.backwards());
        json.put("lateEffects", tally.late());
        json.put("longestWritePauseMs", report.longestWritePauseMs());
        json.put("longestSwitchPauseMs", report.longestSwitchPauseMs());
        json.put("readsAnswered", report.readsAnswered());
        json.put("readsFailed", report.readsFailed());
        ArrayNode steps = json.putArray("steps");
        report.steps().forEach(step -> putStep(steps.addObject(), step));
        ArrayNode members = json.putArray("members");
        report.members().forEach(member -> putMember(members.addObject(), member));
        ArrayNode findings = json.putArray("findings");
        report.baseFindings().stream()
                .limit(MAX_FINDINGS)
                .forEach(finding -> findings.add(finding.text()));
        report.findings().stream().limit(MAX_FINDINGS).map(Finding::text).forEach(findings::add);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static void putCounts(ObjectNode json, Counts counts) {
        json.put("acknowledged", counts.acknowledged());
        json.put("refused", counts.refused());
        json.put("unknown", counts.unknown());
        json.put("retried", counts.retried());
    }

    private static void putStep(ObjectNode json, StepReport step) {
        json.put("step", step.title());
        json.put("phase", step.phase());
        json.put("ok", step.ok());
        json.put("startMs", step.startMs());
        json.put("durationMs", step.durationMs());
        putCounts(json, step.writes());
        json.put("longestWritePauseMs", step.longestWritePauseMs());
        json.put("plannedSwitch", step.plannedSwitch());
        json.put("maxLagRecords", step.maxLagRecords());
        json.put("maxLagMs", step.maxLagMs());
        json.put("digest", step.digest());
        json.put("note", step.note());
    }

    private static void putMember(ObjectNode json, MemberReport member) {
        json.put("address", member.address());
        json.put("home", member.home());
        json.put("firstReadyMs", member.firstReadyMs());
        json.put("slowestReadyMs", member.slowestReadyMs());
        json.put("maxResidentKib", member.maxResidentKib());
    }
}
