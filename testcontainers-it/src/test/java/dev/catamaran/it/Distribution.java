package dev.catamaran.it;

import dev.catamaran.tool.members.LaunchSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The packed jars of this build, started as the launcher starts them. */
public final class Distribution {

    private final Path root;

    private Distribution(Path root) {
        this.root = root;
    }

    /** The build this test belongs to. */
    public static Distribution here() {
        return new Distribution(
                // processes run in their homes
                Path.of(System.getProperty("catamaran.root", "..")).toAbsolutePath().normalize());
    }

    /** How to start a member. */
    public LaunchSpec server() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("java.home", System.getProperty("java.home"));
        serverProperties().forEach(properties::setProperty);
        return LaunchSpec.from(properties)
                .orElseThrow(() -> new IllegalStateException("no class path"));
    }

    /** Where this module's own test classes and resources are. */
    static Path testClasses() {
        try {
            return Path.of(
                    Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException broken) {
            throw new IllegalStateException("test classes lie at no path", broken);
        }
    }

    /** The command that starts the tool. */
    public List<String> tool(String... args) throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        serverProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(
                List.of(
                        "-cp",
                        classPath("migration-tool"),
                        "dev.catamaran.tool.command.CatamaranTool"));
        command.addAll(List.of(args));
        return command;
    }

    /** What a verb of the tool prints, whatever its exit code. */
    String output(String... args) throws Exception {
        Process verb = new ProcessBuilder(tool(args)).redirectErrorStream(true).start();
        verb.getOutputStream().close();
        String text = new String(verb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        verb.waitFor();
        return text;
    }

    private java.util.Map<String, String> serverProperties() throws IOException {
        return java.util.Map.of(
                LaunchSpec.CLASS_PATH_PROPERTY,
                classPath("compat-server"),
                LaunchSpec.JVM_OPTIONS_PROPERTY,
                root.resolve("compat-server/target/classes/jvm.options").toString());
    }

    private String classPath(String module) throws IOException {
        Path target = root.resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            Path jar =
                    files.filter(file -> file.getFileName().toString().startsWith(module + "-"))
                            .filter(file -> file.toString().endsWith(".jar"))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("no jar in " + target));
            return jar + ":" + target.resolve("lib") + "/*";
        }
    }
}
