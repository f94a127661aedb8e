package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces the small files by the kept new or old versions. Each may be repeated. */
final class FileSwap {

    private final HomeLayout layout;
    private final JournalFolder folder;
    private final Failpoints failpoints;

    FileSwap(HomeLayout layout, JournalFolder folder, Failpoints failpoints) {
        this.layout = layout;
        this.folder = folder;
        this.failpoints = failpoints;
    }

    static String digest(byte[] content) {
        return TreeManifest.sha256(content);
    }

    /** Puts the new versions in place; files somebody changed meanwhile are left and told. */
    List<Finding> forward(Journal journal) throws IOException {
        return replace(journal, true);
    }

    /** Puts the old versions back; files somebody changed meanwhile are left and told. */
    List<Finding> back(Journal journal) throws IOException {
        return replace(journal, false);
    }

    private List<Finding> replace(Journal journal, boolean forward) throws IOException {
        List<Journal.SmallFile> files = journal.files();
        List<Finding> left = new ArrayList<>();
        for (int number = 0; number < files.size(); number++) {
            Journal.SmallFile file = files.get(number);
            String wanted = forward ? file.after() : file.before();
            String expected = forward ? file.before() : file.after();
            Path named = layout.home().resolve(file.path());
            Path path = Files.exists(named) ? named.toRealPath() : named;
            Optional<String> now =
                    Files.isRegularFile(path)
                            ? Optional.of(TreeManifest.sha256(path))
                            : Optional.empty();
            if (now.equals(Optional.of(wanted))) {
                continue;
            }
            Path kept = folder.kept(number, forward);
            if (strange(journal, path)) {
                left.add(
                        Finding.warns(
                                "file-of-another-home",
                                "this home lay at "
                                        + journal.home()
                                        + " when it was rebuilt, and the file is a link out of it,"
                                        + " so it is left as it is",
                                named + " -> " + path,
                                "If the file belongs to this home, write what is in " + kept));
                continue;
            }
            if (now.isPresent() && now.get().equals(expected)) {
                SmallFiles.replace(path, Files.readAllBytes(kept));
                failpoints.reached(forward ? Point.FILE_REPLACED : Point.FILE_RESTORED);
            } else {
                left.add(
                        Finding.warns(
                                "file-changed-meanwhile",
                                "somebody changed the file, so it is left as it is",
                                path.toString(),
                                "Compare it with " + kept + " and decide."));
            }
        }
        return left;
    }

    /** A home that was moved or copied may share a linked file with another one. */
    private boolean strange(Journal journal, Path path) throws IOException {
        Path home = layout.home().toRealPath();
        boolean inside = path.startsWith(home) || path.startsWith(layout.data());
        return !inside && !home.toString().equals(journal.home());
    }
}
