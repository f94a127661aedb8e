package dev.catamaran.tool.rebuild.disk;

import java.io.IOException;
import java.util.List;

/** Who is told how work on homes gets on. Must not change the homes. */
public interface Watch {

    /** A line about work that goes on. */
    void says(String line);

    /**
     * All is checked and nothing is changed yet; now these steps will be done, in this order.
     *
     * @param before digest of what the homes hold; empty if that says nothing
     * @throws IOException if they must not be done; nothing will have been changed
     */
    default void begins(List<String> steps, String before) throws IOException {}

    /** A step is done. A watcher that cannot note it must not stop the work. */
    default void ended(String step) {}

    /** All steps are done, and the homes hold what has this digest now. */
    default void reached(String after) {}
}
