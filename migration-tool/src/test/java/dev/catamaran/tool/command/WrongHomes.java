package dev.catamaran.tool.command;

import static dev.catamaran.tool.command.WrongCase.failed;
import static dev.catamaran.tool.command.WrongCase.refused;

import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.jraftdisk.Family;
import dev.catamaran.tool.jraftdisk.RocksDoor;
import dev.catamaran.tool.jraftdisk.RocksLibraries;
import dev.catamaran.tool.rebuild.disk.TestHomes;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Homes that are not there, not whole, not alone, or not what they seem. */
final class WrongHomes {

    private WrongHomes() {}

    static Stream<WrongCase> all() {
        return Stream.of(places(), copies(), damage(), votes(), links(), states())
                .flatMap(cases -> cases);
    }

    private static Stream<WrongCase> places() {
        return Stream.of(
                refused("no such home", "no-home", world -> one(world, world.home(9))),
                refused(
                        "a file for a home",
                        "no-fingerprint",
                        world -> {
                            world.text(world.folder().resolve("file"), "x");
                            return one(world, world.folder().resolve("file"));
                        }),
                refused(
                        "the data folder for the home",
                        "no-home",
                        world -> one(world, world.home(1).resolve("data"))),
                refused(
                        "an empty folder",
                        "no-home",
                        world -> one(world, Files.createDirectory(world.home(9)))),
                refused(
                        "a home without groups among others",
                        "missing-group",
                        world -> {
                            HomeCopy.remove(world.raft(2));
                            return world.plan();
                        }),
                refused(
                        "a home that names nobody",
                        "nothing-to-rename",
                        world -> {
                            HomeCopy.remove(world.raft(1));
                            return one(world, world.home(1));
                        }),
                refused(
                        "a member's home is missing",
                        "home-missing",
                        world ->
                                world.planOf(
                                        List.of(world.home(1), world.home(2)), WrongWorld.MAP)));
    }

    private static List<String> one(WrongWorld world, Path home) {
        return world.planOf(List.of(home), WrongWorld.MAP);
    }

    private static Stream<WrongCase> copies() {
        return Stream.of(
                refused(
                        "a home given twice",
                        "same-home-twice",
                        world ->
                                world.planOf(
                                        List.of(world.home(1), world.home(2), world.home(1)),
                                        WrongWorld.MAP)),
                refused(
                        "a copy of a home for that of another member",
                        "same-store-twice",
                        world -> {
                            Path copy = world.copy(world.home(1), "copy");
                            return world.planOf(
                                    List.of(world.home(1), world.home(2), copy), WrongWorld.MAP);
                        }),
                refused(
                        "an old home of a member besides its present one",
                        "home-too-many",
                        world -> {
                            Path old = world.copy(world.home(1), "old");
                            for (String group : groups()) {
                                world.text(
                                        old.resolve("data/protocol/raft")
                                                .resolve(group)
                                                .resolve("log/IDENTITY"),
                                        UUID.randomUUID().toString());
                            }
                            return world.planOf(
                                    List.of(world.home(1), world.home(2), world.home(3), old),
                                    WrongWorld.MAP);
                        }),
                refused(
                        "two homes of one member of ours",
                        "two-homes-of-one-member",
                        world -> {
                            String mark = "{\"format\":1,\"member\":\"127.0.0.1:8848\"}";
                            world.text(world.home(1).resolve("data/catamaran/home.json"), mark);
                            world.text(world.home(2).resolve("data/catamaran/home.json"), mark);
                            return world.plan();
                        }),
                refused(
                        "homes of two clusters",
                        "two-clusters",
                        world -> {
                            Path other = world.folder().resolve("other");
                            Path foreign = TestHomes.cluster("2.0.3", other).get(0);
                            Path groups = foreign.resolve("data/protocol/raft");
                            HomeCopy.remove(groups.resolve("nacos_config"));
                            HomeCopy.remove(groups.resolve("naming_persistent_service"));
                            HomeCopy.remove(groups.resolve("naming_instance_metadata"));
                            return world.planOf(
                                    List.of(world.home(1), world.home(2), foreign),
                                    WrongWorld.with(
                                            "--server-jar", TestHomes.OLD_ROCKSDB.toString()));
                        }),
                refused(
                        "one home was renamed before",
                        "half-renamed",
                        world -> {
                            Renaming.only(world, 1);
                            return world.plan();
                        }));
    }

    private static List<String> groups() {
        return List.of("naming_persistent_service_v2", "naming_service_metadata");
    }

    private static Stream<WrongCase> damage() {
        return Stream.of(
                spoilt("a group is missing", "missing-group", w -> HomeCopy.remove(w.group(2))),
                spoilt(
                        "a log is missing",
                        "missing-group",
                        w -> HomeCopy.remove(w.group(2).resolve("log"))),
                spoilt(
                        "a log without its CURRENT",
                        "log-missing",
                        w -> Files.delete(w.logFile(2, "CURRENT"))),
                spoilt(
                        "a bit of the write-ahead log flipped",
                        "damaged-wal",
                        w -> w.flip(w.logFile(2, ".log"), 0.4)),
                spoilt(
                        "the end of the write-ahead log cut off",
                        "torn-tail",
                        w -> w.truncate(w.logFile(2, ".log"), 11)),
                spoilt(
                        "an empty write-ahead log",
                        "amnesiac",
                        w -> w.truncate(w.logFile(2, ".log"), Long.MAX_VALUE)),
                spoilt(
                        "a payload changed below RocksDB's checksum",
                        "contents-differ",
                        w -> changePayload(w.group(2).resolve("log"), w.folder())),
                spoilt(
                        "a manifest cut off",
                        "unreadable",
                        w -> w.truncate(w.logFile(2, "MANIFEST"), 40)),
                spoilt(
                        "CURRENT names another manifest",
                        "unreadable",
                        w -> w.text(w.logFile(2, "CURRENT"), "MANIFEST-000099\n")),
                spoilt(
                        "a later RocksDB",
                        "future-rocksdb",
                        w -> w.replace(w.logFile(2, "OPTIONS"), "=8.8.1", "=9.9.9")),
                spoilt(
                        "a snapshot without its description",
                        "bad-snapshot",
                        w -> w.text(w.group(2).resolve("snapshot/snapshot_5/data"), "x")),
                spoilt(
                        "a home that does not say which RocksDB wrote it",
                        "no-fitting-rocksdb",
                        w -> Files.delete(w.logFile(2, "OPTIONS"))));
    }

    /** As a fault in memory does it before the checksum is made; the entry stays readable. */
    private static void changePayload(Path log, Path scratch) throws Exception {
        RocksDoor door = RocksLibraries.ofThisMachine().toRead(Optional.empty()).load().door();
        try (RocksDoor.Store store = door.openToWrite(log, scratch)) {
            byte[] key = store.lastKey(Family.ENTRIES).orElseThrow();
            byte[] value = store.get(Family.ENTRIES, key).orElseThrow();
            value[value.length - 1] ^= 1;
            store.write(List.of(new RocksDoor.Put(Family.ENTRIES, key, value)));
        }
    }

    private static Stream<WrongCase> votes() {
        return Stream.of(
                spoilt("no vote", "bad-vote", w -> Files.delete(w.vote(2))),
                spoilt("an empty vote", "bad-vote", w -> w.text(w.vote(2), "")),
                spoilt("a vote of other bytes", "bad-vote", w -> w.text(w.vote(2), "term=7")),
                spoilt(
                        "a vote that claims gigabytes",
                        "bad-vote",
                        w -> Files.write(w.vote(2), new byte[] {0x7f, 0, 0, 0, 1, 2, 3})),
                spoilt(
                        "a vote of a term before the log's",
                        "term-behind-log",
                        w -> {
                            byte[] bytes = Files.readAllBytes(w.vote(2));
                            bytes[2 * Integer.BYTES + nameLength(bytes) + 1] = 0;
                            Files.write(w.vote(2), bytes);
                        }),
                spoilt(
                        "a vote for nobody that can be",
                        "bad-peer",
                        w -> w.replace(w.vote(2), ":7848", "x7848")),
                spoilt(
                        "a vote for a member the map does not know",
                        "name-not-in-map",
                        w -> w.replace(w.vote(2), ":7848", ":7849")));
    }

    private static int nameLength(byte[] bytes) {
        return bytes[Integer.BYTES - 1];
    }

    private static Stream<WrongCase> links() {
        return Stream.of(
                spoilt("the raft folder is a link", "link-inside", w -> link(w, w.raft(2))),
                spoilt("a group is a link", "link-inside", w -> link(w, w.group(2))),
                spoilt(
                        "the protocol folder is a link",
                        "link-inside",
                        w -> link(w, w.home(2).resolve("data/protocol"))),
                spoilt(
                        "a file of a log is a link",
                        "link-inside",
                        w -> link(w, w.logFile(2, ".log"))),
                spoilt(
                        "a link that leads nowhere",
                        "link-inside",
                        w ->
                                Files.createSymbolicLink(
                                        w.group(2).resolve("log/x.sst"), Path.of("/nowhere"))),
                spoilt(
                        "a file of terabytes",
                        "no-room",
                        w -> {
                            Path huge = w.group(2).resolve("log/000001.blob");
                            try (RandomAccessFile file =
                                    new RandomAccessFile(huge.toFile(), "rw")) {
                                file.setLength(4L << 40);
                            }
                        }));
    }

    private static void link(WrongWorld world, Path path) throws Exception {
        Path away = world.folder().resolve("away");
        Files.move(path, away);
        Files.createSymbolicLink(path, away);
    }

    private static Stream<WrongCase> states() {
        return Stream.of(
                refused(
                        "a running server",
                        "node-running",
                        world -> {
                            world.lockElsewhere(world.group(2).resolve("log/LOCK"));
                            return world.plan();
                        }),
                refused(
                        "a running server of ours",
                        "node-running",
                        world -> {
                            Path lock = world.home(2).resolve("data/catamaran/lock");
                            world.text(lock, "4711");
                            world.lockElsewhere(lock);
                            return world.plan();
                        }),
                refused(
                        "an interrupted rebuild",
                        "rebuild-unfinished",
                        world -> {
                            journal(world, "SWAPPING");
                            return world.plan();
                        }),
                refused(
                        "an interrupted undo",
                        "rebuild-unfinished",
                        world -> {
                            journal(world, "UNDOING");
                            return world.plan();
                        }),
                failed(
                        "a journal that is none",
                        "cannot be understood",
                        world -> {
                            world.text(
                                    world.home(2).resolve("data/catamaran/rebuild/x/journal.json"),
                                    "{");
                            return world.plan();
                        }),
                refused(
                        "a disk that is read-only",
                        "not-writable",
                        world -> {
                            Path data = world.home(2).resolve("data");
                            boolean bound =
                                    world.mount("mount", "--bind", data.toString(), data.toString())
                                            && world.mount(
                                                    "mount",
                                                    "-o",
                                                    "remount,ro,bind",
                                                    data.toString());
                            return bound ? world.plan() : List.of();
                        }));
    }

    private static void journal(WrongWorld world, String state) throws Exception {
        world.text(
                world.home(2).resolve("data/catamaran/rebuild/0123456789ab/journal.json"),
                "{\"format\":1,\"id\":\"0123456789ab\",\"state\":\""
                        + state
                        + "\",\"because\":\"\",\"back\":\"\",\"startedAt\":\"2026-11-20T10:00:00Z\",\"home\":\"/x\",\"carried\":[],"
                        + "\"units\":[{\"live\":\"protocol/raft\",\"other\":\"catamaran/rebuild/"
                        + "0123456789ab/other\"}],\"files\":[],\"before\":[],\"after\":[]}");
    }

    /** What is done to the second home. */
    @FunctionalInterface
    private interface Damage {
        void to(WrongWorld world) throws Exception;
    }

    private static WrongCase spoilt(String name, String code, Damage damage) {
        return refused(
                name,
                code,
                world -> {
                    damage.to(world);
                    return world.plan();
                });
    }

    /** Renames single homes, as somebody does who forgets the others. */
    private static final class Renaming {
        private Renaming() {}

        static void only(WrongWorld world, int node) throws Exception {
            WrongInputTest.run(world.plan());
            WrongInputTest.run(
                    List.of(
                            "rebuild",
                            "apply",
                            world.folder().resolve("plan.json").toString(),
                            world.home(node).toString()));
        }
    }
}
