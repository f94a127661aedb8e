package dev.catamaran.legacyraft.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of defences names every defect of the spec, every defence, and tests that exist. */
class DefenceTableTest {

    private static final Path PAGE = Path.of("../docs/reference/legacy-raft-defences.md");
    private static final Pattern ROW = Pattern.compile("^\\| (D\\d+) \\|.*$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");
    private static final Pattern NAME = Pattern.compile("`([A-Z]+(?:_[A-Z]+)*)`");
    private static final List<Class<?>> HERE = List.of(DefencesTest.class, EdgeDefencesTest.class);

    @Test
    void everyDefectHasARowAndEveryRowATest() throws IOException {
        Set<String> defects = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                defects.add(row.group(1));
                List<String> tests = tests(line);
                assertThat(tests).as("tests of %s", row.group(1)).isNotEmpty();
                assertThat(methods()).containsAll(tests);
            }
        }
        Set<String> all = new TreeSet<>();
        for (int n = 1; n <= 19; n++) {
            all.add("D" + n);
        }
        assertThat(defects).isEqualTo(all);
    }

    @Test
    void everyDefenceOfTheCoreIsNamed() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher names = NAME.matcher(Files.readString(PAGE));
        while (names.find()) {
            named.add(names.group(1));
        }
        assertThat(named).containsAll(Arrays.stream(Defence.values()).map(Defence::name).toList());
    }

    private static List<String> tests(String line) {
        List<String> tests = new ArrayList<>();
        Matcher names = TEST.matcher(line);
        while (names.find()) {
            tests.add(names.group(1) + "#" + names.group(2));
        }
        return tests;
    }

    private static Set<String> methods() {
        Set<String> methods = new TreeSet<>();
        for (Class<?> type : HERE) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .forEach(method -> methods.add(type.getSimpleName() + "#" + method.getName()));
        }
        return methods;
    }
}
