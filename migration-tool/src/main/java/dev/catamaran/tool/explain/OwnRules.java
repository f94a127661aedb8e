package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.Finding.Severity;
import dev.catamaran.tool.explain.LiveNode.Spoken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the status of our own members says that stops the next move. Pure. */
final class OwnRules {

    /** What a status says for the phase where the member does not know it. */
    private static final String UNKNOWN = "UNKNOWN";

    private static final String NOW = "now";

    private OwnRules() {}

    static List<Finding> findings(List<LiveNode> nodes) {
        List<Finding> found = new ArrayList<>();
        held(nodes).ifPresent(found::add);
        for (LiveNode node : nodes) {
            Optional<Spoken> spoken = node.reasons();
            spoken.flatMap(said -> said.standing().notSaved())
                    .ifPresent(because -> found.add(notSaved(node, because)));
            if (spoken.filter(said -> said.phase().equals(UNKNOWN)).isPresent()) {
                found.add(unknown(node));
            } else if (spoken.flatMap(said -> said.standing().notSaved()).isEmpty()) {
                spoken.flatMap(said -> said.standing().notReady())
                        .ifPresent(stacks -> found.add(notReady(node, stacks)));
            }
        }
        return found;
    }

    /** Once for the cluster, however many members say it. */
    private static Optional<Finding> held(List<LiveNode> nodes) {
        List<LiveNode> holding =
                nodes.stream()
                        .filter(
                                node ->
                                        node.reasons()
                                                .flatMap(said -> said.standing().holdReason())
                                                .isPresent())
                        .toList();
        if (holding.isEmpty()) {
            return Optional.empty();
        }
        LiveNode first = holding.get(0);
        String why = first.reasons().flatMap(said -> said.standing().holdReason()).orElse("");
        return Optional.of(
                new Finding(
                        "cluster-held",
                        Severity.STUCK,
                        0,
                        "",
                        NOW,
                        "the cluster is held: " + (why.isEmpty() ? "no reason was given" : why),
                        "while it is held every order is refused and every policy rests; reads and"
                                + " writes go on",
                        holding.stream()
                                .map(node -> "held=true in the status of " + node.address())
                                .toList(),
                        List.of(
                                "ask who held it, then: curl -X POST -H 'Content-Type:"
                                        + " application/json' http://"
                                        + first.address()
                                        + "/catamaran/v1/release -d '{\"by\":\"NAME\"}'")));
    }

    private static Finding notSaved(LiveNode node, String because) {
        return new Finding(
                "state-not-saved",
                Severity.STUCK,
                0,
                node.address(),
                NOW,
                "the member cannot save the last move: " + because,
                "it stays at the epoch before, takes no writes of the new one, lets others lead,"
                        + " and the next move waits for it",
                List.of("notSaved in /catamaran/v1/status of " + node.address()),
                List.of(
                        "free some disk, or make data/ of its home writable; it tries again each"
                                + " second by itself"));
    }

    private static Finding notReady(LiveNode node, String stacks) {
        return new Finding(
                "member-not-ready",
                Severity.STUCK,
                0,
                node.address(),
                NOW,
                "the member says that it is not whole, or not ready: " + stacks,
                "for some seconds after a start that is nothing; if it lasts, one of its stacks"
                        + " could not be opened or saved, and a move between the stacks falls back"
                        + " at its fence",
                List.of("ready and broken in /catamaran/v1/status of " + node.address()),
                List.of(
                        "read what its stacks say, and logs/catamaran.log of its home: a full disk"
                                + " is the usual cause; free some, and restart it if it does not"
                                + " become ready by itself"));
    }

    private static Finding unknown(LiveNode node) {
        return new Finding(
                "phase-not-known",
                Severity.STUCK,
                0,
                node.address(),
                NOW,
                "the member does not know the phase, and serves nothing",
                "it holds no saved state, or has lost it, and no majority of the planned members"
                        + " has told it one",
                List.of("phase UNKNOWN in /catamaran/v1/status of " + node.address()),
                List.of(
                        "start a majority of the planned members; it takes the state over by"
                                + " itself"));
    }
}
