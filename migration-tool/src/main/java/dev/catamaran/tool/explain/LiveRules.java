package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.Finding.Severity;
import dev.catamaran.tool.explain.LiveNode.Foretold;
import dev.catamaran.tool.explain.LiveNode.Group;
import dev.catamaran.tool.explain.LiveNode.Upgrade;
import dev.catamaran.tool.explain.NodeEvent.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the answers of a running cluster tell about why it is where it is. Pure. */
final class LiveRules {

    private static final String NOW = "now";
    private static final int RAFT_OFFSET = 1_000;

    private final List<LiveNode> nodes;

    LiveRules(List<LiveNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        for (LiveNode node : nodes) {
            node.trouble().ifPresent(trouble -> found.add(silent(node, trouble)));
        }
        modesSplit().ifPresent(found::add);
        listsDiffer().ifPresent(found::add);
        for (LiveNode node : nodes) {
            node.upgrade().ifPresent(upgrade -> upgrading(node, upgrade, found));
            raft(node, found);
        }
        found.addAll(OwnRules.findings(nodes));
        foretold(found);
        return found;
    }

    /** Each once, whichever of our members says it. */
    private void foretold(List<Finding> found) {
        nodes.stream()
                .flatMap(node -> node.reasons().stream())
                .flatMap(spoken -> spoken.foretold().stream())
                .distinct()
                .map(LiveRules::foretold)
                .forEach(found::add);
    }

    private static Finding foretold(Foretold said) {
        return new Finding(
                "foretold-by-preflight",
                Severity.WARNING,
                2,
                said.member(),
                NOW,
                said.check() + ": " + said.evidence(),
                said.danger(),
                List.of("/catamaran/v1/preflight of a Catamaran member"),
                List.of(said.advice()));
    }

    private static Finding silent(LiveNode node, String trouble) {
        return new Finding(
                "member-silent",
                Severity.STUCK,
                0,
                node.address(),
                NOW,
                "the member does not answer: " + trouble,
                "nothing is known about it; unknown is not old and not gone",
                List.of(),
                List.of("start it, or take it out of every cluster.conf if it is gone for good"));
    }

    private Optional<Finding> modesSplit() {
        Map<String, Boolean> modes = new LinkedHashMap<>();
        nodes.forEach(
                node -> node.upgrade().ifPresent(u -> modes.put(node.address(), u.upgraded())));
        if (modes.values().stream().distinct().count() < 2) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        "modes-split",
                        Severity.OUTAGE,
                        4,
                        "",
                        NOW,
                        modes.entrySet().stream()
                                .map(e -> e.getKey() + " in " + (e.getValue() ? "2.X" : "1.X"))
                                .collect(Collectors.joining(", ")),
                        "each 2.0/2.1 node moves alone (defects D1, D2): a node that fell back"
                                + " copies its old 1.x records over the 2.x records of the others",
                        List.of("upgraded= in /nacos/v1/ns/upgrade/ops/metrics of each node"),
                        List.of(
                                "do not write through the node in 1.X: acknowledged writes are"
                                        + " lost there",
                                "see which member event moved it: catamaran explain LOGS of that"
                                        + " node")));
    }

    private Optional<Finding> listsDiffer() {
        Map<String, Set<String>> lists = new LinkedHashMap<>();
        for (LiveNode node : nodes) {
            if (!node.members().isEmpty()) {
                lists.put(
                        node.address(),
                        node.members().stream()
                                .map(Member::address)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        if (lists.values().stream().distinct().count() < 2) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        "lists-differ",
                        Severity.OUTAGE,
                        18,
                        "",
                        NOW,
                        "the members do not have the same list",
                        "who answers for a service is a hash over the list, and a majority is"
                                + " counted over it",
                        lists.entrySet().stream()
                                .map(e -> e.getKey() + ": " + String.join(",", e.getValue()))
                                .toList(),
                        List.of("make cluster.conf the same text on every node")));
    }

    private static void upgrading(LiveNode node, Upgrade upgrade, List<Finding> found) {
        List<Member> unknown =
                node.members().stream().filter(m -> m.version().isEmpty() && !m.self()).toList();
        if (upgrade.upgraded() && upgrade.doubleWrite()) {
            found.add(mayFallBack(node, unknown));
        }
        if (!upgrade.upgraded()) {
            found.add(notReady(node, upgrade));
        }
    }

    private static Finding mayFallBack(LiveNode node, List<Member> unknown) {
        boolean near = !unknown.isEmpty();
        return new Finding(
                near ? "next-member-event-falls-back" : "may-fall-back",
                near ? Severity.OUTAGE : Severity.WARNING,
                2,
                node.address(),
                NOW,
                near
                        ? "the next change of state of "
                                + ModeRules.told(unknown)
                                + " makes this node fall back to 1.X"
                        : "the double write is on: a restart of this node while another member is"
                                + " down, or a new address in cluster.conf before it listens, makes"
                                + " it fall back to 1.X",
                "2.0.0 to 2.1.2 take a member whose version they do not know for an old one"
                        + " (defect D3)",
                List.of("upgraded=true, isDoubleWriteEnabled=true"),
                List.of(
                        "restart no node while any member is down or new",
                        "when all nodes show upgraded=true and agree, close the double write: curl"
                                + " -X PUT 'http://"
                                + node.address()
                                + "/nacos/v1/ns/operator/switches?entry=doubleWriteEnabled"
                                + "&value=false' (there is no way back to 1.x after it)"));
    }

    private static Finding notReady(LiveNode node, Upgrade upgrade) {
        List<String> clauses = new ArrayList<>();
        if (upgrade.servicesV1() != upgrade.servicesV2()) {
            clauses.add("services V1 " + upgrade.servicesV1() + ", V2 " + upgrade.servicesV2());
        }
        if (upgrade.instancesV1() != upgrade.instancesV2()) {
            clauses.add("instances V1 " + upgrade.instancesV1() + ", V2 " + upgrade.instancesV2());
        }
        if (upgrade.tasks() > 0) {
            clauses.add(upgrade.tasks() + " copies wait");
        }
        if (!upgrade.onlyV1().isEmpty()) {
            clauses.add("only in V1: " + String.join(", ", first(upgrade.onlyV1())));
        }
        if (!upgrade.onlyV2().isEmpty()) {
            clauses.add("only in V2: " + String.join(", ", first(upgrade.onlyV2())));
        }
        for (Member member : node.members()) {
            if (!member.ready().orElse(false)) {
                clauses.add(
                        member.address()
                                + " readyToUpgrade="
                                + member.ready().map(String::valueOf).orElse("none"));
            }
        }
        return new Finding(
                "not-ready",
                Severity.STUCK,
                3,
                node.address(),
                NOW,
                "the node serves from its 1.x model"
                        + (clauses.isEmpty()
                                ? ""
                                : "; what fails now: " + String.join("; ", clauses)),
                "it goes up when its counts are equal, no copy waits, and its own copy of every"
                        + " member's readyToUpgrade is true, all at one check (every 5 s)",
                clauses,
                List.of(
                        "where others are in 2.X already it waits for flags that they no longer"
                                + " send. The way out, rehearsed on three real 2.0.4 servers: with"
                                + " every other member up, stop this node, back its home up, set"
                                + " upgraded=true in its data/upgrade.state, start it",
                        "services that never balance have persistent and ephemeral instances, or"
                                + " one ip:port in two clusters, or are empty: mend those first"));
    }

    private static void raft(LiveNode node, List<Finding> found) {
        Set<String> raft =
                node.members().stream()
                        .map(m -> raftAddress(m.address()))
                        .collect(Collectors.toCollection(TreeSet::new));
        for (Map.Entry<String, Group> entry : new java.util.TreeMap<>(node.groups()).entrySet()) {
            Group group = entry.getValue();
            List<String> strangers =
                    group.members().stream().filter(peer -> !raft.contains(peer)).toList();
            if (!strangers.isEmpty()) {
                found.add(strangers(node, entry.getKey(), strangers, group.leader().isEmpty()));
            } else if (group.leader().isEmpty()) {
                found.add(leaderless(node, entry.getKey()));
            }
        }
    }

    private static Finding strangers(
            LiveNode node, String group, List<String> strangers, boolean leaderless) {
        return new Finding(
                leaderless ? "address-changed" : "raft-member-left-behind",
                leaderless ? Severity.OUTAGE : Severity.WARNING,
                leaderless ? 1 : 15,
                node.address(),
                NOW,
                "group "
                        + group
                        + " has members that are not in the list: "
                        + String.join(",", strangers)
                        + (leaderless ? ", and no leader" : ""),
                "JRaft keeps its members in its own log; cluster.conf does not change them",
                List.of("raftMetaData of " + node.address()),
                List.of(
                        leaderless
                                ? "stop the node(s) and rebuild: catamaran rebuild plan --map"
                                        + " OLD=NEW HOME... --out PLAN; never delete data/protocol"
                                : "take the dead member out of the group while a leader is there:"
                                        + " POST /nacos/v1/core/ops/raft with command removePeer"));
    }

    private static Finding leaderless(LiveNode node, String group) {
        return new Finding(
                "group-without-leader",
                Severity.STUCK,
                8,
                node.address(),
                NOW,
                "group " + group + " has no leader",
                "fewer than half of its members can be reached on their raft port (HTTP port -"
                        + " 1000)",
                List.of("raftMetaData of " + node.address()),
                List.of("start the missing members; open the raft port between them"));
    }

    private static String raftAddress(String http) {
        int colon = http.lastIndexOf(':');
        try {
            return http.substring(0, colon)
                    + ":"
                    + (Integer.parseInt(http.substring(colon + 1)) - RAFT_OFFSET);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return http;
        }
    }

    private static List<String> first(List<String> names) {
        return names.size() <= 5 ? names : names.subList(0, 5);
    }
}
