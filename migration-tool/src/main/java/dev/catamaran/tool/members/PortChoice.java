package dev.catamaran.tool.members;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Ports for members on this machine. A member takes its port and the one 1000 below it, and keeps
 * the two from 1000 above it for 2.x clients.
 */
public final class PortChoice {

    /** Ports a reader of the report will recognise. */
    static final int FIRST = 8848;

    static final int STEP = 10;

    /** Below the range from which systems hand out ports for outgoing connections. */
    private static final int LAST = 31_000;

    private static final int[] OFFSETS = {-1000, 0, 1000, 1001};

    private PortChoice() {}

    /**
     * Free ports, ten apart: those from 8848 if all of them are free, else the first higher ones.
     *
     * @throws IOException if this machine has no such ports free
     */
    public static List<Integer> choose(int count) throws IOException {
        return choose(count, PortChoice::isFree);
    }

    static List<Integer> choose(int count, IntPredicate free) throws IOException {
        for (int first = FIRST; first < LAST; first += count * STEP) {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ports.add(first + i * STEP);
            }
            if (ports.stream().allMatch(port -> allFree(port, free))) {
                return ports;
            }
        }
        throw new IOException("no " + count + " free ports from " + FIRST + " to " + LAST);
    }

    private static boolean allFree(int port, IntPredicate free) {
        for (int offset : OFFSETS) {
            if (!free.test(port + offset)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
