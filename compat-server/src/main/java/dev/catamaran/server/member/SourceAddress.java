package dev.catamaran.server.member;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whether a call can come from the member it speaks for. */
public final class SourceAddress {

    private SourceAddress() {}

    /**
     * Whether {@code source} is an address of {@code member}. Members of one machine that are known
     * by loopback addresses may call from any of these: the kernel chooses 127.0.0.1.
     *
     * @param member {@code ip:port} or {@code host:port}
     * @param source IP address a call came from
     */
    public static boolean mayBe(String member, String source) {
        try {
            InetAddress from = InetAddress.getByName(source);
            String host = member.substring(0, member.lastIndexOf(':'));
            return Arrays.stream(InetAddress.getAllByName(host))
                    .anyMatch(
                            known ->
                                    known.equals(from)
                                            || (known.isLoopbackAddress()
                                                    && from.isLoopbackAddress()));
        } catch (UnknownHostException noSuchHost) {
            return false;
        }
    }
}
