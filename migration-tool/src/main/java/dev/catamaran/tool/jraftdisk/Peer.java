package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a member in a group's files: {@code host:port}, perhaps followed by {@code :index},
 * {@code :index:priority} or {@code ::priority} (spec: jraft-disk 2). JRaft compares addresses as
 * text, so nothing is normalised here.
 *
 * @param address {@code host:port}, as it stands in the file; the host may be a name, an IPv4
 *     address or an IPv6 address in brackets
 * @param suffix what follows the address, with its colon; mostly empty
 */
public record Peer(String address, String suffix) implements Comparable<Peer> {

    /** How a vote for nobody is written. */
    public static final String NOBODY = "0.0.0.0:0";

    private static final Pattern TEXT =
            Pattern.compile(
                    "((?:[^\\s:\\[\\]/,]{1,255}|\\[[0-9a-fA-F:.%]{2,64}]):(\\d{1,5}))"
                            + "(:\\d{1,9}|:\\d{1,9}:-?\\d{1,9}|::-?\\d{1,9})?");

    private static final int MAX_PORT = 65_535;

    public Peer {
        requireNonNull(address, "address is null");
        requireNonNull(suffix, "suffix is null");
    }

    /** Reads a stored name; empty if JRaft could not read it either. */
    public static Optional<Peer> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
            return Optional.empty();
        }
        String suffix = matcher.group(3);
        return Optional.of(new Peer(matcher.group(1), suffix == null ? "" : suffix));
    }

    /** The name as it stands in the file. */
    public String text() {
        return address + suffix;
    }

    /** Whether the host is an IPv6 address, which servers before 1.4.1 cannot read. */
    public boolean isIpv6() {
        return address.startsWith("[");
    }

    /** The same member at another address. */
    Peer at(String otherAddress) {
        return new Peer(otherAddress, suffix);
    }

    @Override
    public int compareTo(Peer other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
