package dev.catamaran.tool.live;

import java.io.IOException;

/** A server will not do it, however often it is asked; the message says what to do. */
public final class RefusedException extends IOException {

    public RefusedException(String message) {
        super(message);
    }
}
