package dev.catamaran.tool.migrate;

import dev.catamaran.tool.job.Step;
import dev.catamaran.tool.live.ServerKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the journal keeps of a plan. */
final class PlanRecord {

    private static final int MAX_PLAN_LINES = 100;

    private PlanRecord() {}

    static List<Step> steps(MigrationPlan plan) {
        List<Step> steps = new ArrayList<>();
        plan.work()
                .forEach(
                        (key, work) -> {
                            String digest = plan.wanted().digest(key.text()).hex();
                            steps.add(
                                    Step.pending(
                                            steps.size(),
                                            key.text(),
                                            digest,
                                            work.size() + " writes"));
                        });
        return steps;
    }

    static String text(MigrationPlan plan, ServerKind target, Loaded.Records loaded) {
        ObjectNode node = JsonMapper.builder().build().createObjectNode();
        node.put("sourceVersion", loaded.version());
        node.put("target", target.toString());
        node.put("services", plan.wanted().serviceCount());
        node.put("instances", plan.wanted().instanceCount());
        node.put("writes", plan.writes());
        node.put("kept", plan.kept());
        node.put("because", plan.because());
        node.put("unseen", plan.unseen());
        plan.notCarried().stream().limit(MAX_PLAN_LINES).forEach(node.putArray("lost")::add);
        return node.toString();
    }
}
