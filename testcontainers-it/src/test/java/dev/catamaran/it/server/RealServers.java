package dev.catamaran.it.server;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** Real servers for tests: had, or the test is skipped and says why. */
public final class RealServers {

    /** System property: with {@code true}, a server that cannot be had is a failure. */
    private static final String REQUIRED = "require.real.servers";

    private RealServers() {}

    /** The server of this version; aborts the test where it cannot be had. */
    public static NacosServer nacos(String version) throws IOException {
        NacosServer server = NacosServer.of(version);
        demand(server);
        return server;
    }

    /** Aborts the test where this server cannot be had. */
    public static void demand(NacosServer server) throws IOException {
        try {
            server.fetch();
        } catch (ReleaseUnavailable e) {
            if (Boolean.getBoolean(REQUIRED)) {
                throw e;
            }
            System.err.println("NOT RUN, " + e.getMessage());
            Assumptions.abort(e.getMessage());
        }
    }
}
