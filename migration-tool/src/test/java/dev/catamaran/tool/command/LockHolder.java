package dev.catamaran.tool.command;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that holds a file locked, as a running server does, until it is killed. */
public final class LockHolder {

    /** What it says once it holds the lock. */
    static final int HELD = 'h';

    private LockHolder() {}

    /** Argument: the file. */
    public static void main(String[] args) throws Exception {
        try (FileChannel channel =
                FileChannel.open(
                        Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            System.out.write(HELD);
            System.out.flush();
            System.in.readAllBytes();
        }
    }
}
