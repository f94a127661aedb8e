package dev.catamaran.it.server;

import java.io.IOException;

/**
 * The jars of a real server cannot be had on this machine, most often because no repository is
 * reachable. Not a fault of the server: a test is skipped, and says so.
 */
public final class ReleaseUnavailable extends IOException {

    private static final long serialVersionUID = 1;

    ReleaseUnavailable(String version, String why) {
        super("no real server " + version + " on this machine: " + why);
    }
}
