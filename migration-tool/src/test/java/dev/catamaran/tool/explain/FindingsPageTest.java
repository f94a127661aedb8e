package dev.catamaran.tool.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for operators names every finding, and no other. */
class FindingsPageTest {

    @Test
    void everyFindingIsOnThePageAndNothingElse() throws IOException {
        Set<String> inCode = new TreeSet<>();
        Path folder = Path.of("src/main/java/dev/catamaran/tool/explain");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Rules.java")).toList()) {
                collect(
                        "(?:new Finding\\(|return Optional.of\\(note\\(|\\? |:"
                                + " )\\s*\"([a-z0-9]+(?:-[a-z0-9]+)+)\"",
                        Files.readString(file),
                        inCode);
            }
        }
        Set<String> onPage = new TreeSet<>();
        collect(
                "(?m)^\\| `([a-z0-9-]+)` \\|",
                Files.readString(Path.of("../docs/tool/explain.md")),
                onPage);

        assertThat(onPage).isEqualTo(inCode);
    }

    private static void collect(String pattern, String text, Set<String> into) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        while (found.find()) {
            into.add(found.group(1));
        }
    }
}
