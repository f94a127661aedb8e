package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All rebuilds of one home, the newest first. A plan may be carried out again after another one led
 * back from it, so an attempt has an id of its own: that of its plan, with a number from the second
 * on.
 */
final class RebuildHistory {

    private static final String NUMBER = "-\\d+$";

    private final HomeLayout layout;
    private final List<Past> all;

    private RebuildHistory(HomeLayout layout, List<Past> all) {
        this.layout = layout;
        this.all = List.copyOf(all);
    }

    /**
     * One rebuild.
     *
     * @param folder where its journal and what it keeps lie
     * @param journal how far it came
     * @param trees the trees it exchanges
     * @param live how many of these are live now
     */
    record Past(JournalFolder folder, Journal journal, Trees trees, int live) {

        boolean undone() {
            return journal.state() == Journal.State.UNDONE;
        }

        /** Whether an exchange was begun and not ended. */
        boolean begun() {
            return journal.state() == Journal.State.SWAPPING
                    || journal.state() == Journal.State.UNDOING
                    || trees.nothingIsLive();
        }

        /** Whether it is done and all of it is live. */
        boolean stands() {
            return journal.state() == Journal.State.DONE && live == trees.units().size();
        }

        /** Whether what it took out of the way is still there. */
        boolean otherKept() {
            return !trees.units().isEmpty()
                    && Files.exists(trees.stage(), LinkOption.NOFOLLOW_LINKS);
        }

        /** The way back on the data that is live now. */
        String inverse() {
            return "catamaran rebuild plan " + journal.back() + " HOME… --out PLAN";
        }
    }

    /**
     * Reads it.
     *
     * @throws IOException if a journal cannot be read
     */
    static RebuildHistory of(HomeLayout layout) throws IOException {
        List<Past> all = new ArrayList<>();
        for (JournalFolder folder : JournalFolder.all(layout)) {
            Journal journal = folder.read().orElseThrow();
            Trees trees = new Trees(layout, journal.id(), journal.units());
            all.add(new Past(folder, journal, trees, trees.liveOnes()));
        }
        return new RebuildHistory(layout, all);
    }

    /** The plan that an attempt carries out. */
    static String plan(String attempt) {
        return attempt.replaceFirst(NUMBER, "");
    }

    List<Past> all() {
        return all;
    }

    Optional<Past> newest() {
        return all.stream().findFirst();
    }

    /** The newest that was not undone. */
    Optional<Past> standing() {
        return all.stream().filter(past -> !past.undone()).findFirst();
    }

    /** One that a kill interrupted in its exchange. */
    Optional<Past> begun() {
        return all.stream().filter(Past::begun).findFirst();
    }

    /** The newest rebuild, if it carries out this plan: then the plan goes on, or is done. */
    Optional<Past> ofPlan(String plan) {
        return newest().filter(past -> plan(past.journal().id()).equals(plan));
    }

    /**
     * The rebuild that the live data names.
     *
     * @throws IOException if the marker cannot be read
     */
    Optional<String> marker() throws IOException {
        Optional<String> whole = Trees.markerOf(layout.raft());
        if (whole.isPresent()) {
            return whole;
        }
        for (String group : layout.groups()) {
            Optional<String> one = Trees.markerOf(layout.raft().resolve(group));
            if (one.isPresent()) {
                return one;
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the live data is what this plan made, though its journal was removed since.
     *
     * @throws IOException if the marker cannot be read
     */
    boolean madeByForgotten(String plan) throws IOException {
        Optional<String> marker = marker();
        return marker.isPresent()
                && plan(marker.get()).equals(plan)
                && all.stream().noneMatch(past -> past.journal().id().equals(marker.get()));
    }

    /**
     * The id under which this plan is carried out now.
     *
     * @throws IOException if a marker cannot be read
     */
    String attempt(String plan) throws IOException {
        Optional<Past> going = ofPlan(plan);
        if (going.isPresent()) {
            return going.get().journal().id();
        }
        Set<String> used = new HashSet<>();
        marker().ifPresent(used::add);
        for (Past past : all) {
            used.add(past.journal().id());
            if (past.otherKept()) {
                Trees.markerOf(past.trees().stage()).ifPresent(used::add);
            }
        }
        String id = plan;
        for (int number = 2; used.contains(id) || Files.exists(folder(id)); number++) {
            id = plan + "-" + number;
        }
        return id;
    }

    private Path folder(String id) {
        return requireNonNull(JournalFolder.of(layout, id).folder());
    }
}
