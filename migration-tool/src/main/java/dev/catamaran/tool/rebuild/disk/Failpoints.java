package dev.catamaran.tool.rebuild.disk;

import java.io.IOException;

/** Told at every {@link Point}; outside of tests it does nothing. */
@FunctionalInterface
public interface Failpoints {

    /** Nothing fails. */
    Failpoints NONE = point -> {};

    /**
     * The work has come to this point.
     *
     * @throws IOException what a test wants the disk to say here
     */
    void reached(Point point) throws IOException;
}
