package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.LegacyMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code data/naming}, where the 1.x raft keeps one file for each record (spec: legacy-raft 5). It
 * names no member, so a rename leaves it alone; a home that is made anew gets that of the best
 * home.
 */
final class LegacyCarry {

    /** Parts of data that a rebuild makes, carries, or that are no data. */
    private static final Set<String> KNOWN = Set.of("protocol", "naming", HomeLayout.OWN);

    private final HomeLayout layout;
    private final Path kept;

    /**
     * Prepares nothing.
     *
     * @param kept where the copy lies before it is live, and after an undo
     */
    LegacyCarry(HomeLayout layout, Path kept) {
        this.layout = layout;
        this.kept = kept;
    }

    /**
     * How far the 1.x raft of a home had come; empty if it has no records there.
     *
     * @throws IOException if its files cannot be listed, or its term cannot be read
     */
    static Optional<LegacyMark> mark(HomeLayout layout) throws IOException {
        int records = layout.legacyRecords();
        return records == 0
                ? Optional.empty()
                : Optional.of(new LegacyMark(records, layout.legacyTerm(), layout.legacyDigest()));
    }

    /**
     * Copies the files of a home beside the stage, unless this home has its own.
     *
     * @return whether they were copied
     * @throws IOException if something cannot be read or written
     */
    boolean stage(HomeLayout source) throws IOException {
        if (layout.legacyRecords() > 0) {
            return false;
        }
        StageCopy.remove(kept);
        StageCopy.group(source.naming(), kept);
        StageCopy.own(kept, layout.data());
        DurableFiles.syncTree(kept);
        DurableFiles.sync(requireNonNull(kept.getParent()));
        return true;
    }

    /**
     * Gives them the name a server opens. May be repeated.
     *
     * @throws IOException if it fails
     */
    void place() throws IOException {
        move(kept, layout.naming());
    }

    /**
     * Takes them away again. May be repeated.
     *
     * @throws IOException if it fails
     */
    void takeBack() throws IOException {
        move(layout.naming(), kept);
    }

    private static void move(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        if (holdsNothing(to)) {
            StageCopy.remove(to);
        }
        if (!Files.exists(to)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.sync(requireNonNull(from.getParent()));
            DurableFiles.sync(requireNonNull(to.getParent()));
        }
    }

    /** A server makes the folders when it starts. */
    private static boolean holdsNothing(Path tree) throws IOException {
        if (!Files.isDirectory(tree)) {
            return false;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            return all.noneMatch(Files::isRegularFile);
        }
    }

    /**
     * What a home made anew lacks and this program does not know how to make.
     *
     * @param members who is to stand in the list
     * @throws IOException if the folders cannot be read
     */
    List<Finding> leftToDo(HomeLayout source, String members) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (!Files.exists(layout.clusterConf())) {
            findings.add(
                    Finding.warns(
                            "no-cluster-conf",
                            "this home has no list of members",
                            layout.clusterConf().toString(),
                            "Write these into it before you start the server: " + members));
        }
        if (layout.data().equals(source.data())) {
            return findings;
        }
        try (Stream<Path> parts = Files.list(source.data())) {
            List<String> others =
                    parts.map(part -> part.getFileName().toString())
                            .filter(name -> !KNOWN.contains(name))
                            .filter(name -> !Files.exists(layout.data().resolve(name)))
                            .sorted()
                            .toList();
            if (!others.isEmpty()) {
                findings.add(
                        Finding.warns(
                                "not-carried",
                                "these parts of data/ are no raft data and were not carried: "
                                        + String.join(", ", others),
                                source.data().toString(),
                                "Copy what this server needs, such as derby-data of an embedded"
                                        + " configuration database, before you start it."));
            }
        }
        return findings;
    }
}
