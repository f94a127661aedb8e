package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catamaran.judgement.Trace.Label;
import dev.catamaran.judgement.Trace.Step;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Promela model of the ladder: it is clean, it catches the bugs planted in it, and it can
 * follow what clusters round the real {@link Judge} do, and nothing else.
 */
class ModelTest {

    private static final Path CHECK = Path.of("model", "check");
    private static final int TRACES = 60;
    private static final int ACTIONS = 500;
    private static final long TIMEOUT_S = 300;

    @TempDir Path folder;

    @BeforeEach
    void needsSpin() {
        for (String tool : List.of("spin", "gcc", "bash")) {
            assumeTrue(
                    onPath(tool),
                    "THE MODEL IS NOT CHECKED: no "
                            + tool
                            + " on the PATH. On Debian: apt-get install spin gcc");
        }
    }

    @Test
    void theModelIsCleanAndCatchesPlantedBugs() throws Exception {
        Run run = check("quick");

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output())
                .containsPattern("planted: no fence +caught")
                .containsPattern("planted: unknown means old +caught")
                .containsPattern("progress when all is well +clean");
    }

    @Test
    void theModelFollowsWhatTheRealJudgeDoes() throws Exception {
        for (int seed = 0; seed < TRACES; seed++) {
            trace(seed).write(file("seed-" + seed));
        }
        Run run = check("traces", folder.toString());

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output().lines().filter(line -> line.endsWith("followed to its end")))
                .hasSize(TRACES);
    }

    @Test
    void theModelFollowsNoTraceThatBreaksARule() throws Exception {
        List<String> names = new ArrayList<>();
        for (int seed = 0; names.size() < 12; seed++) {
            Trace trace = trace(seed);
            int through = trace.indexOf(new Step(Label.MOVE, Trace.number(Phase.JRAFT), 2));
            if (through < 0) {
                continue;
            }
            write(names, "without-comparison-" + seed, trace.without(Label.DRAIN, through));
            write(
                    names,
                    "unknown-moves-" + seed,
                    trace.endingWith(through + 1, new Step(Label.OLD, 0, 0)));
            write(
                    names,
                    "two-steps-at-once-" + seed,
                    trace.endingWith(
                            through, new Step(Label.MOVE, Trace.number(Phase.FINALIZED), 2)));
            Step unheard = new Step(Label.APPLY, 0, (int) SimulatedLadder.LAST_EPOCH);
            write(names, "out-of-thin-air-" + seed, trace.endingWith(through, unheard));
        }
        Run run = check("traces", folder.toString());

        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        for (String name : names) {
            assertThat(run.output()).contains(name + ".trace: not followed after step ");
        }
    }

    @Test
    void theStepsHaveTheSameNumbersInBoth() throws IOException {
        Pattern define = Pattern.compile("#define ([A-Z_]+) +(\\d+)");
        List<String> model = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("model", "labels.h"))) {
            Matcher matcher = define.matcher(line);
            if (matcher.matches()) {
                model.add(matcher.group(1) + " " + matcher.group(2));
            }
        }
        assertThat(model)
                .containsExactlyElementsOf(
                        Stream.of(Label.values()).map(l -> l + " " + l.number()).toList());
    }

    private static Trace trace(long seed) {
        return new SimulatedLadder(seed).run(ACTIONS);
    }

    private void write(List<String> names, String name, Trace trace) throws IOException {
        names.add(name);
        trace.write(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + ".trace");
    }

    private record Run(int exit, String output) {}

    private Run check(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", CHECK.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("%s ends in time", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static boolean onPath(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, tool)));
    }
}
