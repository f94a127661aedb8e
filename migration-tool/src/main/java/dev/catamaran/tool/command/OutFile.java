package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where a verb may write the file it was asked for, looked at before the work begins. */
final class OutFile {

    private OutFile() {}

    /** Whether a file is one that the verb itself wrote for the same purpose. */
    @FunctionalInterface
    interface Ours {
        boolean wrote(Path file) throws IOException;
    }

    /**
     * Why the file cannot be written.
     *
     * @param force whether to replace whatever is there
     * @throws IOException if what is there cannot be read
     */
    static Optional<Finding> refusal(Path out, boolean force, Ours ours) throws IOException {
        Path folder = out.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
            return Optional.of(
                    Finding.refuses(
                            "out-not-writable",
                            folder == null || Files.isDirectory(out)
                                    ? "this is a folder"
                                    : "there is no folder " + folder,
                            out.toString(),
                            "Name a file in a folder that exists by --out."));
        }
        if (force || !Files.exists(out, LinkOption.NOFOLLOW_LINKS) || ours.wrote(out)) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.refuses(
                        "file-exists",
                        "there is a file already, which is something else",
                        out.toString(),
                        "Name another file by --out, or give --force to replace this one."));
    }
}
