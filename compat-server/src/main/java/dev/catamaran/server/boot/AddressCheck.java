package dev.catamaran.server.boot;

import dev.catamaran.server.member.MemberInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this machine and the member list fit the address a member was told. */
final class AddressCheck {

    /** Real 2.x clients and servers reach gRPC at these offsets from the HTTP port. */
    private static final int[] RESERVED_OFFSETS = {1000, 1001};

    private AddressCheck() {}

    /** Refuses an address no interface of this machine has. */
    static Optional<Refusal> local(ServerSettings settings) {
        try {
            InetAddress address = InetAddress.getByName(settings.ip());
            boolean here =
                    address.isLoopbackAddress()
                            || NetworkInterface.getByInetAddress(address) != null;
            return here
                    ? Optional.empty()
                    : Optional.of(
                            new Refusal(
                                    "no network interface of this machine has the address "
                                            + settings.ip(),
                                    SettingKey.ADDRESS.key() + " = " + settings.self(),
                                    "give this machine's own address with --address, as the member"
                                            + " list writes it"));
        } catch (UnknownHostException e) {
            return Optional.of(
                    new Refusal(
                            "the address " + settings.ip() + " cannot be resolved",
                            SettingKey.ADDRESS.key() + " = " + settings.self(),
                            "give this machine's own IP address with --address"));
        } catch (IOException e) {
            return Optional.of(
                    new Refusal(
                            "the network interfaces cannot be read: " + e.getMessage(),
                            SettingKey.ADDRESS.key() + " = " + settings.self(),
                            "check the network set-up of this machine"));
        }
    }

    /** Refuses a member list in which this member does not stand, letter by letter. */
    static Optional<Refusal> listed(ServerSettings settings) {
        if (settings.members().contains(settings.self())) {
            return Optional.empty();
        }
        List<String> near =
                settings.members().stream().filter(other -> nearMiss(settings, other)).toList();
        String todo =
                near.isEmpty()
                        ? "add " + settings.self() + " to the list of every member"
                        : "write this member the same way everywhere: the list has "
                                + near
                                + ", --address has "
                                + settings.self();
        return Optional.of(
                new Refusal(
                        "the member list does not contain this member " + settings.self(),
                        "members = " + settings.members(),
                        todo));
    }

    /** The same machine by another name, or the same address with another port. */
    private static boolean nearMiss(ServerSettings settings, String other) {
        int colon = other.lastIndexOf(':');
        String host = other.substring(0, colon);
        if (host.equals(settings.ip())) {
            return true;
        }
        if (!other.substring(colon + 1).equals(Integer.toString(settings.port()))) {
            return false;
        }
        try {
            InetAddress left = InetAddress.getByName(host);
            return left.equals(InetAddress.getByName(settings.ip())) || left.isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Refuses when another process listens where this member must. */
    static Optional<Refusal> portsFree(ServerSettings settings) {
        int raft = MemberInfo.raftPort(settings.port());
        if (!free(settings.ip(), settings.port())) {
            return Optional.of(inUse(settings, settings.port(), "HTTP"));
        }
        return free(settings.ip(), raft)
                ? Optional.empty()
                : Optional.of(inUse(settings, raft, "raft: HTTP port - 1000"));
    }

    private static Refusal inUse(ServerSettings settings, int port, String use) {
        return new Refusal(
                "port " + port + " (" + use + ") is in use by another process",
                settings.ip() + ":" + port,
                "stop that process, or choose another port with --address IP:PORT here and in the"
                        + " member list");
    }

    /** Ports this member will want one day and cannot have now; worth a warning only. */
    static List<Integer> reservedTaken(ServerSettings settings) {
        List<Integer> taken = new ArrayList<>();
        for (int offset : RESERVED_OFFSETS) {
            if (!free(settings.ip(), settings.port() + offset)) {
                taken.add(settings.port() + offset);
            }
        }
        return taken;
    }

    private static boolean free(String ip, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(ip, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
