package dev.catamaran.tool.history;

import static dev.catamaran.tool.history.Histories.RECORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The checker against the brute force, on small random histories of one record. */
class HistoryCheckerProperties {

    /** A history and how long an unanswered write stays dangerous. */
    record Case(List<Call> calls, long lateNs, boolean unknowns) {}

    @Property(tries = 2_000)
    void allowsExactlyTheEndsThatSomeOrderLeadsTo(@ForAll("cases") Case small) {
        Set<Value> possible = new BruteForce(small.calls(), small.lateNs()).possibleEnds();

        for (Value end : values()) {
            FinalView view =
                    new FinalView(
                            "m1",
                            Long.MAX_VALUE,
                            end.equals(Value.ABSENT) ? Map.of() : Map.of(RECORD, List.of(end)));
            List<Finding> findings =
                    new HistoryChecker(small.lateNs()).judge(writes(small), List.of(view));

            assertThat(findings.stream().noneMatch(finding -> finding.kind().fatal()))
                    .as("%s in %s", end, small)
                    .isEqualTo(possible.contains(end));
        }
    }

    @Property(tries = 2_000)
    void neverAccusesReadingsThatSomeOrderExplains(@ForAll("cases") Case small) {
        boolean explained = new BruteForce(small.calls(), small.lateNs()).readsExplained();
        List<Finding> findings = new HistoryChecker(small.lateNs()).judge(small.calls(), List.of());

        if (explained) {
            assertThat(findings).as("%s", small).isEmpty();
        } else if (!small.unknowns()) {
            assertThat(findings).as("%s", small).isNotEmpty();
        }
    }

    @Property(tries = 2_000)
    void aHistoryThatLeavesOutRepeatedReadingsIsJudgedAlike(@ForAll("cases") Case small) {
        Random random = new Random(small.hashCode());
        List<Call> all = new ArrayList<>();
        for (Call call : small.calls()) {
            all.add(call);
            if (call instanceof Call.Read read) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    all.add(again(read, random.nextInt(9)));
                }
            }
        }
        all.sort(Comparator.comparingLong(Call::endNs));
        History history = new History();
        all.forEach(history::add);

        HistoryChecker checker = new HistoryChecker(small.lateNs());
        assertThat(kinds(checker.judge(history.calls(), List.of())))
                .as("%s", all)
                .isEqualTo(kinds(checker.judge(all, List.of())));
        assertThat(history.calls()).containsAll(writes(small));
    }

    private static Call.Read again(Call.Read read, int laterNs) {
        return new Call.Read(
                read.record(),
                read.member(),
                read.incarnation(),
                read.startNs() + laterNs,
                read.endNs() + laterNs,
                read.seen());
    }

    private static Set<Finding.Kind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind).collect(Collectors.toSet());
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.longs().map(HistoryCheckerProperties::random);
    }

    private static List<Call> writes(Case small) {
        return small.calls().stream().filter(Call.Write.class::isInstance).toList();
    }

    private static List<Value> values() {
        return Stream.concat(
                        Stream.of(Value.ABSENT),
                        Stream.of(1L, 2L, 3L, 4L, 5L, 6L).map(Value::version))
                .toList();
    }

    private static Case random(long seed) {
        Random random = new Random(seed);
        boolean unknowns = random.nextInt(3) > 0;
        List<Call> calls = new ArrayList<>();
        long writeNs = 100;
        int count = random.nextInt(6);
        for (int i = 1; i <= count; i++) {
            long endNs = writeNs + 1 + random.nextInt(30);
            calls.add(
                    new Call.Write(
                            RECORD,
                            i,
                            1,
                            random.nextInt(3) == 0 ? Value.ABSENT : Value.version(i),
                            "m1",
                            writeNs,
                            endNs,
                            outcome(random, unknowns)));
            writeNs = endNs + 1 + random.nextInt(20);
        }
        long readNs = 90;
        for (int i = random.nextInt(4); i > 0; i--) {
            long startNs = readNs + random.nextInt(60);
            readNs = startNs + 1 + random.nextInt(10);
            Value value = values().get(random.nextInt(values().size()));
            List<Value> seen = value.equals(Value.ABSENT) ? List.of() : List.of(value);
            calls.add(new Call.Read(RECORD, "m1", 1, startNs, readNs, seen));
            readNs++;
        }
        long lateNs = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(80);
        return new Case(calls, lateNs, unknowns);
    }

    private static Outcome outcome(Random random, boolean unknowns) {
        return switch (random.nextInt(unknowns ? 3 : 2)) {
            case 0 -> Outcome.ACKNOWLEDGED;
            case 1 -> unknowns ? Outcome.REFUSED : Outcome.ACKNOWLEDGED;
            default -> Outcome.UNKNOWN;
        };
    }
}
