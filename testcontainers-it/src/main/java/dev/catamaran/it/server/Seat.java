package dev.catamaran.it.server;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a server sits: what stays the same when another kind of server takes its place.
 *
 * @param home its home directory ({@code nacos.home})
 * @param address {@code ip:port} of its HTTP side; the port minus 1000 and plus 1000 and 1001 are
 *     its too
 * @param members the member list; empty for a standalone server
 */
public record Seat(Path home, String address, List<String> members) {

    public Seat {
        requireNonNull(home, "home is null");
        Addresses.port(address);
        members = List.copyOf(members);
    }

    Seat listing(List<String> newMembers) {
        return new Seat(home, address, newMembers);
    }

    boolean isStandalone() {
        return members.isEmpty();
    }
}
