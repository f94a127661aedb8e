package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Whatever is wrong is said, with where and what to do; nothing is written, no stack is shown. */
class WrongInputTest {

    private static final int AT_LEAST = 60;

    @TempDir static Path template;

    @TempDir Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        WrongWorld.template(template);
    }

    /** How a verb ended. */
    record Answer(int exit, String text) {}

    static Answer run(List<String> args) {
        StringWriter text = new StringWriter();
        CommandLine line = CatamaranTool.commandLine();
        line.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        int exit = line.execute(args.toArray(new String[0]));
        return new Answer(exit, text.toString());
    }

    static Stream<WrongCase> cases() {
        return Stream.of(WrongMaps.all(), WrongHomes.all(), WrongFiles.all()).flatMap(it -> it);
    }

    @Test
    void thereAreEnoughWrongThings() {
        assertThat(cases().map(WrongCase::name).distinct()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatIsWrongIsSaidAndNothingIsWritten(WrongCase wrong) throws Exception {
        WrongWorld world = WrongWorld.copyOf(template, folder);
        try {
            List<String> args = wrong.spoil().apply(world);
            assumeThat(args).as("this machine can be made so").isNotEmpty();
            String before = picture();

            Answer answer = run(args);

            assertThat(answer.text()).contains(wrong.says());
            assertThat(answer.exit()).as(answer.text()).isEqualTo(wrong.exit());
            assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
            assertThat(picture()).isEqualTo(before);
        } finally {
            world.close();
        }
    }

    private String picture() throws IOException {
        return TreeManifest.of(
                        folder,
                        path ->
                                !path.endsWith(Path.of("log", "LOCK"))
                                        && !path.endsWith(Path.of("catamaran", "lock"))
                                        && !path.toString().endsWith(".blob"))
                .digestHex();
    }
}
