package dev.catamaran.tool.rebuild;

import dev.catamaran.tool.jraftdisk.PeerMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which member becomes which: one bijection, the same for every home. It is applied to all names at
 * once, never one after the other, so that swaps and cycles are right (spec: jraft-disk 3 and 4 R).
 */
public final class AddressMap {

    private final SortedMap<Member, Member> images;

    private AddressMap(SortedMap<Member, Member> images) {
        this.images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    /** A map, or everything that is wrong with it. */
    public sealed interface Reading {

        /** It is a bijection. */
        record Read(AddressMap map) implements Reading {}

        /** It is none. */
        record Wrong(List<Finding> findings) implements Reading {
            public Wrong {
                findings = List.copyOf(findings);
            }
        }
    }

    /** Reads {@code OLD=NEW} texts. */
    public static Reading parse(List<String> texts) {
        List<Finding> findings = new ArrayList<>();
        SortedMap<Member, Member> images = new TreeMap<>();
        for (String text : texts) {
            int sign = text.indexOf('=');
            Optional<Member> old =
                    sign < 0 ? Optional.empty() : Member.parse(text.substring(0, sign));
            Optional<Member> now =
                    sign < 0 ? Optional.empty() : Member.parse(text.substring(sign + 1));
            if (old.isEmpty() || now.isEmpty()) {
                findings.add(noPair(text));
            } else {
                Member before = images.putIfAbsent(old.get(), now.get());
                if (before != null) {
                    findings.add(twice(old.get(), before, now.get()));
                }
            }
        }
        findings.addAll(collisions(images));
        return findings.isEmpty()
                ? new Reading.Read(new AddressMap(images))
                : new Reading.Wrong(findings);
    }

    /**
     * A map of known pairs.
     *
     * @throws IllegalArgumentException if two members become one
     */
    public static AddressMap of(Map<Member, Member> images) {
        SortedMap<Member, Member> sorted = new TreeMap<>(images);
        if (!collisions(sorted).isEmpty()) {
            throw new IllegalArgumentException("two members become one: " + sorted);
        }
        return new AddressMap(sorted);
    }

    private static Finding noPair(String text) {
        return Finding.refuses(
                "map-form",
                "'" + text + "' is no pair of addresses",
                "--map " + text,
                "Write OLD=NEW with both as in cluster.conf: host:port (HTTP port, above 1000), for"
                        + " example --map 10.0.0.1:8848=10.0.1.1:8848.");
    }

    private static Finding twice(Member old, Member first, Member second) {
        return Finding.refuses(
                "map-twice",
                old + " is mapped twice, to " + first + " and to " + second,
                "--map " + old + "=" + second,
                "Give each old address once.");
    }

    private static List<Finding> collisions(SortedMap<Member, Member> images) {
        SortedMap<Member, Set<Member>> sources = new TreeMap<>();
        images.forEach((old, now) -> sources.computeIfAbsent(now, n -> new TreeSet<>()).add(old));
        return sources.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(
                        entry ->
                                Finding.refuses(
                                        "map-not-injective",
                                        entry.getValue() + " would all become " + entry.getKey(),
                                        "--map",
                                        "Give each member an address of its own: two voters under"
                                                + " one name would count as one."))
                .toList();
    }

    /** Old to new. */
    public SortedMap<Member, Member> images() {
        return images;
    }

    /** The map that leads back. */
    public AddressMap inverse() {
        SortedMap<Member, Member> back = new TreeMap<>();
        images.forEach((old, now) -> back.put(now, old));
        return new AddressMap(back);
    }

    /**
     * This map, with every other of these members keeping its address. One whose address is given
     * to another stays out, and is found to be missing.
     */
    public AddressMap keeping(Collection<Member> others) {
        SortedMap<Member, Member> all = new TreeMap<>(images);
        others.stream()
                .filter(other -> !images.containsValue(other))
                .forEach(other -> all.putIfAbsent(other, other));
        return of(all);
    }

    /** Whether no address changes. */
    public boolean changesNothing() {
        return images.entrySet().stream()
                .allMatch(entry -> entry.getKey().equals(entry.getValue()));
    }

    /**
     * Whether old and new addresses overlap without being the same set. Then a member that was not
     * rewritten could win with the vote of one that was (spec: jraft-disk 4 R 6).
     */
    public boolean overlaps() {
        Set<Member> old = images.keySet();
        Set<Member> now = new HashSet<>(images.values());
        Set<Member> moved = new HashSet<>(old);
        moved.retainAll(now);
        return !moved.isEmpty() && !now.equals(old);
    }

    /** The new address of a member; empty when the map does not speak of it. */
    public Optional<Member> image(Member old) {
        return Optional.ofNullable(images.get(old));
    }

    /** The same map for the raft addresses that the protocol data holds. */
    public PeerMap raft() {
        SortedMap<String, String> all = new TreeMap<>();
        images.forEach((old, now) -> all.put(old.raft(), now.raft()));
        return PeerMap.of(all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressMap that && images.equals(that.images);
    }

    @Override
    public int hashCode() {
        return images.hashCode();
    }

    /** The pairs as options of the command line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        images.forEach(
                (old, now) ->
                        text.append(text.isEmpty() ? "" : " ")
                                .append("--map ")
                                .append(old)
                                .append('=')
                                .append(now));
        return text.toString();
    }
}
