package dev.catamaran.tool.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/**
 * A registry of two stacks in memory, driven by a few hundred writes, with faults that exist only
 * here: each must turn the verdict red, and without a fault it must be green.
 */
class PlantedFaultsTest {

    private static final int RECORDS = 20;
    private static final int WRITES = 600;

    private final List<Call> calls = new ArrayList<>();
    private final Map<InstanceKey, List<Value>> primary = new HashMap<>();
    private final Map<InstanceKey, List<Value>> mirror = new HashMap<>();
    private final Random random = new Random(7);
    private long nowNs;

    /** Runs all writes; {@code mirrored} says whether the mirror copies write number n. */
    private List<Finding.Kind> run(BiPredicate<Integer, Value> mirrored) {
        for (int n = 1; n <= WRITES; n++) {
            InstanceKey record = record(n % RECORDS);
            Value value = random.nextInt(4) == 0 ? Value.ABSENT : Value.version(n);
            acknowledge(record, n, value);
            apply(primary, record, value);
            if (mirrored.test(n, value)) {
                apply(mirror, record, value);
            }
        }
        return verdict();
    }

    private List<Finding.Kind> verdict() {
        List<FinalView> views =
                List.of(
                        new FinalView("legacy", Long.MAX_VALUE, primary),
                        new FinalView("jraft", Long.MAX_VALUE, mirror));
        return new HistoryChecker(1_000)
                .judge(calls, views).stream()
                        .map(Finding::kind)
                        .filter(Finding.Kind::fatal)
                        .toList();
    }

    private void acknowledge(InstanceKey record, int operation, Value value) {
        calls.add(
                new Call.Write(
                        record, operation, 1, value, "m1", nowNs, nowNs + 1, Outcome.ACKNOWLEDGED));
        nowNs += 2;
    }

    private static void apply(Map<InstanceKey, List<Value>> stack, InstanceKey key, Value value) {
        stack.put(key, value.equals(Value.ABSENT) ? List.of() : List.of(value));
    }

    private static InstanceKey record(int i) {
        return new InstanceKey(ServiceKey.of("", "", "svc-" + i % 4), "10.9.0." + i, 80, "");
    }

    @Test
    void isGreenWithoutAFault() {
        assertThat(run((n, value) -> true)).isEmpty();
    }

    @Test
    void turnsRedWhenTheMirrorDropsEveryHundredthRecord() {
        assertThat(run((n, value) -> n % 100 != 0)).contains(Finding.Kind.LOST);
    }

    @Test
    void turnsRedWhenTheMirrorForgetsRemovals() {
        assertThat(run((n, value) -> !value.equals(Value.ABSENT)))
                .contains(Finding.Kind.RESURRECTED);
    }

    @Test
    void turnsRedWhenAStaleListOverwritesANewerOne() {
        run((n, value) -> true);
        Map<InstanceKey, List<Value>> stale = new HashMap<>(primary);
        for (int n = 0; n < RECORDS; n++) {
            acknowledge(record(n), WRITES + n, Value.version(WRITES + n + 1L));
            apply(primary, record(n), Value.version(WRITES + n + 1L));
            apply(mirror, record(n), Value.version(WRITES + n + 1L));
        }
        primary.putAll(stale);

        assertThat(verdict()).contains(Finding.Kind.LOST).hasSize(RECORDS);
    }

    @Test
    void turnsRedWhenTwoPrimariesTakeWrites() {
        for (int n = 1; n <= WRITES; n++) {
            InstanceKey record = record(n % RECORDS);
            Value value = Value.version(n);
            acknowledge(record, n, value);
            apply(random.nextBoolean() ? primary : mirror, record, value);
        }

        assertThat(verdict()).hasSizeGreaterThanOrEqualTo(RECORDS);
    }

    @Test
    void turnsRedWhenAnAddressAppearsInTwoClusters() {
        run((n, value) -> true);
        primary.replaceAll(
                (key, seen) -> seen.isEmpty() ? seen : List.of(seen.get(0), seen.get(0)));

        assertThat(verdict()).contains(Finding.Kind.DUPLICATED);
    }

    @Test
    void turnsRedWhenAFieldIsMixed() {
        run((n, value) -> true);
        mirror.replaceAll(
                (key, seen) ->
                        seen.isEmpty() ? seen : List.of(new Value.Foreign("weight of another")));

        assertThat(verdict()).contains(Finding.Kind.PHANTOM);
    }
}
