package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trees of a home that a rebuild exchanges: the whole raft folder at once, or, where that is a
 * mount point and cannot be renamed, each group by itself.
 */
final class Trees {

    /** Lies in every tree that a rebuild made, and says which. */
    static final String MARKER = ".catamaran-rebuild";

    private final HomeLayout layout;
    private final String id;
    private final List<Journal.Unit> units;

    Trees(HomeLayout layout, String id, List<Journal.Unit> units) {
        this.layout = layout;
        this.id = id;
        this.units = List.copyOf(units);
    }

    /**
     * The trees for a new rebuild.
     *
     * @param groups groups there will be afterwards
     * @throws IOException if the mounts cannot be read
     */
    static Trees plan(HomeLayout layout, String id, List<String> groups) throws IOException {
        Path raft = layout.raft();
        List<Journal.Unit> units = new ArrayList<>();
        String live = relative(layout, raft);
        if (Files.isDirectory(raft) && Mounts.isMountPoint(raft)) {
            String hidden = live + "/.catamaran-" + id;
            for (String group : groups) {
                units.add(new Journal.Unit(live + "/" + group, hidden + "/" + group));
            }
        } else if (apart(layout)) {
            units.add(new Journal.Unit(live, "protocol/.catamaran-" + id));
        } else {
            Path other = JournalFolder.of(layout, id).other();
            units.add(new Journal.Unit(live, relative(layout, other)));
        }
        return new Trees(layout, id, units);
    }

    /** Whether our own folder and the one round the groups are on two mounts. */
    private static boolean apart(HomeLayout layout) throws IOException {
        Path protocol = layout.raft().getParent();
        for (Path folder : new Path[] {protocol, layout.own(), layout.rebuilds()}) {
            if (folder != null && Files.isDirectory(folder) && Mounts.isMountPoint(folder)) {
                return true;
            }
        }
        return false;
    }

    private static String relative(HomeLayout layout, Path path) {
        return layout.data().relativize(path).toString().replace('\\', '/');
    }

    List<Journal.Unit> units() {
        return units;
    }

    Path live(Journal.Unit unit) {
        return layout.data().resolve(unit.live());
    }

    Path other(Journal.Unit unit) {
        return layout.data().resolve(unit.other());
    }

    /** Whether one unit is the whole raft folder. */
    boolean whole() {
        return units.size() == 1 && live(units.get(0)).equals(layout.raft());
    }

    /** Where a group lies in the trees that are not live. */
    Path staged(String group) {
        return whole()
                ? other(units.get(0)).resolve(group)
                : units.stream()
                        .filter(unit -> live(unit).getFileName().toString().equals(group))
                        .map(this::other)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no unit for " + group));
    }

    /** The folder that holds the groups of the trees that are not live. */
    Path stage() {
        Path first = other(units.get(0));
        return whole() ? first : java.util.Objects.requireNonNull(first.getParent());
    }

    /**
     * Whether a tree was made by this rebuild.
     *
     * @throws IOException if the marker cannot be read
     */
    boolean isOurs(Path tree) throws IOException {
        return markerOf(tree).equals(Optional.of(id));
    }

    /**
     * The rebuild that made a tree.
     *
     * @throws IOException if the marker cannot be read
     */
    static Optional<String> markerOf(Path tree) throws IOException {
        Path marker = tree.resolve(MARKER);
        return Files.isRegularFile(marker)
                ? Optional.of(Files.readString(marker, StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    /** How many of the live trees were made by this rebuild. */
    int liveOnes() throws IOException {
        int count = 0;
        for (Journal.Unit unit : units) {
            count += isOurs(live(unit)) ? 1 : 0;
        }
        return count;
    }

    void mark() throws IOException {
        for (Journal.Unit unit : units) {
            DurableFiles.write(
                    other(unit).resolve(MARKER), (id + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Ends three renames that were interrupted. */
    void settle() throws IOException {
        for (Journal.Unit unit : units) {
            Swap.settle(live(unit), other(unit));
        }
    }

    /** Whether no tree has its live name: nobody may be started. */
    boolean nothingIsLive() {
        return units.stream().anyMatch(unit -> Swap.nothingIsLive(live(unit), other(unit)));
    }

    /**
     * Removes what is not live. Only for a stage: the caller made sure that it is no original.
     *
     * @throws IOException if it cannot be removed, or holds an original after all
     */
    void removeStage() throws IOException {
        if (liveOnes() > 0) {
            throw new IOException("a tree of rebuild " + id + " is live: its other is an original");
        }
        StageCopy.remove(stage());
    }

    /**
     * What the live trees hold, or the others. The locks are left out: opening them would end them.
     *
     * @throws IOException if something cannot be read
     */
    TreeManifest list(boolean live) throws IOException {
        Path root = live ? layout.raft() : stage();
        List<String> names =
                units.stream().map(unit -> live(unit).getFileName().toString()).toList();
        return TreeManifest.of(
                root,
                path ->
                        !path.endsWith(Path.of("log", "LOCK"))
                                && (whole() || names.contains(path.getName(0).toString())));
    }
}
