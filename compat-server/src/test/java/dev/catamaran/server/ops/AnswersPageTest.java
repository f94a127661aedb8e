package dev.catamaran.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswersPageTest {

    @Test
    void thePageTellsEveryAnswerThatIsNotTheJudgesAndNoOther() throws IOException {
        Set<String> inCode = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/catamaran/server/ops"))) {
            for (Path file : files.toList()) {
                collect(
                        "(?:Reasons\\.one|reason|refuse)\\(\\s*(?:[\\w.]+,\\s*)?\"([a-z0-9-]+)\"",
                        Files.readString(file),
                        inCode);
            }
        }
        inCode.removeAll(Stream.of(Rule.values()).map(Rule::id).collect(Collectors.toSet()));
        String page = Files.readString(Path.of("../docs/reference/decisions.md"));
        String section = page.substring(page.indexOf("## Answers of a member"));
        Set<String> onPage = new TreeSet<>();
        collect("(?m)^### `([a-z0-9-]+)`$", section, onPage);

        assertThat(onPage).isEqualTo(inCode).hasSizeGreaterThan(5);
        for (String id : onPage) {
            String told = section.substring(section.indexOf("### `" + id + "`"));
            assertThat(told.substring(0, told.indexOf("**Do:** ")))
                    .as(id)
                    .contains("\"rule\": \"" + id + "\"");
        }
    }

    private static void collect(String pattern, String text, Set<String> into) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        while (found.find()) {
            into.add(found.group(1));
        }
    }
}
