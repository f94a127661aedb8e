package dev.catamaran.server.stack.legacy;

import static java.util.Objects.requireNonNull;

/**
 * What a message of another member is answered with.
 *
 * @param status HTTP status
 * @param text body
 */
public record RaftReply(int status, String text) {
    public RaftReply {
        requireNonNull(text, "text is null");
    }
}
