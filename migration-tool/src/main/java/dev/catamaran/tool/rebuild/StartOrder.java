package dev.catamaran.tool.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** In which order the servers may be started after a rebuild (spec: jraft-disk 4 R 5-6, 5.3). */
public final class StartOrder {

    private StartOrder() {}

    /** Numbered instructions, one a line. */
    public static List<String> of(RebuildMode mode, AddressMap map) {
        List<String> lines = new ArrayList<>();
        if (map.overlaps()) {
            lines.add(
                    "Old and new addresses overlap: start nobody before every home is rebuilt. A"
                            + " member with the old names could win with the vote of a new one.");
        } else {
            lines.add("Rebuild every home before you start the first server.");
        }
        if (mode instanceof RebuildMode.Survivors survivors && !survivors.lost().isEmpty()) {
            survivors(lines, survivors, map);
        } else if (mode instanceof RebuildMode.Reform reform) {
            lines.add("Start exactly these members, in any order: " + reform.members() + ".");
        } else {
            lines.add(
                    "Start the members in any order: " + images(map.images().keySet(), map) + ".");
        }
        lines.add(
                "Never start an old copy of these homes again at one of these addresses: "
                        + new TreeSet<>(map.images().values())
                        + ".");
        return lines;
    }

    private static void survivors(
            List<String> lines, RebuildMode.Survivors survivors, AddressMap map) {
        SortedSet<Member> left = new TreeSet<>(map.images().keySet());
        left.removeAll(survivors.lost());
        lines.add("Start the survivors first: " + images(left, map) + ".");
        lines.add("Wait until each of their groups has a leader and a write was accepted.");
        lines.add(
                "Only then start a replacement on an empty home: "
                        + images(survivors.lost(), map)
                        + ". An empty member that votes before can elect a stale one, which erases"
                        + " acknowledged writes.");
    }

    private static SortedSet<Member> images(Iterable<Member> members, AddressMap map) {
        SortedSet<Member> images = new TreeSet<>();
        members.forEach(member -> images.add(map.image(member).orElse(member)));
        return images;
    }
}
