package dev.catamaran.legacyraft.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is due, in order. Actions of the same moment run in the order they came. */
public final class Agenda {

    private record Due(long atMs, long order, Runnable action) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparing(Due::order));
    private long nowMs;
    private long order;

    public long nowMs() {
        return nowMs;
    }

    /** Runs an action when so much time has passed. */
    public void after(long delayMs, Runnable action) {
        due.add(new Due(nowMs + delayMs, ++order, action));
    }

    /** Lets so much time pass. */
    public void run(long forMs) {
        long untilMs = nowMs + forMs;
        while (!due.isEmpty() && due.peek().atMs() <= untilMs) {
            Due next = due.poll();
            nowMs = next.atMs();
            next.action().run();
        }
        nowMs = untilMs;
    }
}
