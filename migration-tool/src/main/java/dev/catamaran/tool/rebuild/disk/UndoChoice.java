package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.util.Optional;

/**
 * Which rebuild of a home an undo is about. Without an id it is the newest, and once that is undone
 * nothing more: a repeated command must not go back further than it was told.
 */
sealed interface UndoChoice {

    /** This one is to be undone. */
    record Now(RebuildHistory.Past past) implements UndoChoice {}

    /** It was undone already. */
    record Before(String text) implements UndoChoice {}

    /** There is none, or not this one. */
    record Refused(Finding finding) implements UndoChoice {}

    /**
     * Chooses.
     *
     * @param id the one that was named, if any
     * @throws IOException if a journal cannot be read
     */
    static UndoChoice of(HomeLayout layout, Optional<String> id) throws IOException {
        RebuildHistory history = RebuildHistory.of(layout);
        Optional<RebuildHistory.Past> standing = history.begun().or(history::standing);
        if (id.isPresent()) {
            return named(layout, history, standing, id.get());
        }
        Optional<RebuildHistory.Past> newest = history.newest();
        if (newest.isEmpty()) {
            HomeStatus status = HomeStatus.of(layout);
            return refused(layout, "nothing-to-undo", status.what(), status.todo());
        }
        if (newest.get().undone() && newest.get().live() == 0) {
            return new Before(
                    layout.home()
                            + ": was undone before ("
                            + newest.get().journal().id()
                            + ")"
                            + standing.map(past -> earlier(past, layout)).orElse(""));
        }
        return new Now(standing.orElse(newest.get()));
    }

    private static String earlier(RebuildHistory.Past past, HomeLayout layout) {
        return ". The rebuild before it is live: catamaran rebuild undo --id "
                + past.journal().id()
                + " "
                + layout.home();
    }

    private static UndoChoice named(
            HomeLayout layout,
            RebuildHistory history,
            Optional<RebuildHistory.Past> standing,
            String id) {
        Optional<RebuildHistory.Past> named =
                history.all().stream().filter(past -> past.journal().id().equals(id)).findFirst();
        if (named.isEmpty()) {
            return refused(
                    layout,
                    "no-such-rebuild",
                    "this home has no journal of a rebuild " + id,
                    "See which there are: catamaran rebuild status " + layout.home());
        }
        if (named.get().undone() && named.get().live() == 0) {
            return new Before(layout.home() + ": was undone before (" + id + ")");
        }
        if (standing.isPresent() && !standing.get().journal().id().equals(id)) {
            return refused(
                    layout,
                    "not-the-last",
                    "a later rebuild stands on it: " + standing.get().journal().id(),
                    "Undo that one first.");
        }
        return new Now(named.get());
    }

    private static Refused refused(HomeLayout layout, String code, String what, String todo) {
        return new Refused(Finding.refuses(code, what, layout.home().toString(), todo));
    }
}
