package dev.catamaran.tool.history;

import static dev.catamaran.tool.history.Outcome.ACKNOWLEDGED;
import static dev.catamaran.tool.history.Outcome.REFUSED;
import static dev.catamaran.tool.history.Outcome.UNKNOWN;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small histories of one record, written like sentences; each call takes ten time units. */
final class Histories {

    static final InstanceKey RECORD =
            new InstanceKey(ServiceKey.of("", "", "orders"), "10.0.0.1", 8080, "DEFAULT");

    private final List<Call> calls = new ArrayList<>();
    private long nowNs = 100;
    private long operation;

    Histories put(long version) {
        return next(Value.version(version), ACKNOWLEDGED);
    }

    Histories delete() {
        return next(Value.ABSENT, ACKNOWLEDGED);
    }

    Histories putUnknown(long version) {
        return next(Value.version(version), UNKNOWN);
    }

    Histories deleteUnknown() {
        return next(Value.ABSENT, UNKNOWN);
    }

    Histories putRefused(long version) {
        return next(Value.version(version), REFUSED);
    }

    Histories later(long ns) {
        nowNs += ns;
        return this;
    }

    Histories read(String member, Value... seen) {
        return read(member, 1, seen);
    }

    Histories read(String member, int incarnation, Value... seen) {
        calls.add(new Call.Read(RECORD, member, incarnation, nowNs, nowNs + 10, List.of(seen)));
        nowNs += 20;
        return this;
    }

    private Histories next(Value value, Outcome outcome) {
        operation++;
        calls.add(new Call.Write(RECORD, operation, 1, value, "m1", nowNs, nowNs + 10, outcome));
        nowNs += 20;
        return this;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Kinds of finding when every stack ends with these appearances of the record. */
    List<Finding.Kind> endingWith(Value... seen) {
        return judged(Long.MAX_VALUE, seen);
    }

    List<Finding.Kind> judged(long lateNs, Value... seen) {
        FinalView view = new FinalView("legacy of m1", nowNs, Map.of(RECORD, List.of(seen)));
        return kinds(new HistoryChecker(lateNs).judge(calls, List.of(view)));
    }

    /** Kinds of finding about the readings alone. */
    List<Finding.Kind> readings() {
        return kinds(new HistoryChecker(Long.MAX_VALUE).judge(calls, List.of()));
    }

    private static List<Finding.Kind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind).toList();
    }
}
