package dev.catamaran.tool.jraftdisk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** The lock that RocksDB holds on a log while a server runs on it. */
public final class StoreLock {

    private StoreLock() {}

    /**
     * Whether another process has the log open. Not to be asked in a process that holds the lock
     * itself: the operating system drops it when any handle of the file is closed.
     *
     * @throws IOException if the lock cannot be looked at, e.g. for want of permission
     */
    public static boolean isHeld(GroupFolder group) throws IOException {
        if (!Files.isRegularFile(group.lock())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(group.lock(), StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
