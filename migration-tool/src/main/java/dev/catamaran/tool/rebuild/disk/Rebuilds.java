package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.GroupMark;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Carries plans out over the homes of this machine: locks them all, checks them all, stages them
 * all, and only then exchanges. What is refused has changed nothing.
 */
public final class Rebuilds {

    private final HomeRebuild.Tools tools;
    private final Watch watch;

    /**
     * The real thing.
     *
     * @param work reads and rewrites stores
     * @param watch is told what is being done
     */
    public Rebuilds(GroupWork work, Watch watch) {
        this(new HomeRebuild.Tools(work, NativeExchange.ofThisSystem(), Failpoints.NONE), watch);
    }

    Rebuilds(HomeRebuild.Tools tools, Watch watch) {
        this.tools = requireNonNull(tools, "tools is null");
        this.watch = requireNonNull(watch, "watch is null");
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
        try (HeldHomes held = new HeldHomes()) {
            for (Placed one : placed) {
                held.take(HomeLayout.of(one.home()));
            }
            if (!plan.members().isEmpty()) {
                for (HomeLayout source : layouts.values()) {
                    held.take(source);
                }
            }
            if (!held.refused().isEmpty()) {
                return new Outcome.Refused(held.refused());
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

    private Outcome applyLocked(List<HomeRebuild> homes, HeldHomes held) throws IOException {
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
        if (!toSwap.isEmpty()) {
            watch.begins(steps(toStage, toSwap), digest(homes, HomeRebuild::before));
        }
        for (HomeRebuild home : toSwap) {
            held.of(home.layout()).claim(home.layout());
        }
        stage(toStage);
        for (HomeRebuild home : toSwap) {
            watch.says("exchanging " + home.layout().home());
            home.swap(held.of(home.layout()));
            watch.ended(exchangeOf(home));
        }
        watch.reached(digest(homes, HomeRebuild::after));
        List<String> lines = new ArrayList<>();
        for (HomeRebuild home : homes) {
            findings.addAll(home.notes());
            lines.add(
                    home.layout().home()
                            + (toSwap.contains(home) ? ": rebuilt" : ": was rebuilt before"));
        }
        return new Outcome.Done(lines, findings);
    }

    private static List<String> steps(List<HomeRebuild> toStage, List<HomeRebuild> toSwap) {
        return Stream.concat(
                        toStage.stream().map(Rebuilds::stageOf),
                        toSwap.stream().map(Rebuilds::exchangeOf))
                .toList();
    }

    private static String stageOf(HomeRebuild home) {
        return "stage " + home.layout().home();
    }

    private static String exchangeOf(HomeRebuild home) {
        return "exchange " + home.layout().home();
    }

    /** What a home holds, or held. */
    private interface Marks<T> {
        List<GroupMark> of(T home) throws IOException;
    }

    private static <T> String digest(List<T> homes, Marks<T> marks) throws IOException {
        List<GroupMark> all = new ArrayList<>();
        for (T home : homes) {
            all.addAll(marks.of(home));
        }
        return GroupMark.digest(all);
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
                watch.says("staging " + home.layout().home());
                home.stage();
                watch.ended(stageOf(home));
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
        try (HeldHomes held = new HeldHomes()) {
            for (HomeLayout layout : layouts) {
                held.take(layout);
            }
            if (!held.refused().isEmpty()) {
                return new Outcome.Refused(held.refused());
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

    private Outcome undoLocked(List<HomeLayout> layouts, Optional<String> id, HeldHomes held)
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
        if (!undos.isEmpty()) {
            watch.begins(
                    undos.stream().map(Rebuilds::undoOf).toList(), digest(undos, HomeUndo::after));
        }
        for (HomeUndo undo : undos) {
            watch.says("undoing " + undo.layout().home());
            held.of(undo.layout()).claim(undo.layout());
            findings.addAll(undo.run(held.of(undo.layout())));
            watch.ended(undoOf(undo));
            lines.add(undo.layout().home() + ": as it was before");
        }
        if (!undos.isEmpty()) {
            watch.reached(digest(undos, HomeUndo::before));
        }
        return new Outcome.Done(lines, findings);
    }

    private static String undoOf(HomeUndo undo) {
        return "undo " + undo.past().journal().id() + " in " + undo.layout().home();
    }

    /**
     * Removes what homes keep of ended rebuilds: they cannot be undone afterwards. Journals stay.
     *
     * @param dryRun whether to say only what would be removed
     * @throws IOException if a disk fails; repeating goes on where it stopped
     */
    public Outcome forget(List<Path> homes, boolean dryRun) throws IOException {
        List<HomeLayout> layouts = layouts(homes);
        try (HeldHomes held = new HeldHomes()) {
            for (HomeLayout layout : layouts) {
                held.take(layout);
            }
            if (!held.refused().isEmpty()) {
                return new Outcome.Refused(held.refused());
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
            return forgetLocked(layouts, dryRun);
        }
    }

    private Outcome forgetLocked(List<HomeLayout> layouts, boolean dryRun) throws IOException {
        Map<String, Path> kept = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (HomeLayout layout : layouts) {
            int before = kept.size();
            for (RebuildHistory.Past past : RebuildHistory.of(layout).all()) {
                if (past.otherKept()) {
                    kept.put("remove " + past.trees().stage(), past.trees().stage());
                }
            }
            if (kept.size() == before) {
                lines.add(layout.home() + ": nothing is kept");
            }
        }
        if (!dryRun && !kept.isEmpty()) {
            watch.begins(List.copyOf(kept.keySet()), "");
        }
        for (Map.Entry<String, Path> one : kept.entrySet()) {
            if (!dryRun) {
                StageCopy.remove(one.getValue());
                watch.ended(one.getKey());
            }
            lines.add((dryRun ? "would be removed: " : "removed: ") + one.getValue());
        }
        return new Outcome.Done(lines, List.of());
    }
}
