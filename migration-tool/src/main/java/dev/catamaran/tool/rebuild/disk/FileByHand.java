package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a rebuild could not change, told until somebody has changed it.
 *
 * @param path relative to the home, which may lie elsewhere by now
 * @param digest SHA-256 of what it held
 * @param what is wrong with it
 */
record FileByHand(String path, String digest, String what) {

    FileByHand {
        requireNonNull(path, "path is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(what, "what is null");
    }

    static List<FileByHand> of(HomeLayout layout, List<Finding> findings) throws IOException {
        List<FileByHand> files = new ArrayList<>();
        for (Finding finding : findings) {
            Path file = Path.of(finding.where());
            if (file.startsWith(layout.home())) {
                files.add(
                        new FileByHand(
                                layout.home().relativize(file).toString(),
                                TreeManifest.sha256(file),
                                finding.what()));
            }
        }
        return files;
    }

    /** Whether nobody has changed it yet. */
    boolean isAsItWas(HomeLayout layout) throws IOException {
        Path file = layout.home().resolve(path);
        return Files.isRegularFile(file) && TreeManifest.sha256(file).equals(digest);
    }
}
