package dev.catamaran.server.member;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Calls between members over HTTP: pooled, bounded, with identity when one is configured.
 *
 * <p>A failed future means that no usable answer came: {@link NotSentException} when the request
 * certainly never reached the other side (connection refused, no connection), anything else when
 * the outcome is unknown.
 */
public interface MemberClient {

    /**
     * A request with a body to a member.
     *
     * @param method HTTP method
     * @param address member address, {@code ip:port}
     * @param pathAndQuery path with the context path, and query if any
     * @param contentType content type of the body
     * @param body bytes of the body; empty for none
     * @param timeout from now until the whole answer is there
     */
    CompletableFuture<MemberResponse> send(
            String method,
            String address,
            String pathAndQuery,
            String contentType,
            byte[] body,
            Duration timeout);

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param body bytes of the body
     */
    record MemberResponse(int status, byte[] body) {
        /** The body as UTF-8 text. */
        public String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** The request certainly never left or was never accepted. */
    final class NotSentException extends Exception {
        private static final long serialVersionUID = 1L;

        public NotSentException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
