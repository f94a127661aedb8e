package dev.catamaran.tool.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether servers can live at the new addresses of a map. */
final class NewAddresses {

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "[::]");

    /** From the HTTP port: raft, gRPC of clients, gRPC between servers (2.x and later). */
    private static final int[] OFFSETS = {-Member.RAFT_OFFSET, 0, 1000, 1001};

    private NewAddresses() {}

    static List<Finding> check(AddressMap map) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Member> byLowerCase = new TreeMap<>();
        Map<String, Member> byPort = new TreeMap<>();
        for (Member now : map.images().values()) {
            if (EVERYWHERE.contains(now.host())) {
                findings.add(everywhere(now));
            }
            Member alike = byLowerCase.putIfAbsent(now.toString().toLowerCase(Locale.ROOT), now);
            if (alike != null) {
                findings.add(sameButForCase(alike, now));
                continue;
            }
            for (int offset : OFFSETS) {
                int port = now.port() + offset;
                String at = now.host().toLowerCase(Locale.ROOT) + " " + port;
                Member there = byPort.putIfAbsent(at, now);
                if (there != null) {
                    findings.add(samePort(there, now, port));
                }
            }
        }
        return findings;
    }

    private static Finding everywhere(Member now) {
        return Finding.refuses(
                "address-is-none",
                now.host() + " stands for all addresses and names no member",
                "--map …=" + now,
                "Give the one address the server writes into its own member list.");
    }

    private static Finding sameButForCase(Member first, Member second) {
        return Finding.refuses(
                "same-host-in-another-case",
                first + " and " + second + " are one host, and would be two voters",
                "--map …=" + second,
                "Give each member an address of its own.");
    }

    private static Finding samePort(Member first, Member second, int port) {
        return Finding.warns(
                "ports-collide",
                first
                        + " and "
                        + second
                        + " both need port "
                        + port
                        + " (a server uses its HTTP port, the one 1000 below, and those 1000 and"
                        + " 1001 above)",
                "--map …=" + second,
                "Give them other ports, unless one host name means two machines here.");
    }
}
