package dev.catamaran.tool.history;

import dev.catamaran.registry.records.InstanceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects calls from many threads.
 *
 * <p>Clients read the same again and again. Of readings of one record from one running member that
 * follow each other and saw the same, the first and the last are kept: whatever {@link
 * HistoryChecker} could say of one between them it says of those two. So the size goes with the
 * changes that were seen, not with the time.
 */
public final class History {

    private final List<Call> calls = new ArrayList<>();
    private final Map<Series, Run> runs = new HashMap<>();

    /** Readings that have an order among each other. */
    private record Series(InstanceKey record, String member, int incarnation) {}

    /**
     * Readings in a row that saw the same.
     *
     * @param last place of the newest in {@link #calls}
     * @param alone whether it is the first as well
     */
    private record Run(List<Value> seen, int last, boolean alone) {}

    /** Adds a call that has ended. */
    public synchronized void add(Call call) {
        if (!(call instanceof Call.Read read)) {
            calls.add(call);
            return;
        }
        Series series = new Series(read.record(), read.member(), read.incarnation());
        Run run = runs.get(series);
        boolean same = run != null && run.seen().equals(read.seen());
        if (same && !run.alone()) {
            calls.set(run.last(), read);
        } else {
            runs.put(series, new Run(read.seen(), calls.size(), !same));
            calls.add(read);
        }
    }

    /** All writes so far in the order in which they ended, and among them the readings kept. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Calls from position {@code from} on; no write is ever left out. */
    public synchronized List<Call> since(int from) {
        return List.copyOf(calls.subList(Math.min(from, calls.size()), calls.size()));
    }

    public synchronized int size() {
        return calls.size();
    }
}
