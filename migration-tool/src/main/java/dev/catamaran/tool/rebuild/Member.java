package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Optional;

/**
 * A member by the text that stands in {@code cluster.conf}: host and HTTP port. The protocol data
 * names it by its raft address, whose port is 1000 lower (spec: jraft-disk 1).
 *
 * @param host IPv4 address, host name, or IPv6 address in square brackets
 * @param port HTTP port
 */
public record Member(String host, int port) implements Comparable<Member> {

    /** What a line of cluster.conf without a port means. */
    public static final int DEFAULT_PORT = 8848;

    /** Raft listens this much below the HTTP port (spec: jraft-disk 1). */
    public static final int RAFT_OFFSET = 1000;

    private static final int HIGHEST_PORT = 65_535;
    private static final Comparator<Member> BY_TEXT =
            Comparator.comparing(Member::host).thenComparingInt(Member::port);

    public Member {
        requireNonNull(host, "host is null");
        if (!isHost(host)) {
            throw new IllegalArgumentException("no host: '" + host + "'");
        }
        if (port <= RAFT_OFFSET || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("no HTTP port of a member: " + port);
        }
    }

    /** Reads {@code host:port} or {@code host}; empty when it is neither. */
    public static Optional<Member> parse(String text) {
        return split(text.strip(), DEFAULT_PORT)
                .filter(at -> at.port() > RAFT_OFFSET && at.port() <= HIGHEST_PORT)
                .map(at -> new Member(at.host(), at.port()));
    }

    /** The member whose raft address this is; empty when no member can have it. */
    public static Optional<Member> ofRaft(String address) {
        return split(address, -1)
                .filter(at -> at.port() > 0 && at.port() <= HIGHEST_PORT - RAFT_OFFSET)
                .map(at -> new Member(at.host(), at.port() + RAFT_OFFSET));
    }

    /** The address by which the protocol data names this member. */
    public String raft() {
        return host + ":" + (port - RAFT_OFFSET);
    }

    /** Whether this is an IPv6 address, which the oldest servers cannot read in their data. */
    public boolean isIpv6() {
        return host.startsWith("[");
    }

    @Override
    public int compareTo(Member other) {
        return BY_TEXT.compare(this, other);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private record At(String host, int port) {}

    private static Optional<At> split(String text, int otherwise) {
        int colon = text.lastIndexOf(':');
        boolean bare = colon < 0 || text.endsWith("]");
        String host = bare ? text : text.substring(0, colon);
        String port = bare ? Integer.toString(otherwise) : text.substring(colon + 1);
        boolean good = isHost(host) && port.matches("\\d{1,5}");
        return good ? Optional.of(new At(host, Integer.parseInt(port))) : Optional.empty();
    }

    /** A number in the last label makes it an IPv4 address, which must then be a whole one. */
    private static boolean isHost(String text) {
        if (text.startsWith("[")) {
            return text.matches("\\[[0-9a-fA-F:.]{2,45}(%[A-Za-z0-9]{1,16})?]");
        }
        if (text.matches("(.*\\.)?\\d+")) {
            return text.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
        }
        return text.matches("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?");
    }
}
