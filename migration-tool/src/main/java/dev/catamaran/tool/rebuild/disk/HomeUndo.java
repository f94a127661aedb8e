package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.HomeLocks;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.GroupMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives a home the trees and files it had before, to the byte, as long as its groups have not moved
 * on (spec: jraft-disk 5.5). The locks of the home are held.
 */
final class HomeUndo {

    private final HomeLayout layout;
    private final RebuildHistory.Past past;
    private final JournalFolder folder;
    private final Journal journal;
    private final Trees trees;
    private final HomeRebuild.Tools tools;

    HomeUndo(HomeLayout layout, RebuildHistory.Past past, HomeRebuild.Tools tools) {
        this.layout = layout;
        this.past = past;
        this.journal = past.journal();
        this.tools = tools;
        this.folder = past.folder();
        this.trees = past.trees();
    }

    HomeLayout layout() {
        return layout;
    }

    RebuildHistory.Past past() {
        return past;
    }

    /** Marks of the groups with the rebuild undone. */
    List<GroupMark> before() {
        return journal.before();
    }

    /** Marks of the groups as the rebuild left them. */
    List<GroupMark> after() {
        return journal.after().stream().map(GroupMark::of).toList();
    }

    /** What {@link #run} would do, for people. */
    List<String> plan() throws IOException {
        return List.of(
                layout.home()
                        + ": would have again what it had before the rebuild of "
                        + journal.startedAt()
                        + " ("
                        + trees.liveOnes()
                        + " of "
                        + trees.units().size()
                        + " trees and up to "
                        + journal.files().size()
                        + " files go back)");
    }

    /**
     * Why it must not be done.
     *
     * @throws IOException if something cannot be read
     */
    List<Finding> check() throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (journal.state() == Journal.State.UNDOING) {
            return findings;
        }
        Map<String, GroupMark> after =
                after().stream().collect(Collectors.toMap(GroupMark::group, Function.identity()));
        for (Journal.Unit unit : trees.units()) {
            if (trees.isOurs(trees.live(unit))) {
                movedOn(unit, after, findings);
            }
        }
        boolean live = trees.liveOnes() == trees.units().size() && !trees.units().isEmpty();
        if (live && !past.otherKept()) {
            findings.add(
                    Finding.refuses(
                            "original-removed",
                            "the kept original was removed",
                            trees.stage().toString(),
                            "Rename back on the present data instead: " + past.inverse()));
        } else if (live) {
            List<String> differences = folder.readListing().differences(trees.list(false));
            if (!differences.isEmpty()) {
                findings.add(
                        Finding.refuses(
                                "original-changed",
                                "the kept original is not what it was: "
                                        + String.join(", ", differences),
                                trees.stage().toString(),
                                "Rename back on the present data instead: " + past.inverse()));
            }
        }
        return findings;
    }

    private void movedOn(Journal.Unit unit, Map<String, GroupMark> after, List<Finding> findings)
            throws IOException {
        Path live = trees.live(unit);
        List<String> groups =
                trees.whole() ? HomeLayout.groupsIn(live) : List.of(live.getFileName().toString());
        for (String group : groups) {
            GroupMark was = after.get(group);
            Path at = layout.raft().resolve(group);
            if (was == null) {
                findings.add(movedOn(at, "the group is new"));
                continue;
            }
            GroupMark now = GroupMark.of(tools.work().read(at));
            if (!now.equals(was)) {
                findings.add(
                        movedOn(
                                at,
                                "it was left at " + was.text() + " and is now at " + now.text()));
            }
        }
    }

    private Finding movedOn(Path at, String how) {
        return Finding.refuses(
                "moved-on",
                "the group has moved on since the rebuild: "
                        + how
                        + ". The old data would forget what was written or promised since",
                at.toString(),
                "Go back with the present data instead: " + past.inverse());
    }

    /**
     * Goes back. May be repeated.
     *
     * @return files that were left because somebody changed them
     * @throws IOException if the disk fails; repeating goes on where it stopped
     */
    List<Finding> run(HomeLocks locks) throws IOException {
        reached(Point.UNDO_CHECKED);
        folder.write(journal.in(Journal.State.UNDOING));
        reached(Point.JOURNAL_UNDOING);
        List<Finding> left = new FileSwap(layout, folder, tools.failpoints()).back(journal);
        if (journal.carried().contains(Journal.LEGACY)) {
            new LegacyCarry(layout, folder.naming()).takeBack();
            reached(Point.FILE_RESTORED);
        }
        if (journal.carried().contains(Journal.OWN)) {
            new OwnCarry(layout, folder.own()).takeBack();
            reached(Point.FILE_RESTORED);
        }
        Swap swap = new Swap(tools.exchange(), tools.failpoints());
        for (Journal.Unit unit : trees.units()) {
            if (trees.isOurs(trees.live(unit))) {
                HomeRebuild.lock(locks, trees, unit);
                swap.exchange(trees.live(unit), trees.other(unit), Point.EXCHANGED_BACK);
                reached(Point.BACK_SYNCED);
            }
        }
        folder.write(journal.in(Journal.State.UNDONE));
        reached(Point.JOURNAL_UNDONE);
        return left;
    }

    private void reached(Point point) throws IOException {
        tools.failpoints().reached(point);
    }
}
