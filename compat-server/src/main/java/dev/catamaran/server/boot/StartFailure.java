package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

/** A start that was given up for a reason an operator can act on; has no stack trace to read. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    StartFailure(Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.refusal = requireNonNull(refusal, "refusal is null");
    }

    Refusal refusal() {
        return refusal;
    }
}
