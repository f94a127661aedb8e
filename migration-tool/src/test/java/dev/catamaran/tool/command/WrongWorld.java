package dev.catamaran.tool.command;

import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.rebuild.disk.TestHomes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Three homes of a real cluster, with two groups each, to be spoilt in one way or another. */
final class WrongWorld {

    static final String[] MAP = {
        "--map", "127.0.0.1:8848=10.9.0.1:8848",
        "--map", "127.0.0.2:8848=10.9.0.2:8848",
        "--map", "127.0.0.3:8848=10.9.0.3:8848"
    };

    private static final List<String> LEFT_OUT =
            List.of("nacos_config", "naming_persistent_service", "naming_instance_metadata");

    private final Path folder;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    private WrongWorld(Path folder) {
        this.folder = folder;
    }

    /** The homes from which every case starts. */
    static void template(Path folder) throws IOException {
        for (Path home : TestHomes.cluster("2.4.1", folder)) {
            for (String group : LEFT_OUT) {
                HomeCopy.remove(home.resolve("data/protocol/raft").resolve(group));
            }
        }
    }

    static WrongWorld copyOf(Path template, Path folder) throws IOException {
        WrongWorld world = new WrongWorld(folder);
        for (int node = 1; node <= 3; node++) {
            world.copy(template.resolve("n" + node), "n" + node);
        }
        return world;
    }

    Path copy(Path from, String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
        return to;
    }

    Path folder() {
        return folder;
    }

    Path home(int node) {
        return folder.resolve("n" + node);
    }

    Path raft(int node) {
        return home(node).resolve("data/protocol/raft");
    }

    Path group(int node) {
        return raft(node).resolve("naming_persistent_service_v2");
    }

    Path vote(int node) {
        return group(node).resolve("meta-data/raft_meta");
    }

    /** The one file of a log whose name begins or ends so. */
    Path logFile(int node, String part) throws IOException {
        try (Stream<Path> files = Files.list(group(node).resolve("log"))) {
            return files.filter(
                            file ->
                                    file.getFileName().toString().startsWith(part)
                                            || file.toString().endsWith(part))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** {@code rebuild plan} of all three homes with the right map. */
    List<String> plan() {
        return plan(MAP);
    }

    /** {@code rebuild plan} of all three homes with these options. */
    List<String> plan(String... options) {
        return planOf(List.of(home(1), home(2), home(3)), options);
    }

    List<String> planOf(List<Path> homes, String... options) {
        List<String> args = new ArrayList<>(List.of("rebuild", "plan"));
        args.addAll(Arrays.asList(options));
        homes.forEach(home -> args.add(home.toString()));
        args.addAll(List.of("--out", folder.resolve("plan.json").toString()));
        return args;
    }

    static String[] with(String... more) {
        String[] all = Arrays.copyOf(MAP, MAP.length + more.length);
        System.arraycopy(more, 0, all, MAP.length, more.length);
        return all;
    }

    void truncate(Path file, long by) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(Math.max(0, open.length() - by));
        }
    }

    void flip(Path file, double where) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (bytes.length * where)] ^= 4;
        Files.write(file, bytes);
    }

    void replace(Path file, String old, String now) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!text.contains(old)) {
            throw new AssertionError(file + " does not hold " + old);
        }
        Files.writeString(file, text.replace(old, now), StandardCharsets.ISO_8859_1);
    }

    void text(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** Another process holds this file locked until the case is over. */
    void lockElsewhere(Path file) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockHolder.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        toClose.add(() -> process.destroyForcibly().waitFor());
        if (process.getInputStream().read() != LockHolder.HELD) {
            throw new AssertionError("the lock could not be taken");
        }
    }

    /** Mounts something until the case is over; false where that is not allowed. */
    boolean mount(String... command) throws Exception {
        Path at = Path.of(command[command.length - 1]);
        boolean mounted = run(command) == 0;
        if (mounted) {
            toClose.add(() -> run("umount", at.toString()));
        }
        return mounted;
    }

    private static int run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }

    void close() throws Exception {
        for (AutoCloseable one : toClose) {
            one.close();
        }
    }
}
