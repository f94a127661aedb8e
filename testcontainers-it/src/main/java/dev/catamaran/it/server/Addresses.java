package dev.catamaran.it.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Addresses of servers on this machine. A server takes its port P and P − 1000 (raft), P + 1000 and
 * P + 1001 (gRPC), the last three on all addresses of the machine, so servers differ by their
 * ports.
 */
public final class Addresses {

    private static final int[] OFFSETS = {-1000, 0, 1000, 1001};

    /** Clear of the default ports, which whoever uses this machine may have in use. */
    private static final int FIRST = 10_000;

    /** Below the range from which systems hand out ports for outgoing connections. */
    private static final int LAST = 29_990;

    private static final int STEP = 10;
    private static final int TRIES = 200;

    private Addresses() {}

    /**
     * Addresses on 127.0.0.1 whose ports are all free now. They begin at a random place, so that
     * runs beside each other seldom look at the same.
     *
     * @throws IOException if no such ports were found
     */
    public static List<String> free(int count) throws IOException {
        Random random = new Random();
        for (int i = 0; i < TRIES; i++) {
            int steps = (LAST - FIRST) / STEP - count;
            int first = FIRST + STEP * random.nextInt(steps) + 8;
            List<String> addresses = new ArrayList<>();
            for (int port = first; addresses.size() < count && isFree(port); port += STEP) {
                addresses.add("127.0.0.1:" + port);
            }
            if (addresses.size() == count) {
                return addresses;
            }
        }
        throw new IOException(
                "no " + count + " free blocks of ports from " + FIRST + " to " + LAST);
    }

    static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    static int port(String address) {
        try {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not ip:port: " + address, e);
        }
    }

    private static boolean isFree(int port) {
        for (int offset : OFFSETS) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(port + offset));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
