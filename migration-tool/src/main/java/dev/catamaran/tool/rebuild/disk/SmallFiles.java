package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.ClusterConf;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.OwnFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;

/** The files beside the groups that name members, and what they will say. */
final class SmallFiles {

    /** A list of members is no larger; something else under this name is left alone. */
    private static final long LARGEST = 1 << 20;

    /**
     * A file and its new content.
     *
     * @param path relative to the home
     */
    record Change(String path, byte[] before, byte[] after) {}

    /**
     * What is to be changed, and what the operator must change by hand.
     *
     * @param changes files this program replaces
     * @param byHand warnings for those it cannot
     */
    record Found(List<Change> changes, List<Finding> byHand) {
        Found {
            changes = List.copyOf(changes);
            byHand = List.copyOf(byHand);
        }
    }

    private final HomeLayout layout;
    private final AddressMap map;
    private final List<Change> changes = new ArrayList<>();
    private final List<Finding> byHand = new ArrayList<>();

    private SmallFiles(HomeLayout layout, AddressMap map) {
        this.layout = layout;
        this.map = map;
    }

    /**
     * Looks through a home, reading only.
     *
     * @param only with a change of voters, the members afterwards
     * @throws IOException if a file cannot be read
     */
    static Found in(HomeLayout layout, AddressMap map, Optional<SortedSet<Member>> only)
            throws IOException {
        SmallFiles files = new SmallFiles(layout, map);
        files.add(layout.clusterConf(), text -> ClusterConf.renamed(text, map, only));
        files.add(
                layout.own().resolve("home.json"),
                text -> OwnFiles.renamed(text, "member", map).orElse(text));
        files.add(
                layout.own().resolve("legacy").resolve("pledge.json"),
                text -> OwnFiles.renamed(text, "votedFor", map).orElse(text));
        files.add(
                layout.data().resolve("upgrade.state"),
                text -> OwnFiles.renamedState(text, map).orElse(text));
        files.properties(layout.home().resolve("conf").resolve("application.properties"));
        return new Found(files.changes, files.byHand);
    }

    private void add(Path file, UnaryOperator<String> renamed) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            return;
        }
        byte[] before = Files.readAllBytes(file);
        String text = new String(before, StandardCharsets.UTF_8);
        byte[] after = renamed.apply(text).getBytes(StandardCharsets.UTF_8);
        boolean isText = java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), before);
        if (!isText || java.util.Arrays.equals(before, after)) {
            return;
        }
        Path real = file.toRealPath();
        Path folder = real.getParent();
        if (folder == null || !Files.isWritable(folder) || Mounts.isMountPoint(real)) {
            byHand.add(
                    Finding.warns(
                            "change-by-hand",
                            "the file names old addresses and cannot be replaced from here"
                                    + " (read-only, or mounted by itself)",
                            file.toString(),
                            "Change it where it comes from, before you start the server."));
            return;
        }
        changes.add(new Change(name(file), before, after));
    }

    private String name(Path file) {
        Path relative =
                file.startsWith(layout.data())
                        ? Path.of("data").resolve(layout.data().relativize(file))
                        : layout.home().relativize(file);
        return relative.toString().replace('\\', '/');
    }

    /** Settings can hold addresses in many keys and forms: they are shown, not changed. */
    private void properties(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            return;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines =
                text.lines()
                        .filter(line -> !line.strip().startsWith("#"))
                        .filter(
                                line ->
                                        map.images().entrySet().stream()
                                                .filter(it -> !it.getKey().equals(it.getValue()))
                                                .anyMatch(it -> names(line, it.getKey())))
                        .map(line -> line.substring(0, Math.max(0, line.indexOf('='))).strip())
                        .filter(key -> !key.isEmpty())
                        .toList();
        if (!lines.isEmpty()) {
            byHand.add(
                    Finding.warns(
                            "settings-name-old-address",
                            "the settings " + lines + " name an old address",
                            file.toString(),
                            "Change them by hand before you start the server."));
        }
    }

    private static boolean names(String line, Member old) {
        return line.matches(
                ".*(?<![\\w.])" + java.util.regex.Pattern.quote(old.host()) + "(?![\\w.]).*");
    }

    /**
     * Replaces a file in one step, keeping its owner and permissions.
     *
     * @throws IOException if it cannot be replaced
     */
    static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".catamaran-new");
        try {
            Files.copy(
                    file,
                    temporary,
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                    LinkOption.NOFOLLOW_LINKS);
            dev.catamaran.tool.home.DurableFiles.write(temporary, content);
            StageCopy.own(temporary, file);
            Files.move(
                    temporary,
                    file,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        Path folder = file.getParent();
        if (folder != null) {
            dev.catamaran.tool.home.DurableFiles.sync(folder);
        }
    }
}
