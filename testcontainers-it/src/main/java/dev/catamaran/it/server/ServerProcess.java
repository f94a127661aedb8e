package dev.catamaran.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running server. Its standard input stays open as long as this JVM lives; see the launcher. */
final class ServerProcess {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    static ServerProcess start(List<String> command, Path home, Path console) throws IOException {
        Files.createDirectories(console.getParent());
        return new ServerProcess(
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                        .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end; tells whether it did in time. */
    boolean stop(Duration limit) {
        process.destroy();
        return ended(limit);
    }

    void kill() {
        process.destroyForcibly();
        ended(KILL_LIMIT);
    }

    /** Sends a signal by its short name. */
    void signal(String name) throws IOException {
        // the shell's own kill: small images have no other
        Process kill =
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .inheritIO()
                        .start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("cannot send " + name + " to " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending " + name, e);
        }
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
