package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.HomeLocks;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an undo would be refused, and why; changes nothing. */
public final class UndoPreview {

    private UndoPreview() {}

    /**
     * What {@link Rebuilds#undo} would answer.
     *
     * @param id the rebuild to undo, where it is not the last one; empty for the last one
     * @throws IOException if something cannot be read
     */
    public static Rebuilds.Outcome of(List<Path> homes, Optional<String> id, GroupWork work)
            throws IOException {
        HomeRebuild.Tools tools =
                new HomeRebuild.Tools(work, NativeExchange.ofThisSystem(), Failpoints.NONE);
        List<Finding> findings = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Path home : homes) {
            HomeLayout layout = HomeLayout.of(home);
            Optional<HomeLocks.Attempt.InUse> used = HomeLocks.look(layout);
            used.ifPresent(by -> findings.add(HeldHomes.running(layout, by)));
            UndoChoice choice = UndoChoice.of(layout, id);
            if (choice instanceof UndoChoice.Refused refused) {
                findings.add(refused.finding());
            } else if (choice instanceof UndoChoice.Before before) {
                lines.add(before.text());
            } else if (choice instanceof UndoChoice.Now now) {
                HomeUndo undo = new HomeUndo(layout, now.past(), tools);
                findings.addAll(undo.check());
                lines.addAll(undo.plan());
            }
        }
        return Finding.anyRefuses(findings)
                ? new Rebuilds.Outcome.Refused(findings)
                : new Rebuilds.Outcome.Done(lines, findings);
    }
}
