package dev.catamaran.legacyraft.shared;

import static java.util.Objects.requireNonNull;

import dev.catamaran.legacyraft.core.Datum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether a member of ours may show the version that makes real 1.4 servers leave the HTTP raft
 * (spec: legacy-raft 6.2, 6.3, 9.1 D18). They move nothing when they do, and never come back: what
 * differs between members at that moment stays different. Pure.
 */
public sealed interface SwitchOrder {

    /** What a cluster's raft is. */
    enum Flavour {
        /** Some member answers as the HTTP raft does, and none says that it has stopped. */
        HTTP,
        /** Some member says that the old raft protocol has stopped. */
        JRAFT,
        /** Nobody said anything that tells. */
        UNKNOWN
    }

    /** All members hold the same; the version may be shown when an operator asks for it. */
    record Allowed(int keys) implements SwitchOrder {}

    /** Not now; nothing was shown. */
    record Refused(String because, String advice) implements SwitchOrder {
        public Refused {
            requireNonNull(because, "because is null");
            requireNonNull(advice, "advice is null");
        }
    }

    /** How many keys a refusal names. */
    int NAMED = 10;

    /** What real servers answer to every raft call after the switch (spec: legacy-raft 1.5). */
    String STOPPED = "old raft protocol already stop";

    /**
     * In which flavour a cluster lives.
     *
     * @param answers of {@code GET /raft/leader} or {@code /raft/peer} by member: status and body;
     *     empty for a member that did not answer
     */
    static Flavour flavour(Map<String, Optional<Answer>> answers) {
        boolean stopped = false;
        boolean runs = false;
        for (Optional<Answer> answer : answers.values()) {
            if (answer.isPresent()) {
                stopped |= answer.get().body().contains(STOPPED);
                runs |= answer.get().status() == 200;
            }
        }
        if (stopped) {
            return Flavour.JRAFT;
        }
        return runs ? Flavour.HTTP : Flavour.UNKNOWN;
    }

    /** What a member answered. */
    record Answer(int status, String body) {
        public Answer {
            requireNonNull(body, "body is null");
        }
    }

    /**
     * Whether the version stays hidden: while the HTTP raft is needed, and while nobody knows.
     *
     * @param ordered whether an operator has asked for the switch and it was allowed
     */
    static boolean hidesVersion(Flavour flavour, boolean ordered) {
        return switch (flavour) {
            case HTTP -> !ordered;
            case JRAFT -> false;
            case UNKNOWN -> true;
        };
    }

    /**
     * Compares what all members hold.
     *
     * @param flavour in which the cluster lives
     * @param held by member; empty for a member that could not be read
     */
    static SwitchOrder compare(
            Flavour flavour, SortedMap<String, Optional<Map<String, Datum>>> held) {
        if (flavour != Flavour.HTTP) {
            return new Refused(
                    flavour == Flavour.JRAFT
                            ? "the cluster has switched already"
                            : "no member answers as the HTTP raft does",
                    "ask GET /nacos/v1/ns/raft/leader of each member");
        }
        List<String> unread =
                held.entrySet().stream()
                        .filter(member -> member.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        if (!unread.isEmpty()) {
            return new Refused(
                    "what these members hold could not be read: " + unread,
                    "wait until every member of the list answers, then ask again");
        }
        SortedMap<String, Map<String, Datum>> copies = new TreeMap<>();
        held.forEach((member, datums) -> copies.put(member, datums.orElseThrow()));
        List<String> differing = differing(copies);
        if (!differing.isEmpty()) {
            return new Refused(
                    differing.size()
                            + " keys differ between members: "
                            + differing.stream().limit(NAMED).toList(),
                    "write each of them once through the leader, then ask again");
        }
        return new Allowed(copies.values().stream().mapToInt(Map::size).max().orElse(0));
    }

    private static List<String> differing(SortedMap<String, Map<String, Datum>> copies) {
        SortedSet<String> keys = new TreeSet<>();
        copies.values().forEach(datums -> keys.addAll(datums.keySet()));
        List<String> differing = new ArrayList<>();
        for (String key : keys) {
            long versions =
                    copies.values().stream()
                            .map(datums -> Optional.ofNullable(datums.get(key)))
                            .map(datum -> datum.map(one -> one.timestamp() + " " + one.value()))
                            .distinct()
                            .count();
            if (versions > 1) {
                differing.add(key);
            }
        }
        return differing;
    }
}
