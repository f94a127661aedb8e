package dev.catamaran.it.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One seat of a cluster and the server on it. The verbs are those of an operator and of misfortune;
 * home and address stay when another kind of server takes the seat. Used by one thread at a time.
 */
public final class ServerNode implements AutoCloseable {

    /** 2.x ends in 4 s; a server that waits for a leader in vain does not end by itself. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final int CONSOLE_LINES = 30;
    private static final int LOG_LINES = 6;
    private static final List<String> TELLING_LOGS =
            List.of("nacos.log", "protocol-raft.log", "alipay-jraft.log", "naming-raft.log");

    private final NacosApi api;
    private ServerKind kind;
    private Seat seat;
    private volatile @Nullable ServerProcess process;

    ServerNode(ServerKind kind, Seat seat) {
        this.kind = requireNonNull(kind, "kind is null");
        this.seat = requireNonNull(seat, "seat is null");
        this.api = new NacosApi(seat.address());
    }

    public ServerKind kind() {
        return kind;
    }

    /** {@code ip:port} of its HTTP side. */
    public String address() {
        return seat.address();
    }

    public Path home() {
        return seat.home();
    }

    /** The member list it is started with; empty for a standalone server. */
    public List<String> members() {
        return seat.members();
    }

    /** Its HTTP API. */
    public NacosApi api() {
        return api;
    }

    /** The folder of its logs; what it prints itself is in {@code console.log}. */
    public Path logs() {
        return seat.home().resolve("logs");
    }

    /**
     * Starts it and returns at once.
     *
     * @throws ReleaseUnavailable if the server cannot be had on this machine
     * @throws IOException if it cannot be started
     */
    public void start() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(this + " runs already");
        }
        kind.prepare(seat);
        process = ServerProcess.start(kind.command(seat), seat.home(), console());
    }

    /**
     * Waits until it serves and all its groups are led.
     *
     * @throws IOException if it ended or took too long; the message has the ends of its logs
     */
    public void awaitUp(Duration limit) throws IOException {
        String[] why = {"not asked yet"};
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(250))
                    .until(
                            () -> {
                                Optional<String> reason = kind.whyNotUp(seat, api);
                                why[0] = reason.orElse("up");
                                return reason.isEmpty() || !isAlive();
                            });
        } catch (ConditionTimeoutException e) {
            throw new IOException(
                    this
                            + " is not up after "
                            + limit.toSeconds()
                            + " s: "
                            + why[0]
                            + "\n"
                            + tail(),
                    e);
        }
        if (!isAlive()) {
            throw new IOException(this + " ended while it was starting\n" + tail());
        }
    }

    /**
     * Asks it to end, and kills it when it does not.
     *
     * @return whether it ended by itself
     */
    public boolean stop() {
        ServerProcess running = process;
        if (running == null || !running.isAlive()) {
            return true;
        }
        boolean ended = running.stop(STOP_LIMIT);
        if (!ended) {
            running.kill();
        }
        return ended;
    }

    /** Ends it as a power cut would ({@code kill -9}). */
    public void kill() {
        ServerProcess running = process;
        if (running != null) {
            running.kill();
        }
    }

    /**
     * Halts it where it is; its connections stay open ({@code SIGSTOP}).
     *
     * @throws IOException if that failed
     */
    public void pause() throws IOException {
        running().signal("STOP");
    }

    /**
     * Lets it go on.
     *
     * @throws IOException if that failed
     */
    public void resume() throws IOException {
        running().signal("CONT");
    }

    /**
     * Stops and starts it; returns when it is started, not when it is up.
     *
     * @throws IOException if it cannot be started
     */
    public void restart() throws IOException {
        stop();
        start();
    }

    /**
     * Another kind of server takes the seat, on the same home and address. The present one must be
     * stopped; the new one is not started.
     */
    public void become(ServerKind next) {
        if (isAlive()) {
            throw new IllegalStateException("stop " + this + " first");
        }
        kind = requireNonNull(next, "next is null");
    }

    /** Writes another member list into its home; a running server notices by itself. */
    public void list(List<String> members) throws IOException {
        seat = seat.listing(members);
        MemberList.write(seat);
    }

    public boolean isAlive() {
        ServerProcess running = process;
        return running != null && running.isAlive();
    }

    /** The process id of the last start. */
    public long pid() {
        return running().pid();
    }

    /** The ends of its logs, for whoever must find out why a test failed. */
    public String tail() {
        StringBuilder text = new StringBuilder("--- " + console() + "\n");
        text.append(TextTail.of(console(), CONSOLE_LINES)).append('\n');
        for (Path log : tellingLogs()) {
            text.append("--- ").append(log).append('\n');
            text.append(TextTail.of(log, LOG_LINES)).append('\n');
        }
        return text.toString();
    }

    private List<Path> tellingLogs() {
        if (!Files.isDirectory(logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs())) {
            return files.filter(file -> TELLING_LOGS.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private Path console() {
        return logs().resolve("console.log");
    }

    private ServerProcess running() {
        ServerProcess running = process;
        if (running == null) {
            throw new IllegalStateException(this + " was never started");
        }
        return running;
    }

    @Override
    public void close() {
        kill();
        api.close();
    }

    @Override
    public String toString() {
        return kind.title() + " at " + seat.address();
    }
}
