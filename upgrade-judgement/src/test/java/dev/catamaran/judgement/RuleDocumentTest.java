package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/reference/decisions.md} tells every rule there is, no other, and truly. After a
 * change of the judge's words, {@code -Dcatamaran.rewrite=true} writes the examples anew instead.
 */
class RuleDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "decisions.md");

    /** From here on it tells what members answer without the judge; their own test holds it. */
    private static final String NOT_THE_JUDGES = "## Answers of a member";

    private static final Pattern HEADING = Pattern.compile("^### `([a-z0-9-]+)`$");

    @Test
    void theDocumentTellsEveryRuleAndNoOther() throws IOException {
        List<String> rules = Stream.of(Rule.values()).map(Rule::id).toList();

        assertThat(new ArrayList<>(sections().keySet())).containsExactlyElementsOf(rules);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void theWorkedExampleIsWhatTheJudgeSays(Rule rule) throws IOException {
        String example = "```json\n" + RuleExamples.json(RuleExamples.of(rule)) + "```";
        if (Boolean.getBoolean("catamaran.rewrite")) {
            rewrite(rule, example);
        }
        String section = sections().getOrDefault(rule.id(), "");

        assertThat(section).as("section of %s", rule.id()).contains(example).contains("**Do:** ");
    }

    private static void rewrite(Rule rule, String example) throws IOException {
        String text = Files.readString(DOCUMENT);
        int section = text.indexOf("### `" + rule.id() + "`");
        int start = text.indexOf("```json", section);
        int end = text.indexOf("```", start + 3) + 3;
        Files.writeString(DOCUMENT, text.substring(0, start) + example + text.substring(end));
    }

    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        String current = "";
        StringBuilder text = new StringBuilder();
        List<String> lines = Files.readAllLines(DOCUMENT);
        for (String line : lines.subList(0, lines.indexOf(NOT_THE_JUDGES))) {
            Matcher matcher = HEADING.matcher(line);
            if (matcher.matches() || line.startsWith("## ")) {
                sections.put(current, text.toString());
                text.setLength(0);
                current = matcher.matches() ? matcher.group(1) : "";
            } else {
                text.append(line).append('\n');
            }
        }
        sections.put(current, text.toString());
        sections.remove("");
        return sections;
    }
}
