package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that runs jobs.
 *
 * @param host name of its machine
 * @param pid its process id
 * @param space the space in which its process id means something: containers that share a host name
 *     do not share their process ids
 * @param startedMs when the process started, milliseconds since 1970; a process id is used again
 */
public record Worker(String host, long pid, String space, long startedMs) {

    /** Start times shift with corrections of the clock; a process id is not used again as fast. */
    private static final long SAME_START_MS = 10_000;

    private static final Path SPACE = Path.of("/proc/self/ns/pid");

    public Worker {
        requireNonNull(host, "host is null");
        requireNonNull(space, "space is null");
    }

    /** This process. */
    public static Worker here() {
        ProcessHandle self = ProcessHandle.current();
        return new Worker(hostName(), self.pid(), ownSpace(), startedMs(self));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // a machine without a name in its own hosts file
            return "localhost";
        }
    }

    private static String ownSpace() {
        try {
            return Files.readSymbolicLink(SPACE).toString().replaceAll("\\D", "");
        } catch (IOException | UnsupportedOperationException e) {
            // no Linux: there are no such spaces
            return "";
        }
    }

    private static long startedMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The worker as the journal holds it: {@code host/pid/space/started}. */
    public String text() {
        return host + "/" + pid + "/" + space + "/" + startedMs;
    }

    /**
     * Whether the worker of this name ran on this machine and is certainly gone, so that its lease
     * need not be waited for.
     */
    public boolean knowsDead(String other) {
        String[] parts = other.split("/", -1);
        if (parts.length != 4
                || !parts[0].equals(host)
                || !parts[1].matches("\\d{1,18}")
                || !parts[2].equals(space)
                || !parts[3].matches("\\d{1,18}")) {
            return false;
        }
        long started = Long.parseLong(parts[3]);
        return ProcessHandle.of(Long.parseLong(parts[1]))
                .map(process -> startedMs(process))
                // a process whose start nobody tells may be the one that was meant
                .map(start -> start != 0 && Math.abs(start - started) > SAME_START_MS)
                .orElse(true);
    }
}
