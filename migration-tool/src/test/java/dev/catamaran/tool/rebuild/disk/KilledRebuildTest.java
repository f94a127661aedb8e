package dev.catamaran.tool.rebuild.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.HomeLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** kill -9 at every point: the old or the new state to the byte, and a rerun succeeds. */
class KilledRebuildTest {

    private static final Set<Point> OF_UNDO =
            EnumSet.range(Point.UNDO_CHECKED, Point.JOURNAL_UNDONE);

    /** Without an atomic exchange these points exist, and those round them matter. */
    private static final Set<Point> OF_RENAMES = EnumSet.of(Point.MOVED_AWAY, Point.MOVED_IN);

    @TempDir static Path shared;

    @TempDir Path folder;

    private static OneRebuild one;
    private static Path plan;
    private static JRaftWork work;

    @BeforeAll
    static void prepare() throws IOException {
        one = OneRebuild.prepare(shared);
        plan = shared.resolve("plan.json");
        PlanFile.write(plan, one.plan());
        work = TestHomes.work("2.4.1");
    }

    @AfterAll
    static void close() throws IOException {
        work.close();
    }

    static Stream<Arguments> pointsOfApply() {
        Stream<Arguments> atomic =
                EnumSet.complementOf(EnumSet.copyOf(OF_UNDO)).stream()
                        .filter(point -> !OF_RENAMES.contains(point))
                        .map(point -> Arguments.of(point, true));
        Stream<Arguments> renames =
                Stream.of(Point.MOVED_AWAY, Point.MOVED_IN, Point.EXCHANGED)
                        .map(point -> Arguments.of(point, false));
        return Stream.concat(atomic, renames);
    }

    @ParameterizedTest(name = "{0}, atomic exchange: {1}")
    @MethodSource("pointsOfApply")
    void anApplyThatIsKilledLeavesOldOrNewAndRunsAgain(Point point, boolean atomic)
            throws Exception {
        Path home = one.copy(folder.resolve("home"));

        killAt("apply", home, point, atomic);

        one.assertOldOrNew(home, work);
        assertThat(one.apply(home, tools())).isInstanceOf(Rebuilds.Outcome.Done.class);
        one.assertRebuiltAndUndoable(home, tools());
    }

    static Stream<Arguments> pointsOfUndo() {
        Stream<Arguments> atomic = OF_UNDO.stream().map(point -> Arguments.of(point, true));
        Stream<Arguments> renames = OF_RENAMES.stream().map(point -> Arguments.of(point, false));
        return Stream.concat(atomic, renames);
    }

    @ParameterizedTest(name = "{0}, atomic exchange: {1}")
    @MethodSource("pointsOfUndo")
    void anUndoThatIsKilledLeavesOldOrNewAndRunsAgain(Point point, boolean atomic)
            throws Exception {
        Path home = one.copy(folder.resolve("home"));
        one.apply(home, tools());

        killAt("undo", home, point, atomic);

        one.assertOldOrNew(home, work);
        assertThat(OneRebuild.undo(home, tools())).isInstanceOf(Rebuilds.Outcome.Done.class);
        assertThat(TestHomes.picture(home)).isEqualTo(one.original());
        assertThat(HomeStatus.of(HomeLayout.of(home)).live()).isEqualTo(HomeStatus.Live.OLD);
    }

    private static HomeRebuild.Tools tools() {
        return new HomeRebuild.Tools(work, NativeExchange.ofThisSystem(), Failpoints.NONE);
    }

    private static void killAt(String verb, Path home, Point point, boolean atomic)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RebuildChild.class.getName(),
                        verb,
                        plan.toString(),
                        home.toString(),
                        point.name(),
                        Boolean.toString(atomic)));
        Process child =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals(RebuildChild.THERE)) {
                line = out.readLine();
            }
            assertThat(line).as("the work comes to " + point).isEqualTo(RebuildChild.THERE);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
