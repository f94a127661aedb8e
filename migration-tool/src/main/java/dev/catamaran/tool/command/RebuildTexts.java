package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.RebuildPlan;
import java.util.ArrayList;
import java.util.List;

/** What a plan will do, for people. */
final class RebuildTexts {

    private RebuildTexts() {}

    static List<String> of(RebuildPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + plan.id() + ", mode " + plan.mode() + ":");
        plan.map()
                .forEach(
                        (old, now) ->
                                lines.add(
                                        "  "
                                                + old
                                                + (old.equals(now)
                                                        ? " keeps its address"
                                                        : " becomes " + now)
                                                + (plan.lost().contains(old) ? " (lost)" : "")));
        plan.arithmetic().forEach(line -> lines.add("  " + line));
        for (RebuildPlan.Target target : plan.targets()) {
            lines.add(
                    "  "
                            + target.home()
                            + target.member().map(member -> " (member " + member + ")").orElse("")
                            + ": "
                            + target.tasks().size()
                            + " groups");
            target.tasks().stream()
                    .filter(task -> !task.source().equals(target.home()))
                    .forEach(
                            task ->
                                    lines.add(
                                            "    "
                                                    + task.group()
                                                    + " from "
                                                    + task.source()
                                                    + " at "
                                                    + task.expected().text()));
        }
        if (!plan.legacySource().isEmpty()) {
            lines.add("  Records of the 1.x raft (data/naming) come from " + plan.legacySource());
        }
        if (!plan.members().isEmpty()) {
            lines.add(
                    "  What was written but not committed becomes committed; clients never heard"
                            + " how those writes ended.");
        }
        return lines;
    }
}
