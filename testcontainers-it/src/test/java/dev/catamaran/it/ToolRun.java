package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.server.NacosServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The packed command line, run as a process of its own.
 *
 * @param folder where its output goes
 * @param serverJar what it is told to be the server's jar; empty to let it look for itself
 */
record ToolRun(Path folder, Optional<Path> serverJar) {

    private static final long LIMIT_MINUTES = 3;

    /**
     * What it said.
     *
     * @param exit exit code
     * @param text standard output and error
     */
    record Said(int exit, String text) {}

    /** The tool, told that this server will run on the homes. */
    static ToolRun beside(NacosServer server, Path folder) throws IOException {
        return new ToolRun(
                folder,
                server.fetch().stream()
                        .filter(jar -> jar.getFileName().toString().startsWith("rocksdbjni-"))
                        .findFirst());
    }

    /** Runs {@code rebuild} with these arguments. */
    Said rebuild(List<String> arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("rebuild"));
        all.addAll(arguments);
        serverJar.ifPresent(jar -> all.addAll(List.of("--server-jar", jar.toString())));
        return run(all);
    }

    /** Runs {@code rebuild} with these arguments, which must succeed. */
    String rebuilt(List<String> arguments) throws IOException, InterruptedException {
        Said said = rebuild(arguments);
        assertThat(said.exit()).as("rebuild %s%n%s", arguments, said.text()).isZero();
        return said.text();
    }

    /** Plans, applies and verifies; returns what {@code apply} said. */
    String planned(List<String> asked, List<Path> homes) throws Exception {
        Path plan = folder.resolve("plan.json");
        Files.deleteIfExists(plan);
        List<String> arguments = new ArrayList<>(List.of("plan"));
        arguments.addAll(asked);
        arguments.addAll(List.of("--out", plan.toString()));
        homes.forEach(home -> arguments.add(home.toString()));
        rebuilt(arguments);
        return rebuilt(List.of("apply", plan.toString()));
    }

    /** Checks rebuilt homes. */
    void verified(List<Path> homes) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("verify"));
        homes.forEach(home -> arguments.add(home.toString()));
        rebuilt(arguments);
    }

    /** {@code --map} for each pair. */
    static List<String> maps(List<String> old, List<String> now) {
        List<String> maps = new ArrayList<>();
        for (int i = 0; i < old.size(); i++) {
            maps.addAll(List.of("--map", old.get(i) + "=" + now.get(i)));
        }
        return maps;
    }

    /** Runs the tool with these arguments. */
    Said run(List<String> arguments) throws IOException, InterruptedException {
        File out = folder.resolve("tool.out").toFile();
        Process process =
                new ProcessBuilder(Distribution.here().tool(arguments.toArray(String[]::new)))
                        .redirectErrorStream(true)
                        .redirectOutput(out)
                        .start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Said(
                process.exitValue(), Files.readString(out.toPath(), StandardCharsets.UTF_8));
    }
}
