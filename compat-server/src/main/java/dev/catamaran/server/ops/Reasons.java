package dev.catamaran.server.ops;

import dev.catamaran.judgement.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reasons of the judge as JSON, the same in explanations and refusals. */
final class Reasons {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Reasons() {}

    /**
     * @param nowMs now on the clock {@link Reason#sinceMs} is of
     * @param wallMs now as milliseconds since 1970
     */
    static ArrayNode json(List<Reason> reasons, long nowMs, long wallMs) {
        ArrayNode array = JSON.createArrayNode();
        for (Reason reason : reasons) {
            ObjectNode node = array.addObject();
            node.put("rule", reason.rule().id());
            node.put("member", reason.member().orElse(null));
            node.put(
                    "since",
                    reason.sinceMs().isPresent()
                            ? Instant.ofEpochMilli(wallMs - (nowMs - reason.sinceMs().getAsLong()))
                                    .toString()
                            : null);
            node.put("evidence", reason.evidence());
            node.put("change", reason.change());
            node.put("command", reason.command());
            reason.step().ifPresent(step -> node.put("step", step.name()));
        }
        return array;
    }

    /** One refusal in the same shape, for what the judge never gets to see. */
    static ArrayNode one(String rule, String evidence, String change) {
        ArrayNode array = JSON.createArrayNode();
        ObjectNode node = array.addObject();
        node.put("rule", rule.toLowerCase(Locale.ROOT));
        node.putNull("member");
        node.putNull("since");
        node.put("evidence", evidence);
        node.put("change", change);
        node.put("command", "");
        return array;
    }
}
