package dev.catamaran.tool.rebuild.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Exchanges what two names of one file system stand for, in one step that no crash can split. */
@FunctionalInterface
interface Exchange {

    /** How an attempt ended. */
    enum Outcome {
        DONE,
        /** The system or the file system cannot do it; nothing changed. */
        UNSUPPORTED
    }

    /** Where no system can do it. */
    Exchange NEVER = (one, other) -> Outcome.UNSUPPORTED;

    /**
     * Exchanges two names. An implementation must not do it in several steps.
     *
     * @throws IOException if the system refuses it for these two names; nothing changed
     */
    Outcome exchange(Path one, Path other) throws IOException;
}
