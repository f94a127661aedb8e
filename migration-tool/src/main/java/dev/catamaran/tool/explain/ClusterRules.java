package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.Finding.Severity;
import dev.catamaran.tool.explain.NodeEvent.Member;
import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import dev.catamaran.tool.explain.NodeEvent.WentDown;
import dev.catamaran.tool.explain.NodeEvent.WentUp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What only shows when the logs of several servers are laid side by side. */
final class ClusterRules {

    /** Each node checks for itself every 5 s; a difference of two checks is normal. */
    private static final Duration NORMAL_SKEW = Duration.ofSeconds(15);

    private record Move(LocalDateTime at, String node, boolean up, String place) {}

    private final List<NodeStory> stories;

    ClusterRules(List<NodeStory> stories) {
        this.stories = List.copyOf(stories);
    }

    List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        found.addAll(splitModes());
        found.addAll(differentLists());
        return found;
    }

    /** Two nodes answer from different models at the same time (D1, D2). */
    private List<Finding> splitModes() {
        List<Move> moves = moves();
        Map<String, Move> mode = new LinkedHashMap<>();
        List<Finding> found = new ArrayList<>();
        LocalDateTime since = null;
        for (Move move : moves) {
            mode.put(move.node(), move);
            boolean split = mode.values().stream().map(Move::up).distinct().count() > 1;
            if (split && since == null) {
                since = move.at();
            } else if (!split && since != null) {
                split(since, move.at(), mode, true, found);
                since = null;
            }
        }
        if (since != null) {
            split(since, end(), mode, false, found);
        }
        return found;
    }

    private List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        for (NodeStory story : stories) {
            for (Entry entry : story.entries()) {
                boolean up = entry.event() instanceof WentUp;
                if (up || entry.event() instanceof WentDown) {
                    moves.add(new Move(entry.first(), story.node(), up, entry.place()));
                }
            }
        }
        moves.sort(Comparator.comparing(Move::at));
        return moves;
    }

    private LocalDateTime end() {
        return stories.stream()
                .flatMap(story -> story.entries().stream())
                .map(Entry::last)
                .max(Comparator.naturalOrder())
                .orElse(LocalDateTime.MIN);
    }

    private static void split(
            LocalDateTime from,
            LocalDateTime to,
            Map<String, Move> mode,
            boolean healed,
            List<Finding> found) {
        if (Duration.between(from, to).compareTo(NORMAL_SKEW) < 0) {
            return;
        }
        String who =
                mode.values().stream()
                        .map(move -> move.node() + " in " + (move.up() ? "2.X" : "1.X"))
                        .collect(Collectors.joining(", "));
        found.add(
                new Finding(
                        "modes-split",
                        Severity.OUTAGE,
                        4,
                        "",
                        Times.between(from, to),
                        "nodes served from different models for "
                                + Times.span(from, to)
                                + (healed ? "" : ", until the logs end")
                                + ": "
                                + who,
                        "each 2.0/2.1 node moves alone; while they differ they forward calls to"
                                + " each other by different rules and write old copies over new"
                                + " ones (defects D1, D2)",
                        mode.values().stream().map(Move::place).toList(),
                        List.of(
                                "do not write through the node in 1.X, and see the finding about"
                                        + " it for the way out")));
    }

    /** Lists of members that are not the same text. */
    private List<Finding> differentLists() {
        Map<String, Set<String>> lists = new LinkedHashMap<>();
        for (NodeStory story : stories) {
            List<Entry> changes = story.all(MembersChanged.class);
            if (!changes.isEmpty()) {
                MembersChanged last = (MembersChanged) changes.get(changes.size() - 1).event();
                lists.put(
                        story.node(),
                        last.members().stream()
                                .map(Member::address)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        if (lists.values().stream().distinct().count() < 2) {
            return List.of();
        }
        return List.of(
                new Finding(
                        "lists-differ",
                        Severity.OUTAGE,
                        18,
                        "",
                        Times.of(end()),
                        "the nodes do not have the same list of members",
                        "who answers for a service is a hash over the list, and a majority is"
                                + " counted over it",
                        lists.entrySet().stream()
                                .map(
                                        list ->
                                                list.getKey()
                                                        + ": "
                                                        + String.join(",", list.getValue()))
                                .toList(),
                        List.of(
                                "make cluster.conf the same text on every node, one spelling for"
                                        + " each address (no ip beside a hostname)")));
    }
}
