package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.LiveNode.Moved;
import dev.catamaran.tool.explain.LiveNode.Spoken;
import dev.catamaran.tool.explain.LiveNode.SpokenReason;
import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import dev.catamaran.tool.explain.NodeEvent.UpgradeChecked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The answer as a timeline and a list of causes, for people. */
final class ExplainedText {

    private static final int MAX_TIMELINE = 200;

    private record Row(Entry entry, String node) {}

    private ExplainedText() {}

    static String of(Explained explained) {
        StringBuilder text = new StringBuilder();
        if (!explained.stories().isEmpty()) {
            timeline(text, explained.stories());
        }
        explained.live().forEach(node -> live(text, node));
        moves(text, explained.moves());
        text.append(System.lineSeparator());
        if (explained.findings().isEmpty()) {
            boolean reasons =
                    explained.live().stream()
                            .flatMap(node -> node.reasons().stream())
                            .anyMatch(spoken -> !spoken.reasons().isEmpty());
            line(
                    text,
                    reasons
                            ? "Nothing else was found: what the next step waits for stands above."
                            : "Nothing was found that moved or holds this cluster.");
        }
        explained.findings().forEach(finding -> finding(text, finding));
        explained.notes().forEach(note -> line(text, "note: " + note));
        return text.toString();
    }

    private static void timeline(StringBuilder text, List<NodeStory> stories) {
        List<Row> rows = new ArrayList<>();
        for (NodeStory story : stories) {
            line(text, story.node() + ": " + story.lines() + " log entries");
            story.entries().forEach(entry -> rows.add(new Row(entry, story.node())));
        }
        rows.removeIf(row -> !Told.isTold(row.entry().event()));
        rows.sort(Comparator.comparing(row -> row.entry().first()));
        line(text, "");
        line(text, "Timeline (clocks of the servers)");
        rows.stream().limit(MAX_TIMELINE).forEach(row -> row(text, row));
        if (rows.size() > MAX_TIMELINE) {
            line(text, "  … " + (rows.size() - MAX_TIMELINE) + " more; see --json");
        }
    }

    private static void row(StringBuilder text, Row row) {
        Entry entry = row.entry();
        String times =
                entry.count() > 1
                        ? " ("
                                + entry.count()
                                + " times, until "
                                + Times.of(entry.last()).substring(11)
                                + ")"
                        : "";
        line(
                text,
                "  "
                        + Times.of(entry.first())
                        + "  "
                        + row.node()
                        + "  "
                        + Told.of(entry.event())
                        + times);
    }

    private static void moves(StringBuilder text, List<Moved> moves) {
        if (moves.isEmpty()) {
            return;
        }
        line(text, "");
        line(text, "Timeline (clocks of the members that led)");
        for (Moved move : moves) {
            String at = move.at().isEmpty() ? "time not known" : move.at();
            String by = move.by().isEmpty() ? "" : "  " + move.by();
            line(text, "  " + at + by + "  " + move.where());
            line(text, "      because: " + move.because());
        }
    }

    private static void live(StringBuilder text, LiveNode node) {
        String state =
                node.trouble()
                        .map(trouble -> "does not answer: " + trouble)
                        .orElseGet(
                                () ->
                                        node.reasons()
                                                .map(spoken -> "phase " + spoken.phase())
                                                .orElse(
                                                        node.upgrade()
                                                                .map(
                                                                        u ->
                                                                                u.upgraded()
                                                                                        ? "in 2.X"
                                                                                        : "in 1.X")
                                                                .orElse("answers")));
        line(text, node.address() + "  " + node.version().orElse("version unknown") + "  " + state);
        node.reasons().ifPresent(spoken -> spoken(text, spoken));
    }

    private static void spoken(StringBuilder text, Spoken spoken) {
        String because = spoken.standing().because();
        if (!because.isEmpty()) {
            String epoch = spoken.standing().epoch().map(e -> " (epoch " + e + ")").orElse("");
            line(text, "  last move" + epoch + ": " + because);
        }
        spoken.reasons().forEach(r -> reason(text, r));
    }

    private static void reason(StringBuilder text, SpokenReason reason) {
        String step = reason.step().isEmpty() ? "" : " (to " + reason.step() + ")";
        String member = reason.member().isEmpty() ? "" : " " + reason.member();
        line(text, "  " + reason.rule() + step + member + ": " + reason.evidence());
        detail(text, "since", reason.since());
        detail(text, "change", reason.change());
        detail(text, "run", reason.command());
    }

    private static void detail(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            line(text, "      " + name + ": " + value);
        }
    }

    private static void finding(StringBuilder text, Finding finding) {
        String node = finding.node().isEmpty() ? "the cluster" : finding.node();
        String incident = finding.incident() == 0 ? "" : ", incident " + finding.incident();
        line(
                text,
                finding.severity().word()
                        + "  "
                        + finding.id()
                        + "  "
                        + node
                        + "  "
                        + finding.when()
                        + incident);
        line(text, "  what  " + finding.what());
        line(text, "  why   " + finding.why());
        finding.evidence().forEach(evidence -> line(text, "  seen  " + evidence));
        finding.remedy().forEach(remedy -> line(text, "  do    " + remedy));
        line(text, "");
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    /** Which events belong on the timeline, and how they read. */
    private static final class Told {

        static boolean isTold(NodeEvent event) {
            if (event instanceof MembersChanged changed) {
                return changed.triggers().stream()
                        .anyMatch(m -> m.version().isEmpty() || !"UP".equals(m.state()));
            }
            return true;
        }

        static String of(NodeEvent event) {
            if (event instanceof MembersChanged changed) {
                return "member changed: " + ModeRules.told(changed.triggers());
            }
            if (event instanceof UpgradeChecked checked) {
                return "upgrade check: " + (checked.ready() ? "ready" : "not ready");
            }
            return Words.of(event);
        }
    }
}
