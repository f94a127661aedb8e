package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to use a home: an operating-system lock on {@code data/catamaran/lock},
 * gone with the process that holds it.
 */
public final class HomeLock implements Closeable {

    private static final String FILE = "data/catamaran/lock";

    /** No process id is longer. */
    private static final int LONGEST_PID = 32;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = requireNonNull(channel, "channel is null");
    }

    /** How an attempt ended. */
    public sealed interface Attempt {

        /** This process has the home until the lock is closed. */
        record Held(HomeLock lock) implements Attempt {}

        /**
         * Another process has it.
         *
         * @param pid its process id as it noted it; empty text when it noted none
         */
        record InUse(String pid) implements Attempt {}
    }

    /** Where the lock of a home is. */
    public static Path file(Path home) {
        return home.resolve(FILE);
    }

    /**
     * Tries to take a home, without waiting.
     *
     * @throws IOException if the lock file cannot be made or written
     */
    public static Attempt acquire(Path home) throws IOException {
        Path file = file(home);
        Files.createDirectories(requireNonNull(file.getParent(), "lock has no directory"));
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                String pid = read(channel);
                channel.close();
                return new Attempt.InUse(pid);
            }
            channel.truncate(0);
            byte[] pid =
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(pid), 0);
            channel.force(true);
            return new Attempt.Held(new HomeLock(channel));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_PID);
        int length = channel.read(buffer, 0);
        return length <= 0
                ? ""
                : new String(buffer.array(), 0, length, StandardCharsets.UTF_8).trim();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
