package dev.catamaran.tool.jraftdisk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The lock that RocksDB takes on a log while a server runs on it. Whoever holds it keeps the server
 * from starting.
 *
 * <p>The operating system drops the lock when this process closes <em>any</em> handle of the lock
 * file: while it is held, nothing here may open that file again. {@link StoreReader} does not;
 * opening the folder itself to write would.
 */
public final class StoreLock implements AutoCloseable {

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock if no process has it; a group without a lock file was never opened and needs
     * none.
     *
     * @return empty if a server runs on the store
     * @throws IOException if the lock file cannot be opened for writing, e.g. for want of
     *     permission; whether a server runs is then unknown
     */
    @SuppressWarnings("resource") // closed by the lock
    public static Optional<StoreLock> take(GroupFolder group) throws IOException {
        if (!Files.exists(group.lock())) {
            throw new java.nio.file.NoSuchFileException(group.lock().toString());
        }
        FileChannel channel = FileChannel.open(group.lock(), StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new StoreLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
