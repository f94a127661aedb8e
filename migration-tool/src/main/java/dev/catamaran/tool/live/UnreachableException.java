package dev.catamaran.tool.live;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A server does not answer, or only that it cannot now; whether the last call was executed is
 * unknown.
 */
public final class UnreachableException extends IOException {

    UnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
