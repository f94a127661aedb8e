package dev.catamaran.tool.command;

import static dev.catamaran.tool.command.WrongCase.refused;
import static dev.catamaran.tool.command.WrongCase.usage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Wrong plans, fingerprints, jars, backups, and verbs at the wrong time. */
final class WrongFiles {

    private WrongFiles() {}

    static Stream<WrongCase> all() {
        return Stream.concat(plans(), Stream.concat(times(), others()));
    }

    private static Stream<WrongCase> plans() {
        return Stream.of(
                refused("no such plan", "no-plan", world -> apply(world, "missing.json")),
                written("an empty plan", "no-plan", ""),
                written("a plan that is not JSON", "no-plan", "plan: 1"),
                written("a plan that is something else", "no-plan", "[1,2]"),
                written(
                        "a plan of a later version",
                        "no-plan",
                        "{\"format\":2,\"kind\":\"plan\",\"plan\":null}"),
                edited("a plan edited to make two members one", "10.9.0.2:8848", "10.9.0.1:8848"),
                edited(
                        "a plan edited to write elsewhere",
                        "naming_persistent_service_v2",
                        "../../../../etc"),
                edited("a plan edited to another mode", "\"rename\"", "\"merge\""),
                edited("a plan with an address that is none", "10.9.0.2:8848", "10.9.0.2:x"));
    }

    private static WrongCase written(String name, String code, String text) {
        return refused(
                name,
                code,
                world -> {
                    world.text(world.folder().resolve("plan.json"), text);
                    return apply(world, "plan.json");
                });
    }

    private static WrongCase edited(String name, String old, String now) {
        return refused(
                name,
                "no-plan",
                world -> {
                    WrongInputTest.run(world.plan());
                    world.replace(world.folder().resolve("plan.json"), old, now);
                    return apply(world, "plan.json");
                });
    }

    private static List<String> apply(WrongWorld world, String plan, Path... homes) {
        List<String> args = new ArrayList<>(List.of("rebuild", "apply"));
        args.add(world.folder().resolve(plan).toString());
        Arrays.stream(homes).map(Path::toString).forEach(args::add);
        return args;
    }

    private static Stream<WrongCase> times() {
        return Stream.of(
                refused(
                        "a home changed after the plan",
                        "plan-outdated",
                        world -> {
                            WrongInputTest.run(world.plan());
                            world.replace(world.vote(2), "127.0.0", "127.0.9");
                            return apply(world, "plan.json");
                        }),
                refused(
                        "a home was damaged after the plan",
                        "damaged",
                        world -> {
                            WrongInputTest.run(world.plan());
                            world.flip(world.logFile(2, ".log"), 0.5);
                            return apply(world, "plan.json");
                        }),
                refused(
                        "a server was started after the plan",
                        "node-running",
                        world -> {
                            WrongInputTest.run(world.plan());
                            world.lockElsewhere(world.group(3).resolve("log/LOCK"));
                            return apply(world, "plan.json");
                        }),
                refused(
                        "a home that is not in the plan",
                        "not-in-plan",
                        world -> {
                            WrongInputTest.run(world.plan());
                            Path other = Files.createDirectories(world.folder().resolve("o/data"));
                            return apply(world, "plan.json", other.getParent());
                        }),
                refused(
                        "homes of the plan that are elsewhere",
                        "home-elsewhere",
                        world -> {
                            WrongInputTest.run(world.plan());
                            Files.move(world.home(2), world.folder().resolve("moved"));
                            return apply(world, "plan.json");
                        }),
                refused(
                        "undo of what was never done",
                        "nothing-to-undo",
                        world -> List.of("rebuild", "undo", world.home(1).toString())),
                refused(
                        "undo of no home",
                        "no-home",
                        world -> List.of("rebuild", "undo", world.home(9).toString())),
                refused(
                        "undo after the group moved on",
                        "moved-on",
                        world -> {
                            WrongInputTest.run(world.plan());
                            WrongInputTest.run(apply(world, "plan.json"));
                            world.replace(world.vote(2), "10.9.0", "10.9.9");
                            return List.of(
                                    "rebuild",
                                    "undo",
                                    world.home(1).toString(),
                                    world.home(2).toString());
                        }),
                refused(
                        "verify of what was never rebuilt",
                        "not-rebuilt",
                        world -> List.of("rebuild", "verify", world.home(1).toString())),
                refused(
                        "here, with several members",
                        "not-alone",
                        world -> List.of("rebuild", "here", world.home(1).toString(), "--yes")),
                usage(
                        "here, with an address that is none",
                        "is no HOST[:PORT]",
                        world -> {
                            return List.of(
                                    "rebuild",
                                    "here",
                                    Alone.make(world).toString(),
                                    "--address",
                                    "10.0.0",
                                    "--yes");
                        }));
    }

    /** Makes the first home that of a server on its own. */
    private static final class Alone {
        private Alone() {}

        static Path make(WrongWorld world) throws Exception {
            Path target = Files.createDirectory(world.folder().resolve("alone"));
            WrongInputTest.run(
                    world.plan(
                            "--keep-others",
                            "--map",
                            "127.0.0.1:8848=127.0.0.1:8848",
                            "--mode",
                            "shrink",
                            "--members",
                            "127.0.0.1:8848",
                            "--target",
                            "127.0.0.1:8848=" + target));
            WrongInputTest.run(apply(world, "plan.json"));
            return target;
        }
    }

    private static List<String> fingerprint(WrongWorld world, Path out) {
        return List.of("rebuild", "fingerprint", world.home(1).toString(), "--out", out.toString());
    }

    private static Stream<WrongCase> others() {
        return Stream.of(
                refused(
                        "a fingerprint that is none",
                        "no-fingerprint",
                        world -> {
                            Path file = world.folder().resolve("f.json");
                            world.text(file, "{\"format\":1}");
                            return world.planOf(List.of(file), WrongWorld.MAP);
                        }),
                refused(
                        "no such fingerprint",
                        "no-fingerprint",
                        world ->
                                world.planOf(
                                        List.of(world.folder().resolve("f.json")), WrongWorld.MAP)),
                refused(
                        "a plan over a foreign file",
                        "file-exists",
                        world -> {
                            Path conf = world.home(1).resolve("conf/cluster.conf");
                            world.text(conf, "127.0.0.1:8848\n");
                            List<String> args = new ArrayList<>(world.plan());
                            args.set(args.size() - 1, conf.toString());
                            return args;
                        }),
                refused(
                        "a plan into a folder that does not exist",
                        "out-not-writable",
                        world -> {
                            List<String> args = new ArrayList<>(world.plan());
                            args.set(
                                    args.size() - 1,
                                    world.folder().resolve("no/such/plan.json").toString());
                            return args;
                        }),
                refused(
                        "a fingerprint over a foreign file",
                        "file-exists",
                        world -> {
                            Path conf = world.home(1).resolve("conf/cluster.conf");
                            world.text(conf, "127.0.0.1:8848\n");
                            return fingerprint(world, conf);
                        }),
                refused(
                        "a fingerprint over that of another home",
                        "file-exists",
                        world -> {
                            Path file = world.folder().resolve("f.json");
                            WrongInputTest.run(
                                    List.of(
                                            "rebuild",
                                            "fingerprint",
                                            world.home(2).toString(),
                                            "--out",
                                            file.toString()));
                            return fingerprint(world, file);
                        }),
                refused(
                        "no such server jar",
                        "no-server-jar",
                        world -> world.plan(WrongWorld.with("--server-jar", "/nowhere.jar"))),
                refused(
                        "a server jar that is no jar",
                        "no-server-jar",
                        world -> {
                            Path jar = world.folder().resolve("nacos-server.jar");
                            world.text(jar, "no jar");
                            return world.plan(WrongWorld.with("--server-jar", jar.toString()));
                        }),
                refused(
                        "an older server for a newer home",
                        "no-fitting-rocksdb",
                        world ->
                                world.plan(
                                        WrongWorld.with(
                                                "--server-jar",
                                                dev.catamaran.tool.rebuild.disk.TestHomes
                                                        .OLD_ROCKSDB
                                                        .toString()))),
                refused(
                        "a store of backups inside the home",
                        "store-inside-home",
                        world ->
                                List.of(
                                        "backup",
                                        world.home(1).toString(),
                                        "--to",
                                        world.home(1).resolve("data/backup").toString())),
                refused(
                        "a backup of no home",
                        "no-home",
                        world -> List.of("backup", world.home(9).toString(), "--to", "b")),
                refused(
                        "verify of no store of backups",
                        "no-store",
                        world -> List.of("backup", "verify", world.folder().toString())),
                refused(
                        "list of no store of backups",
                        "no-store",
                        world -> List.of("backup", "list", world.home(1).toString())),
                refused(
                        "verify of no backup",
                        "no-backup",
                        world -> {
                            Path store = Files.createDirectories(world.folder().resolve("s"));
                            Files.createDirectories(store.resolve("backups"));
                            return List.of("backup", "verify", store.toString(), "x");
                        }),
                refused(
                        "verify of an empty store",
                        "no-backup",
                        world -> {
                            Path store = Files.createDirectories(world.folder().resolve("s"));
                            Files.createDirectories(store.resolve("backups"));
                            return List.of("backup", "verify", store.toString());
                        }),
                refused(
                        "a backup into a file",
                        "store-is-no-folder",
                        world -> {
                            Path file = world.folder().resolve("store");
                            world.text(file, "");
                            return List.of(
                                    "backup", world.home(1).toString(), "--to", file.toString());
                        }),
                refused(
                        "restore of no store of backups",
                        "no-store",
                        world -> List.of("restore", world.folder().toString(), "../x", "y")),
                usage("backup of nothing", "Give HOME", world -> List.of("backup")));
    }
}
