package dev.catamaran.tool.command;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The addresses under which others can reach this machine. */
final class LocalAddresses {

    private LocalAddresses() {}

    /** IPv4 addresses; IPv6 ones, in brackets, only where there is no IPv4. */
    static SortedSet<String> all() throws IOException {
        SortedSet<String> four = new TreeSet<>();
        SortedSet<String> six = new TreeSet<>();
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!one.isUp() || one.isLoopback()) {
                continue;
            }
            for (InetAddress address : Collections.list(one.getInetAddresses())) {
                if (address.isLinkLocalAddress()) {
                    continue;
                }
                if (address instanceof Inet4Address) {
                    four.add(address.getHostAddress());
                } else if (address instanceof Inet6Address) {
                    String text = address.getHostAddress();
                    int zone = text.indexOf('%');
                    six.add("[" + (zone < 0 ? text : text.substring(0, zone)) + "]");
                }
            }
        }
        return four.isEmpty() ? six : four;
    }

    static Optional<String> name() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
