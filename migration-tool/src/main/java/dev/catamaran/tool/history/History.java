package dev.catamaran.tool.history;

import java.util.ArrayList;
import java.util.List;

/** Collects calls from many threads; can only grow. */
public final class History {

    private final List<Call> calls = new ArrayList<>();

    /** Adds a call that has ended. */
    public synchronized void add(Call call) {
        calls.add(call);
    }

    /** All calls so far, in the order in which they ended. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Calls from position {@code from} on, to follow a running history cheaply. */
    public synchronized List<Call> since(int from) {
        return List.copyOf(calls.subList(Math.min(from, calls.size()), calls.size()));
    }

    public synchronized int size() {
        return calls.size();
    }
}
