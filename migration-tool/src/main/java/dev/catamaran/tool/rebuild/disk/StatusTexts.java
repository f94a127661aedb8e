package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What is to be said of a rebuild, by the state of its journal and what is live. */
final class StatusTexts {

    private final HomeLayout layout;
    private final List<HomeStatus.Rebuild> history;
    private final String again;
    private final String undo;

    StatusTexts(HomeLayout layout, RebuildHistory history) {
        this.layout = layout;
        this.history =
                history.all().stream()
                        .map(
                                past ->
                                        new HomeStatus.Rebuild(
                                                past.journal().id(),
                                                past.journal().startedAt(),
                                                past.journal().because(),
                                                past.journal().state().name(),
                                                past.otherKept()))
                        .toList();
        this.again = "catamaran rebuild apply PLAN " + layout.home();
        this.undo = "catamaran rebuild undo " + layout.home();
    }

    HomeStatus of(RebuildHistory.Past past) throws IOException {
        if (past.trees().nothingIsLive()) {
            return open(
                    past,
                    HomeStatus.Live.NONE,
                    "killed between two renames: no data has the name a server opens",
                    "Start nothing. Go on with: " + again + " — or go back with: " + undo);
        }
        HomeStatus.Live partly = past.live() == 0 ? HomeStatus.Live.OLD : HomeStatus.Live.MIXED;
        String count = past.live() + " of " + past.trees().units().size() + " trees are ";
        return switch (past.journal().state()) {
            case STAGING, STAGED ->
                    open(
                            past,
                            HomeStatus.Live.OLD,
                            "a rebuild was prepared and not carried out; the old data is live",
                            "Go on with: " + again + " — or give it up with: " + undo);
            case SWAPPING ->
                    open(
                            past,
                            partly,
                            "interrupted while exchanging: "
                                    + count
                                    + "new, files beside them may be old",
                            "Start nothing. Go on with: " + again + " — or go back with: " + undo);
            case UNDOING ->
                    open(
                            past,
                            partly,
                            "interrupted while undoing: " + count + "still new",
                            "Start nothing. Go on with: " + undo);
            case DONE -> past.stands() ? stands(past) : replaced(past);
            case UNDONE ->
                    open(
                            past,
                            HomeStatus.Live.MIXED,
                            "the journal says undone, but rebuilt data is live",
                            "Start nothing. Find out who copied this home.");
        };
    }

    private HomeStatus stands(RebuildHistory.Past past) throws IOException {
        Journal journal = past.journal();
        List<FileByHand> byHand = journal.stillByHand(layout);
        if (!byHand.isEmpty()) {
            return settled(
                    journal.id(),
                    HomeStatus.Live.NEW,
                    "rebuilt at "
                            + journal.startedAt()
                            + " ("
                            + journal.because()
                            + "), but for what could not be changed: "
                            + byHand.stream()
                                    .map(it -> it.path() + ", " + it.what())
                                    .collect(Collectors.joining("; ")),
                    "Change that by hand, where it comes from, before you start the server.");
        }
        return settled(
                journal.id(),
                HomeStatus.Live.NEW,
                "rebuilt at " + journal.startedAt() + " (" + journal.because() + ")",
                past.otherKept() || past.trees().units().isEmpty()
                        ? "Nothing to do. Once the cluster serves well, the old data may be"
                                + " removed: catamaran rebuild forget "
                                + layout.home()
                        : "Nothing to do. The old data was removed, so it cannot be undone; the"
                                + " way back is: "
                                + past.inverse());
    }

    private HomeStatus replaced(RebuildHistory.Past past) {
        return open(
                past,
                HomeStatus.Live.MIXED,
                "the journal says rebuilt, but other data is live: somebody replaced it",
                "Find out who restored or copied this home. If the live data is the right one,"
                        + " remove "
                        + past.folder().folder());
    }

    HomeStatus settled(String id, HomeStatus.Live live, String what, String todo) {
        return new HomeStatus(layout.home().toString(), id, live, what, todo, true, false, history);
    }

    private HomeStatus open(
            RebuildHistory.Past past, HomeStatus.Live live, String what, String todo) {
        boolean prepared =
                past.journal().state() == Journal.State.STAGING
                        || past.journal().state() == Journal.State.STAGED;
        return new HomeStatus(
                layout.home().toString(),
                past.journal().id(),
                live,
                what,
                todo,
                false,
                !prepared,
                history);
    }
}
