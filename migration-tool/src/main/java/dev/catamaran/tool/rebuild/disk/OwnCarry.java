package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.OwnFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files by which our own server knows its home: without them a home made anew would be taken
 * for one of a real server. They name the member; everything else in them belongs to the cluster.
 */
final class OwnCarry {

    private static final String STATE = "upgrade.state";
    private static final List<String> OF_THE_CLUSTER = List.of("cluster-id", "legacy");

    private final HomeLayout layout;
    private final Path kept;

    /**
     * Prepares nothing.
     *
     * @param kept where the copies lie
     */
    OwnCarry(HomeLayout layout, Path kept) {
        this.layout = layout;
        this.kept = kept;
    }

    private static Path homeFile(HomeLayout layout) {
        return layout.own().resolve("home.json");
    }

    /**
     * Copies the files of a home of ours under the name of another member, unless this home has its
     * own.
     *
     * @return whether they were copied
     * @throws IOException if something cannot be read or written
     */
    boolean stage(HomeLayout source, Member member) throws IOException {
        if (Files.exists(homeFile(layout)) || !Files.isRegularFile(homeFile(source))) {
            return false;
        }
        String home = Files.readString(homeFile(source), StandardCharsets.UTF_8);
        Optional<Member> before = OwnFiles.memberOf(home);
        if (before.isEmpty()) {
            return false;
        }
        AddressMap map = AddressMap.of(Map.of(before.get(), member));
        StageCopy.remove(kept);
        Path own = kept.resolve(HomeLayout.OWN);
        DurableFiles.folder(own);
        write(own.resolve("home.json"), OwnFiles.renamed(home, "member", map).orElse(home));
        for (String name : OF_THE_CLUSTER) {
            Path file = source.own().resolve(name);
            if (Files.isDirectory(file)) {
                StageCopy.group(file, own.resolve(name));
            } else if (Files.exists(file)) {
                StageCopy.leaf(file, own.resolve(name));
            }
        }
        Path state = source.data().resolve(STATE);
        if (Files.isRegularFile(state)) {
            String text = Files.readString(state, StandardCharsets.UTF_8);
            Optional<String> renamed = OwnFiles.renamedState(text, map);
            if (renamed.isPresent()) {
                write(kept.resolve(STATE), renamed.get());
            }
        }
        StageCopy.own(kept, layout.data());
        DurableFiles.syncTree(kept);
        return true;
    }

    private static void write(Path file, String text) throws IOException {
        DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Puts the files where the server looks for them. May be repeated.
     *
     * @throws IOException if it fails
     */
    void place() throws IOException {
        for (Path file : files()) {
            Path live = live(file);
            if (!Files.exists(live)) {
                DurableFiles.folder(requireNonNull(live.getParent()));
                DurableFiles.replace(live, Files.readAllBytes(file));
                StageCopy.own(live, layout.data());
            }
        }
    }

    /**
     * Takes away those that nobody changed since. May be repeated.
     *
     * @throws IOException if it fails
     */
    void takeBack() throws IOException {
        for (Path file : files()) {
            Path live = live(file);
            if (Files.isRegularFile(live)
                    && Arrays.equals(Files.readAllBytes(live), Files.readAllBytes(file))) {
                Files.delete(live);
                DurableFiles.sync(requireNonNull(live.getParent()));
            }
        }
    }

    private Path live(Path file) {
        return layout.data().resolve(kept.relativize(file).toString());
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(kept)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(kept)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
