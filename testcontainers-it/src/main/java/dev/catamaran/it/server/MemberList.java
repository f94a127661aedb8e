package dev.catamaran.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file {@code conf/cluster.conf}, which running servers watch. */
final class MemberList {

    private MemberList() {}

    /** Writes it whole or not at all; removes it for a standalone server. */
    static void write(Seat seat) throws IOException {
        Path conf = Files.createDirectories(seat.home().resolve("conf"));
        Path list = conf.resolve("cluster.conf");
        if (seat.isStandalone()) {
            Files.deleteIfExists(list);
            return;
        }
        Path next = conf.resolve("cluster.conf.next");
        Files.writeString(next, String.join("\n", seat.members()) + "\n");
        Files.move(next, list, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
