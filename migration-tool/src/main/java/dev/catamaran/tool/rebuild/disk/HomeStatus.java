package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which version of a home is live, and what to do about it.
 *
 * @param home the home
 * @param id of the rebuild this is about; empty if the home was never rebuilt
 * @param live which version a server would open now
 * @param what how far that rebuild is
 * @param todo what to do
 * @param settled whether nothing is left to do
 * @param begun whether an exchange was begun and not ended: another rebuild must not start
 * @param history all rebuilds of this home that have a journal, the newest first
 */
public record HomeStatus(
        String home,
        String id,
        Live live,
        String what,
        String todo,
        boolean settled,
        boolean begun,
        List<Rebuild> history) {

    /** Version of a home. */
    public enum Live {
        /** The data of before, to the byte. */
        OLD,
        /** The rebuilt data. */
        NEW,
        /** Some groups or files are old, some new: nobody may be started. */
        MIXED,
        /** No data has the name a server opens: nobody may be started. */
        NONE
    }

    /**
     * One rebuild in the life of a home.
     *
     * @param id for {@code undo --id}
     * @param startedAt ISO 8601
     * @param asked what it was to do, as options of the command line
     * @param state word of its journal
     * @param otherKept whether the data that is not live is still there
     */
    public record Rebuild(
            String id, String startedAt, String asked, String state, boolean otherKept) {

        /** One line. */
        public String text() {
            return id + ", " + startedAt + ", " + asked + ": " + state;
        }
    }

    public HomeStatus {
        requireNonNull(home, "home is null");
        requireNonNull(id, "id is null");
        requireNonNull(live, "live is null");
        requireNonNull(what, "what is null");
        requireNonNull(todo, "todo is null");
        history = List.copyOf(history);
    }

    /**
     * Reads the status, changing nothing.
     *
     * @throws IOException if a journal cannot be read
     */
    public static HomeStatus of(HomeLayout layout) throws IOException {
        RebuildHistory history = RebuildHistory.of(layout);
        Optional<RebuildHistory.Past> about =
                history.begun().or(history::standing).or(history::newest);
        if (about.isEmpty() || (about.get().undone() && about.get().live() == 0)) {
            return nothingStands(layout, history);
        }
        return new StatusTexts(layout, history).of(about.get());
    }

    /**
     * What is wrong between homes that one plan rebuilt: a cluster that is half old and half new
     * must not be started.
     */
    public static List<Finding> halfDone(List<HomeStatus> homes) {
        List<Finding> findings = new ArrayList<>();
        SortedMap<String, List<HomeStatus>> byPlan = new TreeMap<>();
        for (HomeStatus home : homes) {
            byPlan.computeIfAbsent(RebuildHistory.plan(home.id()), id -> new ArrayList<>())
                    .add(home);
        }
        byPlan.remove("");
        byPlan.forEach(
                (plan, members) -> {
                    if (members.stream().map(HomeStatus::live).distinct().count() > 1) {
                        String paths =
                                String.join(" ", members.stream().map(HomeStatus::home).toList());
                        findings.add(
                                Finding.refuses(
                                        "cluster-half-rebuilt",
                                        "rebuild " + plan + " is live in some of its homes only",
                                        paths,
                                        "Start no server of this cluster. Go on with: catamaran"
                                                + " rebuild apply PLAN — or go back with:"
                                                + " catamaran rebuild undo "
                                                + paths));
                    }
                });
        return findings;
    }

    private static HomeStatus nothingStands(HomeLayout layout, RebuildHistory history)
            throws IOException {
        StatusTexts texts = new StatusTexts(layout, history);
        Optional<String> marker = history.marker();
        if (marker.isPresent()) {
            return texts.settled(
                    marker.get(),
                    Live.NEW,
                    "rebuilt by " + marker.get() + ", whose journal was removed since",
                    "Nothing to do. It cannot be undone any more: to go back, plan a rebuild from"
                            + " the present addresses to the former ones.");
        }
        Optional<RebuildHistory.Past> undone = history.newest();
        return undone.isEmpty()
                ? texts.settled("", Live.OLD, "this home was never rebuilt", "Nothing to do.")
                : texts.settled(
                        undone.get().journal().id(),
                        Live.OLD,
                        "the rebuild was undone; the old data is live",
                        undone.get().otherKept()
                                ? "Nothing to do. The rebuilt data may be removed: catamaran"
                                        + " rebuild forget "
                                        + layout.home()
                                : "Nothing to do.");
    }
}
