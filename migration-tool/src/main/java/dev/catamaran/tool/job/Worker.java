package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * A process that runs jobs.
 *
 * @param host name of its machine
 * @param pid its process id
 * @param startedMs when the process started, milliseconds since 1970; a process id is used again
 */
public record Worker(String host, long pid, long startedMs) {

    public Worker {
        requireNonNull(host, "host is null");
    }

    /** This process. */
    public static Worker here() {
        ProcessHandle self = ProcessHandle.current();
        return new Worker(hostName(), self.pid(), startedMs(self));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // a machine without a name in its own hosts file
            return "localhost";
        }
    }

    private static long startedMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The worker as the journal holds it: {@code host/pid/started}. */
    public String text() {
        return host + "/" + pid + "/" + startedMs;
    }

    /**
     * Whether the worker of this name ran on this machine and is certainly gone, so that its lease
     * need not be waited for.
     */
    public boolean knowsDead(String other) {
        String[] parts = other.split("/", -1);
        if (parts.length != 3 || !parts[0].equals(host) || !parts[1].matches("\\d{1,18}")) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(parts[1]))
                .map(process -> !Long.toString(startedMs(process)).equals(parts[2]))
                .orElse(true);
    }
}
