package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

/**
 * An answer to an operator.
 *
 * @param status HTTP status
 * @param json the body
 */
record OpsAnswer(int status, String json) {

    static final int OK = 200;
    static final int ILLEGAL = 400;
    static final int REFUSED = 409;
    static final int UNKNOWN = 500;
    static final int NOT_NOW = 503;

    OpsAnswer {
        requireNonNull(json, "json is null");
    }
}
