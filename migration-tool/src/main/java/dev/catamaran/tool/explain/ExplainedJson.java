package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.LiveNode.Moved;
import dev.catamaran.tool.explain.LiveNode.SpokenReason;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer for programs. Names of fields are kept; new ones may come. */
final class ExplainedJson {

    private ExplainedJson() {}

    static String of(Explained explained) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode json = mapper.createObjectNode();
        json.put("needsAction", explained.needsAction());
        ArrayNode timeline = json.putArray("timeline");
        for (NodeStory story : explained.stories()) {
            for (Entry entry : story.entries()) {
                ObjectNode row = timeline.addObject();
                row.put("node", story.node());
                row.put("first", Times.of(entry.first()));
                row.put("last", Times.of(entry.last()));
                row.put("count", entry.count());
                row.put("event", entry.event().getClass().getSimpleName());
                row.put("text", Words.of(entry.event()));
                row.put("place", entry.place());
            }
        }
        explained.moves().forEach(move -> put(timeline.addObject(), move));
        ArrayNode members = json.putArray("members");
        explained.live().forEach(node -> put(members.addObject(), node));
        ArrayNode findings = json.putArray("findings");
        explained.findings().forEach(finding -> put(findings.addObject(), finding));
        strings(json.putArray("notes"), explained.notes());
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static void put(ObjectNode json, LiveNode node) {
        json.put("address", node.address());
        json.put("version", node.version().orElse(null));
        json.put("trouble", node.trouble().orElse(null));
        json.put("upgraded", node.upgrade().map(LiveNode.Upgrade::upgraded).orElse(null));
        json.put("phase", node.reasons().map(LiveNode.Spoken::phase).orElse(null));
        json.put("because", node.reasons().map(said -> said.standing().because()).orElse(null));
        json.put("epoch", node.reasons().flatMap(said -> said.standing().epoch()).orElse(null));
        ArrayNode reasons = json.putArray("reasons");
        node.reasons()
                .ifPresent(spoken -> spoken.reasons().forEach(r -> put(reasons.addObject(), r)));
    }

    private static void put(ObjectNode row, Moved move) {
        row.put("node", move.by());
        row.put("first", move.at());
        row.put("last", move.at());
        row.put("count", 1);
        row.put("event", "Moved");
        row.put("text", move.where() + ": " + move.because());
        row.put("place", "revision " + move.revision());
    }

    private static void put(ObjectNode json, SpokenReason reason) {
        json.put("rule", reason.rule());
        json.put("step", reason.step());
        json.put("member", reason.member());
        json.put("since", reason.since());
        json.put("evidence", reason.evidence());
        json.put("change", reason.change());
        json.put("command", reason.command());
    }

    private static void put(ObjectNode json, Finding finding) {
        json.put("id", finding.id());
        json.put("severity", finding.severity().word());
        json.put("incident", finding.incident());
        json.put("node", finding.node());
        json.put("when", finding.when());
        json.put("what", finding.what());
        json.put("why", finding.why());
        strings(json.putArray("evidence"), finding.evidence());
        strings(json.putArray("remedy"), finding.remedy());
    }

    private static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
