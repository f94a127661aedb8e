package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

/**
 * A request that is refused for what it is, with the status and text a 1.4 server answers (spec:
 * legacy-raft 1.5). Thrown by the decoding half of controllers only, turned into an answer by
 * {@link Answers}.
 */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int ILLEGAL = 400;
    private static final int FAILED = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final int status;

    private BadRequest(int status, String text) {
        super(requireNonNull(text, "text is null"), null, false, false);
        this.status = status;
    }

    /** Something in the request is not allowed. */
    static BadRequest illegal(String text) {
        return new BadRequest(ILLEGAL, "caused: " + text + ";");
    }

    /** Real servers answer 500 for what is not there. */
    static BadRequest notFound(String text) {
        return new BadRequest(FAILED, "caused: " + text + ";");
    }

    /** Something this version does not serve. */
    static BadRequest notServed(String text) {
        return new BadRequest(NOT_IMPLEMENTED, text);
    }

    int status() {
        return status;
    }

    String text() {
        return requireNonNull(getMessage(), "text is null");
    }
}
