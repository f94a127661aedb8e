package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.LiveNode.Moved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The whole answer of {@code catamaran explain}.
 *
 * @param stories what the logs tell, empty for a live cluster
 * @param live what a live cluster answered, empty for logs
 * @param findings the worst first, then by time
 * @param notes what was left out and why
 */
record Explained(
        List<NodeStory> stories, List<LiveNode> live, List<Finding> findings, List<String> notes) {

    private static final List<String> NO_HISTORY =
            List.of(
                    "real servers tell only how they stand now: for what moved them give the logs"
                            + " of each node, catamaran explain NODE/logs...");

    Explained {
        stories = List.copyOf(stories);
        live = List.copyOf(live);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    static Explained ofLogs(List<NodeStory> stories, List<String> notes) {
        List<Finding> found = new ArrayList<>();
        for (NodeStory story : stories) {
            found.addAll(new ModeRules(story).findings());
            found.addAll(new RaftRules(story).findings());
        }
        found.addAll(new ClusterRules(stories).findings());
        return new Explained(stories, List.of(), sorted(found), notes);
    }

    static Explained ofLive(List<LiveNode> live) {
        boolean real =
                live.stream()
                        .anyMatch(node -> node.trouble().isEmpty() && node.reasons().isEmpty());
        return new Explained(
                List.of(),
                live,
                sorted(new LiveRules(live).findings()),
                real ? NO_HISTORY : List.of());
    }

    /** What moved a running cluster of ours, oldest first; each move once, whoever told it. */
    List<Moved> moves() {
        TreeMap<Long, Moved> moves = new TreeMap<>();
        live.stream()
                .flatMap(node -> node.reasons().stream())
                .flatMap(spoken -> spoken.moves().stream())
                .forEach(move -> moves.putIfAbsent(move.revision(), move));
        return List.copyOf(moves.values());
    }

    /** True if something is worse than worth knowing. */
    boolean needsAction() {
        return findings.stream()
                .anyMatch(
                        finding ->
                                finding.severity() == Finding.Severity.OUTAGE
                                        || finding.severity() == Finding.Severity.STUCK);
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::when))
                .toList();
    }
}
