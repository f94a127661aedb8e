package dev.catamaran.tool.job;

import java.io.IOException;

/** The journal cannot be used; the message says what is wrong and what to do. */
public final class JournalException extends IOException {

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
