package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.catamaran.tool.home.HomeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on its own, whose container has another address after each start. */
class HereTest {

    @TempDir static Path template;

    @TempDir Path folder;

    private WrongWorld world;

    @BeforeAll
    static void unpack() throws IOException {
        WrongWorld.template(template);
    }

    @BeforeEach
    void copy() throws IOException {
        world = WrongWorld.copyOf(template, folder);
    }

    /** The home of a server on its own at an address, with all records. */
    private Path alone(String name, String address) {
        Path home = folder.resolve(name);
        List<String> plan =
                world.plan(
                        "--mode",
                        "shrink",
                        "--map",
                        "127.0.0.1:8848=" + address,
                        "--map",
                        "127.0.0.2:8848=127.0.0.2:8848",
                        "--map",
                        "127.0.0.3:8848=127.0.0.3:8848",
                        "--members",
                        address,
                        "--target",
                        address + "=" + home,
                        "--force");
        assertDone(plan);
        assertDone(changing("rebuild", "apply", folder.resolve("plan.json").toString()));
        return home;
    }

    @Test
    void groupsThatAStartAtTheNewAddressMadeAnewAreNamedWithTheWayOut() throws IOException {
        Path home = alone("a", "10.9.0.1:8848");
        Path elsewhere = alone("b", "10.9.0.2:8848");
        String group = "data/protocol/raft/naming_persistent_service_v2";
        HomeCopy.remove(home.resolve(group));
        Files.move(elsewhere.resolve(group), home.resolve(group));

        WrongInputTest.Answer answer =
                WrongInputTest.run(
                        changing("rebuild", "here", home.toString(), "--address", "10.9.0.2"));

        assertThat(answer.exit()).isEqualTo(ExitCodes.REFUSED);
        assertThat(answer.text())
                .contains("[groups-disagree]")
                .contains("naming_persistent_service_v2 names [10.9.0.2:8848]")
                .contains("naming_service_metadata names [10.9.0.1:8848]")
                .contains("move those folders");

        Files.move(home.resolve(group), folder.resolve("kept"));
        assertDone(changing("rebuild", "here", home.toString(), "--address", "10.9.0.2", "--yes"));
    }

    @Test
    void aListThatIsMountedByItselfIsToldUntilItIsRight() throws Exception {
        Path home = alone("a", "10.9.0.1:8848");
        Path list = home.resolve("conf/cluster.conf");
        world.text(list, "10.9.0.1:8848\n");
        Path source = folder.resolve("mounted.conf");
        world.text(source, "10.9.0.1:8848\n");
        try {
            assumeThat(world.mount("mount", "--bind", source.toString(), list.toString()))
                    .as("needs the right to mount")
                    .isTrue();
            assertDone(
                    changing("rebuild", "here", home.toString(), "--address", "10.9.0.2", "--yes"));
            List<String> status = List.of("rebuild", "status", home.toString());

            assertThat(WrongInputTest.run(status).text())
                    .contains("could not be changed: conf/cluster.conf")
                    .contains("by hand")
                    .doesNotContain("Nothing to do");

            Files.writeString(source, "10.9.0.2:8848\n");
            assertThat(WrongInputTest.run(status).text())
                    .contains("Nothing to do")
                    .doesNotContain("could not be changed");
        } finally {
            world.close();
        }
    }

    private List<String> changing(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--journal", folder.resolve("journal").toString()));
        return all;
    }

    private static void assertDone(List<String> arguments) {
        WrongInputTest.Answer answer = WrongInputTest.run(arguments);
        assertThat(answer.exit()).as(answer.text()).isZero();
    }
}
