package dev.catamaran.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sizes, banned calls, and documents that must not disagree with the code. */
class TidyTest {

    private static final int MAX_LINES = 400;

    /**
     * What no source may contain, with the reason. Patterns are split so that they do not match
     * here.
     */
    private static final Map<Pattern, String> BANNED = banned();

    private static Map<Pattern, String> banned() {
        Map<Pattern, String> rules = new LinkedHashMap<>();
        rules.put(Pattern.compile("@[a]uthor\\b"), "the log knows");
        rules.put(Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b"), "finish it");
        rules.put(Pattern.compile("System\\.[e]xit\\("), "only the mains end the process");
        rules.put(Pattern.compile("import [l]ombok"), "records do it");
        rules.put(Pattern.compile("[p]rintStackTrace\\("), "log it or answer it");
        rules.put(Pattern.compile("Thread\\.[s]leep\\("), "wait for what you wait for");
        return rules;
    }

    /** Where a banned call has its place. */
    private static final Set<String> MAINS = Set.of("CatamaranServer.java", "CatamaranTool.java");

    @Test
    void noFileIsLongerThanAPersonReads() {
        List<String> tooLong =
                Sources.java().stream()
                        .filter(file -> Sources.lines(file).size() > MAX_LINES)
                        .map(file -> Sources.lines(file).size() + " " + name(file))
                        .toList();

        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothingBannedIsUsed() {
        List<String> found = new ArrayList<>();
        for (Path file : Sources.java()) {
            List<String> lines = Sources.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                for (Map.Entry<Pattern, String> rule : BANNED.entrySet()) {
                    boolean main = MAINS.contains(file.getFileName().toString());
                    if (rule.getKey().matcher(lines.get(i)).find()
                            && !(main && lines.get(i).contains("exit"))) {
                        found.add(name(file) + ":" + (i + 1) + " " + rule.getValue());
                    }
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageOfOursSaysWhatItIsFor() {
        Set<Path> withCode =
                Sources.java().stream()
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .map(Path::getParent)
                        .collect(Collectors.toSet());

        assertThat(withCode)
                .allSatisfy(
                        folder ->
                                assertThat(Files.exists(folder.resolve("package-info.java")))
                                        .as(name(folder))
                                        .isTrue());
    }

    @Test
    void everyTypeThatTheArchitectureNamesExists() {
        Pattern declared = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");
        Set<String> types =
                Sources.java().stream()
                        .flatMap(file -> declared.matcher(Sources.text(file)).results())
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet());
        String text = Sources.text(Sources.root().resolve("ARCHITECTURE.md"));
        Matcher named = Pattern.compile("`([A-Z][A-Za-z]+)`").matcher(text);
        List<String> missing = new ArrayList<>();
        while (named.find()) {
            if (!types.contains(named.group(1))) {
                missing.add(named.group(1));
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path file : Sources.files(".md")) {
            Matcher link =
                    Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)").matcher(Sources.text(file));
            while (link.find()) {
                boolean outside = link.group(1).contains("://");
                if (!outside && !Files.exists(file.resolveSibling(link.group(1)))) {
                    broken.add(name(file) + " -> " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void everyReadmeInOneLanguageHasItsTwin() {
        List<String> alone = new ArrayList<>();
        for (Path file : Sources.files(".zh-CN.md")) {
            Path twin =
                    file.resolveSibling(file.getFileName().toString().replace(".zh-CN.md", ".md"));
            if (headings(file) != headings(twin)) {
                alone.add(name(file));
            }
        }

        assertThat(alone).isEmpty();
        assertThat(Sources.root().resolve("README.zh-CN.md")).exists();
    }

    private static long headings(Path file) {
        return Files.exists(file)
                ? Sources.lines(file).stream().filter(line -> line.startsWith("#")).count()
                : -1;
    }

    private static String name(Path file) {
        return Sources.root().relativize(file).toString();
    }
}
