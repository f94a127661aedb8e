package dev.catamaran.tool.members;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One member in a process of its own, which can be killed and started again on its home. */
public final class MemberProcess {

    private static final long KILL_LIMIT_MS = 10_000;
    private static final int TAIL_LINES = 15;

    private final String address;
    private final Path home;
    private final List<String> command;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable Process process;

    MemberProcess(String address, Path home, List<String> command) {
        this.address = address;
        this.home = home;
        this.command = List.copyOf(command);
    }

    /** {@code ip:port} of its HTTP side. */
    public String address() {
        return address;
    }

    public Path home() {
        return home;
    }

    /** How often it was started. */
    public int starts() {
        return starts.get();
    }

    /**
     * Starts the process; what it prints goes to {@code logs/console.log} of its home.
     *
     * @throws IOException if the process cannot be started
     */
    public void start() throws IOException {
        Path console = console();
        Files.createDirectories(home.resolve("logs"));
        starts.incrementAndGet();
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                        .start();
    }

    /** Ends it as a power cut would ({@code kill -9}) and waits until it is gone. */
    public void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        starts.incrementAndGet();
        running.destroyForcibly();
        try {
            running.waitFor(KILL_LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Process id of the last start; 0 before the first. */
    public long pid() {
        Process running = process;
        return running == null ? 0 : running.pid();
    }

    /** Resident memory in KiB as the system counts it; 0 where it cannot be told. */
    public long residentKib() {
        try {
            return Files.readAllLines(
                            Path.of("/proc", Long.toString(pid()), "status"),
                            StandardCharsets.UTF_8)
                    .stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The last lines it printed, for an operator to read. */
    public String lastLines() {
        try {
            List<String> lines = Files.readAllLines(console(), StandardCharsets.UTF_8);
            int from = Math.max(0, lines.size() - TAIL_LINES);
            return String.join("\n", lines.subList(from, lines.size()));
        } catch (IOException e) {
            return "(nothing printed)";
        }
    }

    private Path console() {
        return home.resolve("logs").resolve("console.log");
    }
}
