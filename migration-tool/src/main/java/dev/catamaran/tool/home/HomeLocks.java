package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a home: ours on {@code data/catamaran/lock}, and on {@code log/LOCK} of every group
 * the same lock that RocksDB takes in a running server (spec: jraft-disk 4 R 1).
 *
 * <p>These locks belong to the process and end when <em>any</em> descriptor of the file is closed:
 * while they are held, nobody in this process may open these files again.
 */
public final class HomeLocks implements Closeable {

    /** No process id is longer. */
    private static final int LONGEST_PID = 32;

    private final List<Path> held = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private final boolean toRead;
    private boolean claimed;

    private HomeLocks(boolean toRead) {
        this.toRead = toRead;
    }

    /** How an attempt ended. */
    public sealed interface Attempt {

        /** Nobody else has the home until the locks are closed. */
        record Held(HomeLocks locks) implements Attempt {}

        /**
         * A process has it.
         *
         * @param file the lock it holds
         * @param pid its number, as far as it noted it; else empty
         */
        record InUse(Path file, String pid) implements Attempt {}
    }

    /**
     * Takes all locks that a home has. Where a server of ours never ran, ours is not among them:
     * {@link #claim} makes it once the home is to be changed.
     *
     * @throws IOException if a lock file cannot be opened
     */
    public static Attempt take(HomeLayout layout) throws IOException {
        return take(layout, new HomeLocks(false));
    }

    /**
     * The same, for who only reads: where a lock file cannot be written, as on a disk that is
     * mounted read-only, a shared lock keeps servers out just as well.
     *
     * @throws IOException if a lock file cannot be opened
     */
    public static Attempt takeToRead(HomeLayout layout) throws IOException {
        return take(layout, new HomeLocks(true));
    }

    private static Attempt take(HomeLayout layout, HomeLocks locks) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(layout.lock())) {
            files.add(layout.lock());
        }
        for (String group : layout.groups()) {
            files.add(HomeLayout.groupLock(layout.raft().resolve(group)));
        }
        try {
            for (Path file : files) {
                if (!locks.add(file)) {
                    locks.close();
                    return new Attempt.InUse(file, noted(file));
                }
            }
            return new Attempt.Held(locks);
        } catch (IOException e) {
            locks.close();
            throw e;
        }
    }

    /**
     * Takes the locks of more groups, for example of a stage that is about to go live.
     *
     * @throws IOException if a lock file cannot be made or a process holds it
     */
    public void add(Path raft, List<String> groups) throws IOException {
        for (String group : groups) {
            Path file = HomeLayout.groupLock(raft.resolve(group));
            if (!add(file)) {
                throw new IOException(file + " is held by another process");
            }
        }
    }

    private boolean add(Path file) throws IOException {
        Path nearest = Files.exists(file) ? file : requireNonNull(file.getParent());
        boolean shared = toRead && !Files.isWritable(nearest);
        if (shared && !nearest.equals(file)) {
            // no server has opened it, and none can through this mount
            return true;
        }
        FileChannel channel =
                shared
                        ? FileChannel.open(file, StandardOpenOption.READ)
                        : FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
        if (tryLock(channel, shared) == null) {
            channel.close();
            return false;
        }
        held.add(file);
        channels.add(channel);
        return true;
    }

    /**
     * Makes our own lock where there is none yet, and notes this process in it.
     *
     * @throws IOException if it cannot be made or another process was faster
     */
    public void claim(HomeLayout layout) throws IOException {
        if (claimed) {
            return;
        }
        DurableFiles.folder(layout.own());
        if (!held.contains(layout.lock()) && !add(layout.lock())) {
            throw new IOException(layout.lock() + " is held by another process");
        }
        FileChannel channel = channels.get(held.indexOf(layout.lock()));
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
        claimed = true;
    }

    /**
     * Looks whether a process has the home, without writing anything. Not to be called in a process
     * that holds locks of the same home: looking would end them.
     *
     * @return the first lock that is held; empty when all are free
     * @throws IOException if a lock file cannot be read
     */
    public static Optional<Attempt.InUse> look(HomeLayout layout) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String group : layout.groups()) {
            files.add(HomeLayout.groupLock(layout.raft().resolve(group)));
        }
        files.add(layout.lock());
        for (Path file : files) {
            if (Files.isRegularFile(file) && isHeld(file)) {
                return Optional.of(new Attempt.InUse(file, noted(file)));
            }
        }
        return Optional.empty();
    }

    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return tryLock(channel, true) == null;
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to read " + file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
            throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String noted(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).trim();
            return text.length() <= LONGEST_PID && text.matches("\\d+") ? text : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
        channels.clear();
    }
}
