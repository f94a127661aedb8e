package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.TreeManifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a rebuild will do, decided once and carried out as often as needed.
 *
 * @param id short digest of all of it: the same decision has the same id
 * @param mode word of the mode
 * @param map old to new
 * @param lost members lost for ever
 * @param members all members afterwards, when the voters change; else empty
 * @param targets the homes, and what becomes of their groups
 * @param legacySource with a change of voters, the home whose 1.x records the others get; empty
 *     where there are none
 * @param arithmetic per group, who is there and whether that is enough
 * @param lossAccepted whether the operator accepted that acknowledged writes may be lost
 */
public record RebuildPlan(
        String id,
        String mode,
        SortedMap<Member, Member> map,
        SortedSet<Member> lost,
        SortedSet<Member> members,
        List<Target> targets,
        String legacySource,
        List<String> arithmetic,
        boolean lossAccepted) {

    private static final int ID_DIGITS = 12;

    public RebuildPlan {
        requireNonNull(id, "id is null");
        requireNonNull(mode, "mode is null");
        map = new TreeMap<>(map);
        lost = new TreeSet<>(lost);
        members = new TreeSet<>(members);
        targets = List.copyOf(targets);
        requireNonNull(legacySource, "legacySource is null");
        arithmetic = List.copyOf(arithmetic);
    }

    /**
     * A home that is rebuilt.
     *
     * @param home its path on its machine
     * @param member the member it belongs to afterwards, where known
     * @param tasks one per group
     */
    public record Target(String home, Optional<Member> member, List<GroupTask> tasks) {
        public Target {
            requireNonNull(home, "home is null");
            requireNonNull(member, "member is null");
            tasks = List.copyOf(tasks);
        }
    }

    /** The map. */
    public AddressMap addressMap() {
        return AddressMap.of(map);
    }

    /** The mode. */
    public RebuildMode rebuildMode() {
        return switch (mode) {
            case "rename" -> new RebuildMode.Rename();
            case "survivors" -> new RebuildMode.Survivors(lost);
            case "shrink" -> new RebuildMode.Shrink(lost, members);
            case "grow" -> new RebuildMode.Grow(members);
            case "clone" -> new RebuildMode.CloneBest(lost, members);
            default -> throw new IllegalArgumentException("no mode " + mode);
        };
    }

    /**
     * The id that this content has. A plan with another one was changed after it was made: what the
     * homes of a cluster are rebuilt by must be the same everywhere.
     */
    public String idOfContent() {
        String content =
                mode + map + lost + members + targets + legacySource + arithmetic + lossAccepted;
        return TreeManifest.sha256(content.getBytes(StandardCharsets.UTF_8))
                .substring(0, ID_DIGITS);
    }

    /** This plan under the id of its content. */
    RebuildPlan identified() {
        return new RebuildPlan(
                idOfContent(),
                mode,
                map,
                lost,
                members,
                targets,
                legacySource,
                arithmetic,
                lossAccepted);
    }
}
