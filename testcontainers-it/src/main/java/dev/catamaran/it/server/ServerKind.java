package dev.catamaran.it.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Which server to start: a real one of some version, or ours. A value; one kind may fill many
 * seats.
 */
public sealed interface ServerKind permits NacosServer, CatamaranServer {

    /** As a report calls it, for example {@code nacos 2.0.4}. */
    String title();

    /**
     * Writes into the home what such a server reads before it starts: settings and the member list.
     * Must not touch data.
     *
     * @throws IOException if that cannot be written
     */
    void prepare(Seat seat) throws IOException;

    /**
     * The command that starts it, to be run in its home.
     *
     * @throws ReleaseUnavailable if the server cannot be had on this machine
     * @throws IOException if something of ours is missing
     */
    List<String> command(Seat seat) throws IOException;

    /** Why the server on this seat is not up yet; empty when it serves and its groups are led. */
    Optional<String> whyNotUp(Seat seat, NacosApi api);
}
