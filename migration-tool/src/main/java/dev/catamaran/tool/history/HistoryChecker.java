package dev.catamaran.tool.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.catamaran.registry.records.InstanceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges a history record by record: is every acknowledged write still there, is nothing back that
 * was removed, is nothing there twice, is nothing there that nobody wrote.
 *
 * <p>One client at a time writes a record, so its acknowledged writes have an order. A write of
 * unknown outcome may still take effect for a while after its client gave up; how long is a
 * parameter, because without a limit one lost answer would excuse every later loss.
 */
public final class HistoryChecker {

    private final long lateNs;

    /**
     * @param lateNs how long after the loss of its answer a write may still take effect; {@link
     *     Long#MAX_VALUE} for ever
     */
    public HistoryChecker(long lateNs) {
        if (lateNs < 0) {
            throw new IllegalArgumentException("lateNs is negative: " + lateNs);
        }
        this.lateNs = lateNs;
    }

    /** All findings, by record. Every view is judged by itself against the whole history. */
    public List<Finding> judge(List<Call> calls, List<FinalView> views) {
        Map<InstanceKey, List<Call>> byRecord =
                calls.stream().collect(groupingBy(Call::record, TreeMap::new, toList()));
        TreeSet<InstanceKey> records = new TreeSet<>(byRecord.keySet());
        views.forEach(view -> records.addAll(view.seen().keySet()));
        List<Finding> findings = new ArrayList<>();
        for (InstanceKey record : records) {
            List<Call> own = byRecord.getOrDefault(record, List.of());
            RecordHistory history = new RecordHistory(ofKind(own, Call.Write.class), lateNs);
            for (FinalView view : views) {
                judgeView(record, history.until(view.atNs()), view, findings);
            }
            judgeReads(history, ofKind(own, Call.Read.class), findings);
        }
        return findings;
    }

    private static void judgeView(
            InstanceKey record, RecordHistory history, FinalView view, List<Finding> findings) {
        List<Value> seen = view.of(record);
        String promised = history.promised().text();
        if (seen.size() > 1) {
            findings.add(
                    new Finding(
                            Finding.Kind.DUPLICATED, record, view.where(), "once", texts(seen)));
        }
        Value value = seen.isEmpty() ? Value.ABSENT : seen.get(0);
        if (history.allowedAtEnd().contains(value)) {
            if (history.isLate(value)) {
                findings.add(
                        new Finding(
                                Finding.Kind.LATE, record, view.where(), promised, value.text()));
            }
            return;
        }
        Finding.Kind kind = kindOf(history, value, view.atNs());
        findings.add(new Finding(kind, record, view.where(), promised, value.text()));
    }

    private static Finding.Kind kindOf(RecordHistory history, Value value, long atNs) {
        if (!history.couldBe(value, atNs)) {
            return Finding.Kind.PHANTOM;
        }
        return history.promised().equals(Value.ABSENT)
                ? Finding.Kind.RESURRECTED
                : Finding.Kind.LOST;
    }

    private static void judgeReads(
            RecordHistory history, List<Call.Read> reads, List<Finding> findings) {
        for (Call.Read read : reads) {
            if (read.seen().size() > 1) {
                findings.add(reading(Finding.Kind.DUPLICATED, read, "once", texts(read.seen())));
            }
            if (!history.couldBe(read.value(), read.endNs())) {
                String found = read.value().text();
                findings.add(reading(Finding.Kind.PHANTOM, read, "a written state", found));
            }
        }
        ReadingOrder order = new ReadingOrder(history);
        reads.stream()
                .filter(read -> read.incarnation() != Call.Read.ORDERLESS)
                .collect(groupingBy(read -> read.member() + "/" + read.incarnation()))
                .values()
                .forEach(
                        ofMember ->
                                order.backwards(ofMember).stream()
                                        .map(HistoryChecker::backwards)
                                        .forEach(findings::add));
    }

    private static Finding backwards(Call.Read read) {
        return reading(Finding.Kind.BACKWARDS, read, "no older state", read.value().text());
    }

    private static Finding reading(
            Finding.Kind kind, Call.Read read, String expected, String found) {
        String where = "a reading from " + read.member() + " at " + read.endNs() / 1_000_000 + "ms";
        return new Finding(kind, read.record(), where, expected, found);
    }

    private static String texts(List<Value> values) {
        return String.join(" and ", values.stream().map(Value::text).toList());
    }

    private static <T extends Call> List<T> ofKind(List<Call> calls, Class<T> kind) {
        return calls.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .sorted(Comparator.comparingLong(Call::startNs))
                .toList();
    }
}
