package dev.catamaran.tool.members;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * How to start a member: the launcher that started this tool says it.
 *
 * @param java the java command
 * @param jvmOptions options before the class path
 * @param classPath class path of the server
 * @param mainClass main class of the server
 */
public record LaunchSpec(String java, List<String> jvmOptions, String classPath, String mainClass) {

    /** System property that names the server's class path. */
    public static final String CLASS_PATH_PROPERTY = "catamaran.server.classpath";

    /**
     * System property that names a file of JVM options, one per line; {@code #} begins a comment.
     */
    public static final String JVM_OPTIONS_PROPERTY = "catamaran.server.jvm";

    private static final String MAIN_CLASS = "dev.catamaran.server.boot.CatamaranServer";

    public LaunchSpec {
        requireNonNull(java, "java is null");
        jvmOptions = List.copyOf(jvmOptions);
        requireNonNull(classPath, "classPath is null");
        requireNonNull(mainClass, "mainClass is null");
    }

    /**
     * What the system properties say; empty if they name no class path.
     *
     * @throws IOException if the file of options cannot be read
     */
    public static Optional<LaunchSpec> from(Properties system) throws IOException {
        String classPath = system.getProperty(CLASS_PATH_PROPERTY, "");
        if (classPath.isBlank()) {
            return Optional.empty();
        }
        String options = system.getProperty(JVM_OPTIONS_PROPERTY, "");
        return Optional.of(
                new LaunchSpec(
                        Path.of(system.getProperty("java.home"), "bin", "java").toString(),
                        options.isBlank() ? List.of() : read(Path.of(options)),
                        classPath,
                        MAIN_CLASS));
    }

    private static List<String> read(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(String::trim)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** The command that starts a member. */
    public List<String> command(Path home, String address, List<String> members) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(
                List.of(
                        "--home",
                        home.toString(),
                        "--address",
                        address,
                        "--members",
                        String.join(",", members)));
        return command;
    }
}
