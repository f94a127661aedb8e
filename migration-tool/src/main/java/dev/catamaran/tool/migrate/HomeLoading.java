package dev.catamaran.tool.migrate;

import dev.catamaran.tool.home.HomeFinding;
import dev.catamaran.tool.home.HomeInspection;
import dev.catamaran.tool.home.HomeInspector;
import dev.catamaran.tool.home.HomeRecords;
import dev.catamaran.tool.home.StackRecords;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads homes that have raft groups: of several members of one cluster, the one that is furthest in
 * every group holds what the others hold.
 */
final class HomeLoading {

    private static final Comparator<StoreFacts> ADVANCE =
            Comparator.comparingLong(StoreFacts::lastTerm).thenComparingLong(StoreFacts::lastIndex);

    private HomeLoading() {}

    /**
     * The records of the homes, or why they cannot be used.
     *
     * @throws IOException if RocksDB cannot be loaded
     */
    static Loaded load(List<Path> homes) throws IOException {
        List<HomeInspection> all = new ArrayList<>();
        try (HomeInspector inspector = HomeInspector.open(Optional.empty())) {
            for (Path home : homes) {
                HomeInspector.Answer answer = inspector.inspect(home);
                if (answer instanceof HomeInspector.Answer.NoHome none) {
                    return new Loaded.Refused(none.finding().text());
                }
                HomeInspection inspection = ((HomeInspector.Answer.Inspected) answer).inspection();
                if (!inspection.records().isComplete()) {
                    return new Loaded.Refused(
                            "the records of " + home + " are not complete: " + reasons(inspection));
                }
                all.add(inspection);
            }
        }
        return furthest(all)
                .map(HomeLoading::records)
                .orElseGet(
                        () ->
                                new Loaded.Refused(
                                        "none of the homes is furthest in every raft group, so none"
                                                + " holds all. Start the cluster once, or name"
                                                + " the one home to read (catamaran inspect)."));
    }

    private static String reasons(HomeInspection inspection) {
        return inspection.records().findings().stream()
                .filter(HomeFinding::blocks)
                .map(HomeFinding::text)
                .collect(Collectors.joining(" "));
    }

    private static Optional<HomeInspection> furthest(List<HomeInspection> all) {
        return all.stream()
                .filter(one -> all.stream().allMatch(other -> reaches(one, other)))
                .findFirst();
    }

    private static boolean reaches(HomeInspection one, HomeInspection other) {
        Map<String, StoreFacts> stores =
                one.stores().stream()
                        .collect(Collectors.toMap(StoreFacts::group, Function.identity()));
        return other.stores().stream()
                .filter(store -> !store.group().equals("nacos_config"))
                .allMatch(
                        store -> {
                            StoreFacts ours = stores.get(store.group());
                            return ours != null && ADVANCE.compare(ours, store) >= 0;
                        });
    }

    /** A 2.2 or later server on a home of 1.4 answers nothing; then the old records are meant. */
    private static Loaded records(HomeInspection inspection) {
        HomeRecords records = inspection.records();
        boolean answersNothing =
                records.answered()
                        .map(stack -> stack.records().table().recordCount() == 0)
                        .orElse(true);
        Optional<StackRecords> wanted =
                answersNothing && records.legacy().isPresent()
                        ? records.legacy()
                        : records.answered();
        return wanted.<Loaded>map(
                        stack ->
                                new Loaded.Records(
                                        stack.records(), records.version().text(), false))
                .orElseGet(() -> new Loaded.Refused(records.home() + " holds no records."));
    }
}
