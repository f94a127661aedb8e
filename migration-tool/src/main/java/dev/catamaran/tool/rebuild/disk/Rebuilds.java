package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.HomeLocks;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries plans out over the homes of this machine: locks them all, checks them all, stages them
 * all, and only then exchanges. What is refused has changed nothing.
 */
public final class Rebuilds {

    private final HomeRebuild.Tools tools;
    private final Consumer<String> progress;

    /**
     * The real thing.
     *
     * @param work reads and rewrites stores
     * @param progress is told what is being done, a line each
     */
    public Rebuilds(GroupWork work, Consumer<String> progress) {
        this(new HomeRebuild.Tools(work, NativeExchange.ofThisSystem(), Failpoints.NONE), progress);
    }

    Rebuilds(HomeRebuild.Tools tools, Consumer<String> progress) {
        this.tools = requireNonNull(tools, "tools is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** How the work ended. */
    public sealed interface Outcome {

        /** What was found on the way. */
        List<Finding> findings();

        /** It is done; the findings are for the operator to act on. */
        record Done(List<String> lines, List<Finding> findings) implements Outcome {
            public Done {
                lines = List.copyOf(lines);
                findings = List.copyOf(findings);
            }
        }

        /** Nothing was changed. */
        record Refused(List<Finding> findings) implements Outcome {
            public Refused {
                findings = List.copyOf(findings);
            }
        }
    }

    /** Locks of several homes, released together. */
    private static final class Held implements Closeable {
        private final Map<Path, HomeLocks> byHome = new LinkedHashMap<>();
        private final List<Finding> refused = new ArrayList<>();

        @SuppressWarnings("resource") // closed with this
        void take(HomeLayout layout) throws IOException {
            if (byHome.containsKey(layout.home())) {
                return;
            }
            HomeLocks.Attempt attempt = HomeLocks.take(layout);
            if (attempt instanceof HomeLocks.Attempt.InUse used) {
                refused.add(running(layout, used));
            } else {
                HomeLocks locks = ((HomeLocks.Attempt.Held) attempt).locks();
                byHome.put(layout.home(), locks);
                settle(layout, locks);
            }
        }

        /** Three renames that a crash interrupted are ended before anything is read. */
        private static void settle(HomeLayout layout, HomeLocks locks) throws IOException {
            for (JournalFolder folder : JournalFolder.all(layout)) {
                Journal journal = folder.read().orElseThrow();
                Trees trees = new Trees(layout, journal.id(), journal.units());
                boolean nothingLive = trees.nothingIsLive();
                trees.settle();
                if (nothingLive) {
                    locks.add(layout.raft(), layout.groups());
                }
            }
        }

        HomeLocks of(HomeLayout layout) {
            return requireNonNull(byHome.get(layout.home()), "home is not locked");
        }

        @Override
        public void close() throws IOException {
            for (HomeLocks locks : byHome.values()) {
                locks.close();
            }
        }
    }

    static Finding running(HomeLayout layout, HomeLocks.Attempt.InUse used) {
        return Finding.refuses(
                "node-running",
                "a process"
                        + (used.pid().isEmpty() ? "" : " (pid " + used.pid() + ")")
                        + " uses this home",
                layout.home() + ", lock " + used.file(),
                "Stop the server of this home, and keep it stopped until all homes are rebuilt.");
    }

    /**
     * Rebuilds homes. A home that was rebuilt by this plan before is left alone; one where it was
     * interrupted is brought to its end.
     *
     * @param sources where the homes of the plan's sources lie on this machine, where elsewhere
     * @throws IOException if a disk fails; repeating goes on where it stopped
     */
    public Outcome apply(RebuildPlan plan, List<Placed> placed, Map<String, Path> sources)
            throws IOException {
        Map<String, HomeLayout> layouts = new HashMap<>();
        for (RebuildPlan.Target target : plan.targets()) {
            for (dev.catamaran.tool.rebuild.GroupTask task : target.tasks()) {
                Path at = sources.getOrDefault(task.source(), Path.of(task.source()));
                layouts.put(task.source(), HomeLayout.of(at));
            }
        }
        if (!plan.legacySource().isEmpty()) {
            Path at = sources.getOrDefault(plan.legacySource(), Path.of(plan.legacySource()));
            layouts.put(plan.legacySource(), HomeLayout.of(at));
        }
        try (Held held = new Held()) {
            for (Placed one : placed) {
                held.take(HomeLayout.of(one.home()));
            }
            if (!plan.members().isEmpty()) {
                for (HomeLayout source : layouts.values()) {
                    held.take(source);
                }
            }
            if (!held.refused.isEmpty()) {
                return new Outcome.Refused(held.refused);
            }
            tools.failpoints().reached(Point.LOCKED);
            List<HomeRebuild> homes = new ArrayList<>();
            for (Placed one : placed) {
                HomeLayout layout = HomeLayout.of(one.home());
                Map<String, HomeLayout> from = new HashMap<>(layouts);
                if (plan.members().isEmpty()) {
                    from.put(one.target().home(), layout);
                }
                homes.add(new HomeRebuild(layout, plan, one.target(), from, tools));
            }
            return applyLocked(homes, held);
        }
    }

    private Outcome applyLocked(List<HomeRebuild> homes, Held held) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<HomeRebuild> toStage = new ArrayList<>();
        List<HomeRebuild> toSwap = new ArrayList<>();
        for (HomeRebuild home : homes) {
            Optional<Journal> journal = home.journal();
            home.otherBegun().ifPresent(past -> findings.add(unfinished(home.layout(), past)));
            if (journal.isEmpty() && home.doneAndForgotten()) {
                continue;
            }
            Journal.State state = journal.map(Journal::state).orElse(Journal.State.STAGING);
            switch (state) {
                case STAGING, STAGED, UNDONE -> {
                    findings.addAll(home.outdated());
                    toStage.add(home);
                    toSwap.add(home);
                }
                case SWAPPING -> toSwap.add(home);
                case DONE -> findings.addAll(replaced(home));
                case UNDOING -> findings.add(undoing(home.layout()));
            }
        }
        if (Finding.anyRefuses(findings)) {
            return new Outcome.Refused(findings);
        }
        for (HomeRebuild home : toSwap) {
            held.of(home.layout()).claim(home.layout());
        }
        stage(toStage);
        for (HomeRebuild home : toSwap) {
            progress.accept("exchanging " + home.layout().home());
            home.swap(held.of(home.layout()));
        }
        List<String> lines = new ArrayList<>();
        for (HomeRebuild home : homes) {
            findings.addAll(home.notes());
            lines.add(
                    home.layout().home()
                            + (toSwap.contains(home) ? ": rebuilt" : ": was rebuilt before"));
        }
        return new Outcome.Done(lines, findings);
    }

    private static List<Finding> replaced(HomeRebuild home) throws IOException {
        HomeStatus status = HomeStatus.of(home.layout());
        return status.settled()
                ? List.of()
                : List.of(
                        Finding.refuses(
                                "replaced-since", status.what(), status.home(), status.todo()));
    }

    private static Finding unfinished(HomeLayout layout, RebuildHistory.Past past) {
        return Finding.refuses(
                "rebuild-unfinished",
                "another rebuild of this home, "
                        + past.journal().id()
                        + ", was interrupted in its exchange",
                layout.home().toString(),
                "End that one first: catamaran rebuild status " + layout.home());
    }

    private static Finding undoing(HomeLayout layout) {
        return Finding.refuses(
                "undo-unfinished",
                "an undo of this rebuild was interrupted",
                layout.home().toString(),
                "End it first: catamaran rebuild undo " + layout.home());
    }

    private void stage(List<HomeRebuild> homes) throws IOException {
        try {
            for (HomeRebuild home : homes) {
                progress.accept("staging " + home.layout().home());
                home.stage();
            }
        } catch (IOException e) {
            drop(homes, e);
            throw e;
        }
    }

    /** A full disk is not left full by what never went live. */
    private static void drop(List<HomeRebuild> homes, IOException because) {
        for (HomeRebuild home : homes) {
            try {
                home.dropStage();
            } catch (IOException alsoBroken) {
                because.addSuppressed(alsoBroken);
            }
        }
    }

    /**
     * Gives homes back what they had before a rebuild.
     *
     * @param id the rebuild to undo, where it is not the last one; empty for the last one
     * @throws IOException if a disk fails; repeating goes on where it stopped
     */
    public Outcome undo(List<Path> homes, Optional<String> id) throws IOException {
        List<HomeLayout> layouts = layouts(homes);
        try (Held held = new Held()) {
            for (HomeLayout layout : layouts) {
                held.take(layout);
            }
            if (!held.refused.isEmpty()) {
                return new Outcome.Refused(held.refused);
            }
            return undoLocked(layouts, id, held);
        }
    }

    private static List<HomeLayout> layouts(List<Path> homes) throws IOException {
        List<HomeLayout> layouts = new ArrayList<>();
        for (Path home : homes) {
            layouts.add(HomeLayout.of(home));
        }
        return layouts;
    }

    private Outcome undoLocked(List<HomeLayout> layouts, Optional<String> id, Held held)
            throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<HomeUndo> undos = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (HomeLayout layout : layouts) {
            UndoChoice choice = UndoChoice.of(layout, id);
            if (choice instanceof UndoChoice.Refused refused) {
                findings.add(refused.finding());
            } else if (choice instanceof UndoChoice.Before before) {
                lines.add(before.text());
            } else if (choice instanceof UndoChoice.Now now) {
                HomeUndo undo = new HomeUndo(layout, now.past(), tools);
                findings.addAll(undo.check());
                undos.add(undo);
            }
        }
        if (Finding.anyRefuses(findings)) {
            return new Outcome.Refused(findings);
        }
        for (HomeUndo undo : undos) {
            progress.accept("undoing " + undo.layout().home());
            held.of(undo.layout()).claim(undo.layout());
            findings.addAll(undo.run(held.of(undo.layout())));
            lines.add(undo.layout().home() + ": as it was before");
        }
        return new Outcome.Done(lines, findings);
    }

    /**
     * Removes what homes keep of ended rebuilds: they cannot be undone afterwards. Journals stay.
     *
     * @param dryRun whether to say only what would be removed
     * @throws IOException if a disk fails; repeating goes on where it stopped
     */
    public Outcome forget(List<Path> homes, boolean dryRun) throws IOException {
        List<HomeLayout> layouts = layouts(homes);
        try (Held held = new Held()) {
            for (HomeLayout layout : layouts) {
                held.take(layout);
            }
            if (!held.refused.isEmpty()) {
                return new Outcome.Refused(held.refused);
            }
            List<Finding> findings = new ArrayList<>();
            for (HomeLayout layout : layouts) {
                HomeStatus status = HomeStatus.of(layout);
                if (!status.settled()) {
                    findings.add(
                            Finding.refuses(
                                    "rebuild-unfinished",
                                    status.what(),
                                    status.home(),
                                    status.todo()));
                }
            }
            if (Finding.anyRefuses(findings)) {
                return new Outcome.Refused(findings);
            }
            List<String> lines = new ArrayList<>();
            for (HomeLayout layout : layouts) {
                lines.addAll(forget(layout, dryRun));
            }
            return new Outcome.Done(lines, findings);
        }
    }

    private static List<String> forget(HomeLayout layout, boolean dryRun) throws IOException {
        List<String> lines = new ArrayList<>();
        for (RebuildHistory.Past past : RebuildHistory.of(layout).all()) {
            if (past.otherKept()) {
                Path kept = past.trees().stage();
                if (!dryRun) {
                    StageCopy.remove(kept);
                }
                lines.add((dryRun ? "would be removed: " : "removed: ") + kept);
            }
        }
        return lines.isEmpty() ? List.of(layout.home() + ": nothing is kept") : lines;
    }
}
