package dev.catamaran.tool.rebuild.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which folders are mount points; those cannot be renamed, as in a container with a volume. */
final class Mounts {

    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    /** The fifth field is the mount point (proc_pid_mountinfo(5)). */
    private static final int FIELD = 4;

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private Mounts() {}

    /**
     * Whether a folder is a mount point. Where the system has no table, it is asked by device.
     *
     * @throws IOException if neither can be read
     */
    static boolean isMountPoint(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!Files.isReadable(TABLE)) {
            Path parent = real.getParent();
            return parent == null || !Files.getFileStore(real).equals(Files.getFileStore(parent));
        }
        try (Stream<String> lines = Files.lines(TABLE, StandardCharsets.UTF_8)) {
            return lines.map(line -> line.split(" "))
                    .filter(fields -> fields.length > FIELD)
                    .anyMatch(fields -> unescape(fields[FIELD]).equals(real.toString()));
        }
    }

    /** Spaces and the like are written as a backslash and three octal digits. */
    static String unescape(String text) {
        Matcher matcher = ESCAPE.matcher(text);
        return matcher.replaceAll(
                found ->
                        Matcher.quoteReplacement(
                                String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    }
}
