package dev.catamaran.tool.rebuild;

import static dev.catamaran.tool.rebuild.Logs.entries;
import static dev.catamaran.tool.rebuild.Logs.history;
import static dev.catamaran.tool.rebuild.Logs.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.jraftdisk.Configuration;
import dev.catamaran.tool.jraftdisk.LogFacts;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.Logs.Entry;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whether two logs can be of one cluster, by their facts alone. */
class HistoryChecksTest {

    private static final Configuration THREE = Logs.members("a", "b", "c");

    private static StoreFacts store(long first, List<Entry> entries) {
        return Logs.store(Logs.log(first, entries, THREE));
    }

    private static StoreFacts store(List<Entry> entries) {
        return store(1, entries);
    }

    private static StoreFacts committed(List<Entry> entries, long upTo, long term) {
        return Logs.store(
                Logs.GROUP, Logs.log(1, entries, THREE), List.of(Logs.snapshot(upTo, term, THREE)));
    }

    private static List<Entry> with(List<Entry> entries, int at, Entry other) {
        List<Entry> changed = new ArrayList<>(entries);
        changed.set(at, other);
        return changed;
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    @Test
    void equalLogsAndLaggingOnesAreOneHistory() {
        List<Entry> all = joined(entries(1, 700), entries(3, 2_000));

        assertThat(history(store(all), store(all), store(all.subList(0, 900)))).isEmpty();
        assertThat(history(store(all), store(1_500, all.subList(1_499, 2_700)))).isEmpty();
        assertThat(history(store(all), store(4_000, List.of()))).isEmpty();
    }

    @Test
    void uncommittedTailsMayDiffer() {
        List<Entry> shared = entries(1, 10);

        List<Finding> findings =
                history(store(joined(shared, entries(2, 3))), store(joined(shared, entries(3, 2))));

        assertThat(codes(findings)).containsExactly("tails-differ");
        assertThat(Finding.anyRefuses(findings)).isFalse();
        assertThat(findings.get(0).what()).contains("after index 10");
    }

    @Test
    void tailsThatPartBelowASnapshotAreTwoHistories() {
        List<Entry> shared = entries(1, 10);

        List<Finding> findings =
                history(
                        committed(joined(shared, entries(2, 3)), 12, 2),
                        store(joined(shared, entries(3, 5))));

        assertThat(codes(findings)).contains("split-history");
        assertThat(Finding.anyRefuses(findings)).isTrue();
    }

    @Test
    void logsWithoutOneCommonTermAreOfTwoClusters() {
        assertThat(codes(history(store(entries(1, 10)), store(entries(2, 12)))))
                .containsExactly("two-clusters");
    }

    @Test
    void termsThatPartAndMeetAgainAreRefused() {
        List<Entry> one = joined(joined(entries(1, 5), entries(2, 5)), entries(4, 5));
        List<Entry> other = joined(joined(entries(1, 5), entries(3, 5)), entries(4, 5));

        assertThat(codes(history(store(one), store(other)))).contains("split-history");
    }

    @Test
    void aSnapshotOfAnotherTermThanTheLogIsRefused() {
        assertThat(codes(history(committed(entries(2, 10), 8, 1), store(entries(2, 10)))))
                .contains("snapshot-disagrees");
    }

    @Test
    void aHomeThatWasRenamedBeforeIsToldFromADamagedOne() {
        List<Entry> old = with(entries(1, 2_000), 4, new Entry(1, "@old"));

        assertThat(codes(history(store(old), store(with(old, 4, new Entry(1, "@new"))))))
                .containsExactly("half-renamed");
        assertThat(codes(history(store(old), store(with(old, 5, new Entry(1, "x"))))))
                .containsExactly("contents-differ");
    }

    @Test
    void aDifferenceInsideTheLastBlockIsFoundWhenTheLogsEndElsewhere() {
        List<Entry> all = entries(1, 100);

        List<Finding> findings =
                history(store(all), store(with(all, 30, new Entry(1, "x")).subList(0, 60)));

        assertThat(codes(findings)).containsExactly("contents-differ");
        assertThat(findings.get(0).what()).contains("entries 31..31");
    }

    /** Every state that Raft can leave passes; terms of one tail are even, of the other odd. */
    @Property(tries = 1_000)
    void noStateOfOneClusterIsRefused(
            @ForAll @IntRange(min = 1, max = 1_100) int first,
            @ForAll @IntRange(min = 0, max = 40) int shared,
            @ForAll @IntRange(max = 5) int mine,
            @ForAll @IntRange(max = 5) int theirs,
            @ForAll @IntRange(max = 40) int compacted) {
        List<Entry> common = joined(entries(1, shared / 2 + 1), entries(2, shared));
        List<Entry> one = joined(common, entries(4, mine));
        List<Entry> other = joined(common, entries(5, theirs));
        int cut = Math.min(compacted, common.size() - 1);

        List<Finding> findings =
                history(store(first, one), store(first + cut, other.subList(cut, other.size())));

        assertThat(Finding.anyRefuses(findings)).as("%s", findings).isFalse();
    }

    /** One payload that differs where the terms agree is always found: no checksum is needed. */
    @Property(tries = 1_000)
    void everyChangedPayloadIsRefused(
            @ForAll @IntRange(min = 1, max = 1_100) int first,
            @ForAll @IntRange(min = 1, max = 40) int shared,
            @ForAll @IntRange(max = 5) int mine,
            @ForAll @IntRange(max = 5) int theirs,
            @ForAll @IntRange(max = 1_000) int place) {
        List<Entry> common = joined(entries(1, shared / 2 + 1), entries(2, shared));
        int at = place % common.size();
        List<Entry> changed = with(common, at, new Entry(common.get(at).term(), "changed"));

        List<Finding> findings =
                history(
                        store(first, joined(common, entries(4, mine))),
                        store(first, joined(changed, entries(5, theirs))));

        assertThat(codes(findings)).contains("contents-differ");
    }

    @Test
    void aDifferenceFarBelowTheEndsIsFoundByItsBlock() {
        List<Entry> all = entries(1, 5 * LogFacts.BLOCK);

        List<Finding> findings =
                history(store(all), store(with(all, 2_000, new Entry(1, "x")).subList(0, 4_900)));

        assertThat(codes(findings)).containsExactly("contents-differ");
        assertThat(findings.get(0).what()).contains("entries 1024..2047");
    }
}
