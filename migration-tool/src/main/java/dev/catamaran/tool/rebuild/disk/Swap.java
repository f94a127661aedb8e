package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Exchanges a live tree and the other one. Where the system has no exchange, three renames do it; a
 * crash between them leaves a state that {@link #settle} recognises by which names exist.
 */
final class Swap {

    private final Exchange exchange;
    private final Failpoints failpoints;

    Swap(Exchange exchange, Failpoints failpoints) {
        this.exchange = requireNonNull(exchange, "exchange is null");
        this.failpoints = requireNonNull(failpoints, "failpoints is null");
    }

    /**
     * Exchanges two trees and forces the folders they stand in.
     *
     * @param live the tree a server opens
     * @param other the one it does not
     * @param done the point to report once the names are exchanged
     * @throws IOException if it cannot be done; after {@link #settle} the live tree is one of both
     */
    void exchange(Path live, Path other, Point done) throws IOException {
        if (exchange.exchange(live, other) == Exchange.Outcome.UNSUPPORTED) {
            Path away = away(other);
            move(live, away);
            failpoints.reached(Point.MOVED_AWAY);
            move(other, live);
            failpoints.reached(Point.MOVED_IN);
            move(away, other);
        }
        failpoints.reached(done);
        syncRound(live, other);
    }

    /**
     * Ends three renames that a crash interrupted. Afterwards both trees have their names again,
     * and the marker says which is live.
     *
     * @throws IOException if a rename fails
     */
    static void settle(Path live, Path other) throws IOException {
        Path away = away(other);
        if (!Files.exists(away, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.exists(live, LinkOption.NOFOLLOW_LINKS)) {
            move(away, live);
        } else if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
            move(away, other);
        }
        syncRound(live, other);
    }

    /** Whether three renames were interrupted while no tree had the live name. */
    static boolean nothingIsLive(Path live, Path other) {
        return !Files.exists(live, LinkOption.NOFOLLOW_LINKS)
                && Files.exists(away(other), LinkOption.NOFOLLOW_LINKS);
    }

    private static Path away(Path other) {
        return other.resolveSibling(other.getFileName() + ".away");
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void syncRound(Path live, Path other) throws IOException {
        DurableFiles.sync(requireNonNull(live.getParent(), "no folder round the live tree"));
        DurableFiles.sync(requireNonNull(other.getParent(), "no folder round the other tree"));
    }
}
