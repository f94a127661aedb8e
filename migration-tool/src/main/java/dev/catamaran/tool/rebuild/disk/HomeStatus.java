package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which version of a home is live, and what to do about it.
 *
 * @param home the home
 * @param id of its last rebuild; empty if it was never rebuilt
 * @param live which version a server would open now
 * @param what how far the last rebuild is
 * @param todo what to do
 * @param settled whether nothing is left to do
 * @param begun whether an exchange was begun and not ended: another rebuild must not start
 */
public record HomeStatus(
        String home,
        String id,
        Live live,
        String what,
        String todo,
        boolean settled,
        boolean begun) {

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

    public HomeStatus {
        requireNonNull(home, "home is null");
        requireNonNull(id, "id is null");
        requireNonNull(live, "live is null");
        requireNonNull(what, "what is null");
        requireNonNull(todo, "todo is null");
    }

    /**
     * Reads the status, changing nothing.
     *
     * @throws IOException if the journal cannot be read
     */
    public static HomeStatus of(HomeLayout layout) throws IOException {
        Optional<JournalFolder> newest = JournalFolder.all(layout).stream().findFirst();
        if (newest.isEmpty()) {
            return new HomeStatus(
                    layout.home().toString(),
                    "",
                    Live.OLD,
                    "this home was never rebuilt",
                    "Nothing to do.",
                    true,
                    false);
        }
        Journal journal = newest.get().read().orElseThrow();
        return of(layout, newest.get().folder(), journal);
    }

    private static HomeStatus of(HomeLayout layout, Path folder, Journal journal)
            throws IOException {
        Trees trees = new Trees(layout, journal.id(), journal.units());
        int ours = trees.liveOnes();
        int all = trees.units().size();
        String again = "catamaran rebuild apply PLAN " + layout.home();
        String undo = "catamaran rebuild undo " + layout.home();
        if (trees.nothingIsLive()) {
            return status(
                    layout,
                    journal,
                    Live.NONE,
                    "killed between two renames: no data has the name a server opens",
                    "Start nothing. Go on with: " + again + " — or go back with: " + undo);
        }
        return switch (journal.state()) {
            case STAGING, STAGED ->
                    status(
                            layout,
                            journal,
                            Live.OLD,
                            "a rebuild was prepared and not carried out; the old data is live",
                            "Go on with: " + again + " — or give it up with: " + undo);
            case SWAPPING ->
                    status(
                            layout,
                            journal,
                            ours == 0 ? Live.OLD : Live.MIXED,
                            "interrupted while exchanging: "
                                    + ours
                                    + " of "
                                    + all
                                    + " trees are new, files beside them may be old",
                            "Start nothing. Go on with: " + again + " — or go back with: " + undo);
            case UNDOING ->
                    status(
                            layout,
                            journal,
                            ours == 0 ? Live.OLD : Live.MIXED,
                            "interrupted while undoing: "
                                    + ours
                                    + " of "
                                    + all
                                    + " trees are still new",
                            "Start nothing. Go on with: " + undo);
            case DONE -> done(layout, folder, journal, ours == all);
            case UNDONE ->
                    new HomeStatus(
                            layout.home().toString(),
                            journal.id(),
                            ours == 0 ? Live.OLD : Live.MIXED,
                            "the rebuild was undone; the old data is live",
                            "Nothing to do. The rebuilt data may be removed: " + folder,
                            ours == 0,
                            ours > 0);
        };
    }

    private static HomeStatus done(
            HomeLayout layout, Path folder, Journal journal, boolean complete) {
        return complete
                ? new HomeStatus(
                        layout.home().toString(),
                        journal.id(),
                        Live.NEW,
                        "rebuilt at " + journal.startedAt() + " (" + journal.because() + ")",
                        "Nothing to do. Once the cluster serves well, the old data may be"
                                + " removed: "
                                + folder,
                        true,
                        false)
                : status(
                        layout,
                        journal,
                        Live.MIXED,
                        "the journal says rebuilt, but other data is live: somebody replaced it",
                        "Find out who restored or copied this home. If the live data is the right"
                                + " one, remove "
                                + folder);
    }

    private static HomeStatus status(
            HomeLayout layout, Journal journal, Live live, String what, String todo) {
        boolean prepared =
                journal.state() == Journal.State.STAGING || journal.state() == Journal.State.STAGED;
        return new HomeStatus(
                layout.home().toString(), journal.id(), live, what, todo, false, !prepared);
    }
}
