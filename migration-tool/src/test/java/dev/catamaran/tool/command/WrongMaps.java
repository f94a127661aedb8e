package dev.catamaran.tool.command;

import static dev.catamaran.tool.command.WrongCase.refused;
import static dev.catamaran.tool.command.WrongCase.usage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Wrong maps, wrong modes, wrong options. */
final class WrongMaps {

    private static final String A = "127.0.0.1:8848";
    private static final String B = "127.0.0.2:8848";
    private static final String C = "127.0.0.3:8848";

    private WrongMaps() {}

    static Stream<WrongCase> all() {
        return Stream.concat(forms(), Stream.concat(names(), modes()));
    }

    private static Stream<WrongCase> forms() {
        return Stream.of(
                        "127.0.0.1:8848",
                        "=",
                        "127.0.0.1:8848=",
                        "127.0.0.1:8848=10.9.0.1:0",
                        "127.0.0.1:8848=10.9.0.1:65536",
                        "127.0.0.1:8848=10.9.0.1:88a8",
                        "127.0.0.1:8848=10.9.0.256:8848",
                        "127.0.0.1:8848=10.9.0.1.5:8848",
                        "127.0.0.1:8848=10.9.0:8848",
                        "127.0.0.1:8848=http://10.9.0.1:8848",
                        "127.0.0.1:8848=[fd00::1:8848",
                        "127.0.0.1:8848=ho st:8848",
                        "127.0.0.1:8848=10.9.0.1:800")
                .map(
                        text ->
                                refused(
                                        "map '" + text + "'",
                                        "map-form",
                                        world ->
                                                world.plan(
                                                        "--map",
                                                        text,
                                                        "--map",
                                                        B + "=b:8848",
                                                        "--map",
                                                        C + "=c:8848")));
    }

    private static Stream<WrongCase> names() {
        return Stream.of(
                refused(
                        "two hosts that differ in case only",
                        "same-host-in-another-case",
                        world ->
                                world.plan(
                                        "--map",
                                        A + "=h1:8848",
                                        "--map",
                                        B + "=H1:8848",
                                        "--map",
                                        C + "=h3:8848")),
                refused(
                        "an address that is none",
                        "address-is-none",
                        world ->
                                world.plan(
                                        "--map",
                                        A + "=0.0.0.0:8848",
                                        "--map",
                                        B + "=10.9.0.2:8848",
                                        "--map",
                                        C + "=10.9.0.3:8848")),
                refused(
                        "an old address twice",
                        "map-twice",
                        world -> world.plan(WrongWorld.with("--map", A + "=10.9.0.9:8848"))),
                refused(
                        "two members become one",
                        "map-not-injective",
                        world ->
                                world.plan(
                                        "--map",
                                        A + "=x:8848",
                                        "--map",
                                        B + "=x:8848",
                                        "--map",
                                        C + "=y:8848")),
                refused(
                        "a typing mistake in a port",
                        "map-names-nobody",
                        world -> renamed(world, "127.0.0.1:8849")),
                refused(
                        "a typing mistake in an address",
                        "name-not-in-map",
                        world -> renamed(world, "127.0.0.11:8848")),
                refused(
                        "the raft port instead of the HTTP port",
                        "map-names-nobody",
                        world -> renamed(world, "127.0.0.1:7848")),
                refused(
                        "a member without a new address",
                        "name-not-in-map",
                        world -> world.plan("--map", A + "=a:8848", "--map", B + "=b:8848")),
                refused("no map at all", "name-not-in-map", world -> world.plan(new String[0])),
                refused(
                        "a member of another cluster in the map",
                        "map-names-nobody",
                        world -> world.plan(WrongWorld.with("--map", "10.0.0.1:8848=z:8848"))),
                refused(
                        "an address is given away to another and kept by --keep-others",
                        "name-not-in-map",
                        world -> world.plan("--map", A + "=" + B, "--keep-others")));
    }

    private static List<String> renamed(WrongWorld world, String old) {
        return world.plan("--map", old + "=a:8848", "--map", B + "=b:8848", "--map", C + "=c:8848");
    }

    private static Stream<WrongCase> modes() {
        return Stream.of(
                usage(
                        "an unknown mode",
                        "--mode is 'merge'",
                        world -> world.plan(WrongWorld.with("--mode", "merge"))),
                usage(
                        "a lost member in mode rename",
                        "need a --mode",
                        world -> world.plan(WrongWorld.with("--lost", C))),
                usage(
                        "a lost member that is no address",
                        "--lost node three",
                        world ->
                                world.plan(
                                        WrongWorld.with(
                                                "--mode", "survivors", "--lost", "node three"))),
                usage(
                        "a target without a home",
                        "is not MEMBER=HOME",
                        world ->
                                world.plan(
                                        WrongWorld.with(
                                                "--mode",
                                                "clone",
                                                "--members",
                                                "x:8848",
                                                "--target",
                                                "x:8848="))),
                usage("no home", "Missing required parameter", world -> List.of("rebuild", "plan")),
                usage("no verb", "Missing verb", world -> List.of("rebuild")),
                usage("an unknown verb", "merge", world -> List.of("rebuild", "merge")),
                usage(
                        "an unknown option",
                        "--hurry",
                        world -> world.plan(WrongWorld.with("--hurry"))),
                refused(
                        "survivors without a lost one",
                        "nobody-lost",
                        world -> world.plan(WrongWorld.with("--mode", "survivors"))),
                refused(
                        "a lost one that nobody knows",
                        "lost-is-nobody",
                        world ->
                                world.plan(
                                        WrongWorld.with(
                                                "--mode", "survivors", "--lost", "10.0.0.9:8848"))),
                refused(
                        "two of three lost",
                        "no-majority",
                        world ->
                                world.planOf(
                                        List.of(world.home(1)),
                                        WrongWorld.with(
                                                "--mode", "survivors", "--lost", B, "--lost", C))),
                refused(
                        "a lost one whose home is given",
                        "home-too-many",
                        world -> world.plan(WrongWorld.with("--mode", "survivors", "--lost", C))),
                refused(
                        "shrink to nobody",
                        "no-members",
                        world -> world.plan(WrongWorld.with("--mode", "shrink"))),
                refused(
                        "shrink to a stranger",
                        "not-smaller",
                        world -> reform(world, "shrink", "10.7.7.7:8848")),
                refused(
                        "grow without an old one",
                        "not-greater",
                        world -> reform(world, "grow", "10.9.0.1:8848")),
                refused(
                        "a new member without a home",
                        "member-without-home",
                        world ->
                                world.plan(
                                        WrongWorld.with("--mode", "clone", "--members", "x:8848"))),
                refused(
                        "a target that is no member",
                        "target-is-no-member",
                        world ->
                                world.plan(
                                        WrongWorld.with(
                                                "--mode",
                                                "clone",
                                                "--members",
                                                "x:8848",
                                                "--target",
                                                "y:8848=" + world.folder()))),
                usage(
                        "a wrong phrase where writes may be lost",
                        "word by word",
                        world -> {
                            Path target = Files.createDirectory(world.folder().resolve("new"));
                            return world.planOf(
                                    List.of(world.home(1)),
                                    WrongWorld.with(
                                            "--mode",
                                            "clone",
                                            "--lost",
                                            B,
                                            "--lost",
                                            C,
                                            "--members",
                                            "x:8848",
                                            "--target",
                                            "x:8848=" + target,
                                            "--accept-loss",
                                            "yes"));
                        }));
    }

    private static List<String> reform(WrongWorld world, String mode, String member)
            throws Exception {
        Path target = Files.createDirectory(world.folder().resolve("new"));
        return world.plan(
                WrongWorld.with(
                        "--mode", mode, "--members", member, "--target", member + "=" + target));
    }
}
