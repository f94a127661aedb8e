package dev.catamaran.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this checkout, as the rules of the house look at them. */
final class Sources {

    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

    private Sources() {}

    /** Root of the checkout. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("ARCHITECTURE.md"))) {
                return at;
            }
        }
        throw new IllegalStateException("no ARCHITECTURE.md above " + here);
    }

    /** All Java files, main and test. */
    static List<Path> java() {
        return files(".java");
    }

    /** All files whose name ends so. */
    static List<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(path -> path.toString().endsWith(ending))
                    .filter(Sources::counts)
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + file, broken);
        }
    }

    static String text(Path file) {
        return String.join("\n", lines(file));
    }

    private static boolean counts(Path path) {
        for (Path part : root().relativize(path)) {
            if (SKIPPED.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
