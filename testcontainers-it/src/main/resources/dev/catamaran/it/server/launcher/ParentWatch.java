package dev.catamaran.it.launcher;

import java.io.IOException;

/**
 * Ends this server when the test that started it is gone, however it went: the system then closes
 * the other end of our standard input.
 */
final class ParentWatch {

    private ParentWatch() {}

    static void start() {
        Thread watch = new Thread(ParentWatch::untilParentIsGone, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void untilParentIsGone() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said
            }
        } catch (IOException e) {
            // as good as gone
        }
        Runtime.getRuntime().halt(0);
    }
}
