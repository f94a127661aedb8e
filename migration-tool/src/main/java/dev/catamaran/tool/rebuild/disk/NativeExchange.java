package dev.catamaran.tool.rebuild.disk;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code renameat2(2)} with {@code RENAME_EXCHANGE} on Linux. */
final class NativeExchange implements Exchange {

    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 2;
    private static final int EPERM = 1;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;

    /** The C library, as far as it is needed. */
    public interface LibC extends Library {
        /** Since Linux 3.15 and glibc 2.28. */
        int renameat2(int oldFolder, byte[] old, int newFolder, byte[] now, int flags)
                throws LastErrorException;
    }

    private final @Nullable LibC c;

    private NativeExchange(@Nullable LibC c) {
        this.c = c;
    }

    /** The exchange of this system; one that is never supported where there is none. */
    static Exchange ofThisSystem() {
        if (!Platform.isLinux()) {
            return NEVER;
        }
        try {
            return new NativeExchange(Native.load("c", LibC.class, Map.of()));
        } catch (UnsatisfiedLinkError noLibrary) {
            return NEVER;
        }
    }

    @Override
    public Outcome exchange(Path one, Path other) throws IOException {
        if (c == null) {
            return Outcome.UNSUPPORTED;
        }
        try {
            c.renameat2(AT_FDCWD, text(one), AT_FDCWD, text(other), RENAME_EXCHANGE);
            return Outcome.DONE;
        } catch (UnsatisfiedLinkError olderLibrary) {
            return Outcome.UNSUPPORTED;
        } catch (LastErrorException e) {
            int error = e.getErrorCode();
            if (error == EINVAL || error == ENOSYS || error == EOPNOTSUPP || error == EPERM) {
                return Outcome.UNSUPPORTED;
            }
            throw new IOException(
                    "cannot exchange " + one + " and " + other + ": " + e.getMessage(), e);
        }
    }

    /** The C library wants the bytes that the file system holds, ended by a zero. */
    private static byte[] text(Path path) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        return Native.toByteArray(path.toAbsolutePath().toString(), encoding);
    }
}
