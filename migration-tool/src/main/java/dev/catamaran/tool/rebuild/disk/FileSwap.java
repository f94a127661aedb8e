package dev.catamaran.tool.rebuild.disk;

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

    private final JournalFolder folder;
    private final Failpoints failpoints;

    FileSwap(JournalFolder folder, Failpoints failpoints) {
        this.folder = folder;
        this.failpoints = failpoints;
    }

    static String digest(byte[] content) {
        return TreeManifest.sha256(content);
    }

    /** Puts the new versions in place; files somebody changed meanwhile are left and told. */
    List<Finding> forward(List<Journal.SmallFile> files) throws IOException {
        return replace(files, true);
    }

    /** Puts the old versions back; files somebody changed meanwhile are left and told. */
    List<Finding> back(List<Journal.SmallFile> files) throws IOException {
        return replace(files, false);
    }

    private List<Finding> replace(List<Journal.SmallFile> files, boolean forward)
            throws IOException {
        List<Finding> left = new ArrayList<>();
        for (int number = 0; number < files.size(); number++) {
            Journal.SmallFile file = files.get(number);
            String wanted = forward ? file.after() : file.before();
            String expected = forward ? file.before() : file.after();
            Path path = Path.of(file.path());
            Optional<String> now =
                    Files.isRegularFile(path)
                            ? Optional.of(TreeManifest.sha256(path))
                            : Optional.empty();
            if (now.equals(Optional.of(wanted))) {
                continue;
            }
            Path kept = folder.kept(number, forward);
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
}
