package dev.catamaran.it.rescue;

import dev.catamaran.it.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packed tool as a process of its own, with a journal of its own. */
final class Tool {

    /** What 3,000 writes take on a busy machine, and more. */
    private static final long LIMIT_MINUTES = 5;

    private static final Pattern JOB = Pattern.compile("\\b\\d{8}-\\d{6}-[0-9a-f]{6}\\b");

    /**
     * How a run ended.
     *
     * @param exit its exit code; 137 if it was killed
     * @param text everything it printed
     */
    record Ended(int exit, String text) {

        /** The job that it names last. */
        String job() {
            Matcher jobs = JOB.matcher(text);
            String last = "";
            while (jobs.find()) {
                last = jobs.group();
            }
            return last;
        }
    }

    /** A run that goes on. */
    record Running(Process process, Path output, List<String> command) {

        Ended await() throws IOException {
            try {
                if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IOException(command + " did not end:\n" + read());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
                throw new java.io.InterruptedIOException("interrupted");
            }
            return new Ended(process.exitValue(), read());
        }

        private String read() throws IOException {
            return Files.readString(output, StandardCharsets.UTF_8);
        }
    }

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder for its journal and what it prints
     */
    Tool(Path folder) {
        this(folder, Map.of());
    }

    private Tool(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = new TreeMap<>(environment);
    }

    /** The same with one more environment variable. */
    Tool with(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new Tool(folder, more);
    }

    /** The journal of its jobs, without the ending of its files. */
    Path journal() {
        return folder.resolve("journal");
    }

    /** Runs a verb to its end. */
    Ended run(String... arguments) throws IOException {
        return start(arguments).await();
    }

    /** Starts a verb; those that have a journal get theirs. */
    Running start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.get(0).equals("migrate") || all.get(0).equals("jobs")) {
            all.addAll(List.of("--journal", journal().toString()));
        }
        List<String> command = Distribution.here().tool(all.toArray(new String[0]));
        Path output = Files.createTempFile(folder, "tool", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CATAMARAN_"));
        builder.environment().putAll(environment);
        return new Running(builder.start(), output, command);
    }
}
