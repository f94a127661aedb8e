package dev.catamaran.tool.rebuild;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether a map speaks of exactly the names that the homes hold. */
final class MapCoverage {

    /** Two texts that differ in so few characters are taken for a typing mistake. */
    private static final int TYPO = 2;

    private MapCoverage() {}

    /**
     * What does not fit.
     *
     * @param map the map
     * @param found raft addresses and where each was found, for example {@code home group}
     */
    static List<Finding> check(AddressMap map, SortedMap<String, String> found) {
        List<Finding> findings = new ArrayList<>();
        SortedSet<Member> members = new TreeSet<>();
        for (Map.Entry<String, String> entry : found.entrySet()) {
            Optional<Member> member = Member.ofRaft(entry.getKey());
            if (member.isEmpty()) {
                findings.add(
                        Finding.refuses(
                                "name-unreadable",
                                "the data names a peer '"
                                        + entry.getKey()
                                        + "', which is no"
                                        + " address of a member",
                                entry.getValue(),
                                "Restore this group from a backup, or leave the home out as lost"
                                        + " (--mode survivors)."));
            } else {
                members.add(member.get());
                if (map.image(member.get()).isEmpty()) {
                    findings.add(uncovered(member.get(), map, entry.getValue()));
                }
            }
        }
        if (renamedAlready(map, members)) {
            return List.of(
                    Finding.refuses(
                            "renamed-already",
                            "the homes name the new addresses of this map already: " + members,
                            "--map",
                            "There is nothing to rebuild. What was done to a home says: catamaran"
                                    + " rebuild status HOME"));
        }
        for (Member old : map.images().keySet()) {
            if (!members.contains(old)) {
                findings.add(nowhere(old, members));
            }
        }
        return findings;
    }

    private static boolean renamedAlready(AddressMap map, SortedSet<Member> members) {
        return !members.isEmpty()
                && members.stream().noneMatch(it -> map.image(it).isPresent())
                && members.equals(new TreeSet<>(map.images().values()));
    }

    private static Finding uncovered(Member member, AddressMap map, String where) {
        return Finding.refuses(
                "name-not-in-map",
                "the data names member " + member + ", of which the map does not speak",
                where,
                "Add --map "
                        + member
                        + "=NEW, or --map "
                        + member
                        + "="
                        + member
                        + " if it keeps its address"
                        + near(member, map.images().keySet())
                        + ".");
    }

    private static Finding nowhere(Member old, Set<Member> members) {
        Optional<Member> raft =
                members.stream().filter(member -> member.raft().equals(old.toString())).findFirst();
        String todo =
                raft.isPresent()
                        ? "This is the raft address of member "
                                + raft.get()
                                + ": write the"
                                + " HTTP address, as in cluster.conf."
                        : "Correct it, or leave it out" + near(old, members) + ".";
        return Finding.refuses(
                "map-names-nobody",
                "no home names member " + old + "; they name " + members,
                "--map " + old + "=…",
                todo);
    }

    private static String near(Member one, Collection<Member> others) {
        return others.stream()
                .filter(other -> !other.equals(one))
                .filter(
                        other ->
                                other.host().equals(one.host())
                                        || distance(other.toString(), one.toString()) <= TYPO)
                .min(Comparator.comparingInt(other -> distance(other.toString(), one.toString())))
                .map(other -> " (did you mean " + other + "?)")
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int kept = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
                diagonal = kept;
            }
        }
        return row[b.length()];
    }
}
