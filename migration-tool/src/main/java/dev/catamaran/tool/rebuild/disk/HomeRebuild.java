package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.HomeLocks;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.GroupMark;
import dev.catamaran.tool.rebuild.GroupTask;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rebuilds one home whose locks are held: first a stage that nothing live knows of, then the swap.
 * A crash before the swap leaves the old home, one after it the new home; one in between is told
 * apart by the marker and ended by repeating (spec: jraft-disk 5.4).
 */
final class HomeRebuild {

    private final HomeLayout layout;
    private final RebuildPlan plan;
    private final RebuildPlan.Target target;
    private final Map<String, HomeLayout> sources;
    private final Tools tools;
    private final RebuildHistory history;
    private final String attempt;
    private final JournalFolder folder;
    private final List<Finding> notes = new ArrayList<>();

    /** Facts of the originals as they were read under the locks, by group: nobody changes them. */
    private final Map<String, StoreFacts> originals = new TreeMap<>();

    /**
     * What a rebuild works with.
     *
     * @param work reads and rewrites stores
     * @param exchange exchanges trees
     * @param failpoints told how far it is
     */
    record Tools(GroupWork work, Exchange exchange, Failpoints failpoints) {
        Tools {
            requireNonNull(work, "work is null");
            requireNonNull(exchange, "exchange is null");
            requireNonNull(failpoints, "failpoints is null");
        }
    }

    /**
     * Prepares nothing yet. The locks of the home are held.
     *
     * @param sources layouts of the homes that the plan's tasks read from, by the plan's path
     * @throws IOException if what was done to this home before cannot be read
     */
    HomeRebuild(
            HomeLayout layout,
            RebuildPlan plan,
            RebuildPlan.Target target,
            Map<String, HomeLayout> sources,
            Tools tools)
            throws IOException {
        this.layout = layout;
        this.plan = plan;
        this.target = target;
        this.sources = Map.copyOf(sources);
        this.tools = tools;
        this.history = RebuildHistory.of(layout);
        this.attempt = history.attempt(plan.id());
        this.folder = JournalFolder.of(layout, attempt);
    }

    HomeLayout layout() {
        return layout;
    }

    /** Things for the operator to do by hand. */
    List<Finding> notes() {
        return List.copyOf(notes);
    }

    /** Marks of the stores it is made from. */
    List<GroupMark> before() {
        return target.tasks().stream().map(GroupTask::expected).toList();
    }

    /** Marks of what was staged; none if its journal was removed since. */
    List<GroupMark> after() throws IOException {
        return journal().map(Journal::after).orElse(List.of()).stream().map(GroupMark::of).toList();
    }

    Optional<Journal> journal() throws IOException {
        return folder.read();
    }

    /** Another rebuild of this home whose exchange a kill interrupted. */
    Optional<RebuildHistory.Past> otherBegun() {
        return history.begun().filter(past -> !past.journal().id().equals(attempt));
    }

    /**
     * Whether this plan was carried out here and its journal removed since.
     *
     * @throws IOException if the marker cannot be read
     */
    boolean doneAndForgotten() throws IOException {
        return history.madeByForgotten(plan.id());
    }

    /**
     * Whether the stores this home is made from are still those of the plan.
     *
     * @throws IOException if one cannot be read
     */
    List<Finding> outdated() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (GroupTask task : target.tasks()) {
            Path source = source(task);
            StoreFacts facts = tools.work().read(source);
            originals.put(task.group(), facts);
            GroupMark now = GroupMark.of(facts);
            if (!now.equals(task.expected())) {
                findings.add(
                        Finding.refuses(
                                "plan-outdated",
                                "the store changed since the plan was made: it was at "
                                        + task.expected().text()
                                        + ", now at "
                                        + now.text(),
                                source.toString(),
                                "Plan again, with all servers stopped."));
            }
        }
        return findings;
    }

    private Path source(GroupTask task) {
        return layoutOf(task.source()).raft().resolve(task.group());
    }

    private HomeLayout layoutOf(String source) {
        HomeLayout from = sources.get(source);
        if (from == null) {
            throw new IllegalArgumentException("no source " + source);
        }
        return from;
    }

    private List<String> groups() {
        return target.tasks().stream().map(GroupTask::group).toList();
    }

    private Optional<SortedSet<dev.catamaran.tool.rebuild.Member>> only() {
        return plan.members().isEmpty() ? Optional.empty() : Optional.of(plan.members());
    }

    /**
     * Makes the stage. Nothing live changes.
     *
     * @throws IOException if the disk fails, or the stage does not prove equal to the original
     */
    void stage() throws IOException {
        AddressMap map = plan.addressMap();
        Trees trees = Trees.plan(layout, attempt, groups());
        trees.removeStage();
        Journal journal =
                new Journal(
                        Journal.FORMAT,
                        attempt,
                        Journal.State.STAGING,
                        "--mode " + plan.mode() + " " + map,
                        map.inverse().toString(),
                        Instant.now().toString(),
                        layout.home().toRealPath().toString(),
                        List.of(),
                        trees.units(),
                        List.of(),
                        List.of(),
                        before(),
                        List.of());
        write(journal, Point.JOURNAL_OPENED);
        List<StoreFacts> after = trees.units().isEmpty() ? List.of() : fill(trees, map);
        SmallFiles.Found files = SmallFiles.in(layout, map, only());
        notes.addAll(files.byHand());
        List<Journal.SmallFile> kept = keep(files.changes());
        if (!trees.units().isEmpty()) {
            folder.writeListing(trees.list(true));
        }
        reached(Point.ORIGINAL_LISTED);
        List<FileByHand> left = FileByHand.of(layout, files.byHand());
        write(journal.staged(kept, left, after, brought()), Point.JOURNAL_STAGED);
    }

    /** A home that is made anew gets what stands in no group too. */
    private List<String> brought() throws IOException {
        List<String> brought = new ArrayList<>();
        if (plan.members().isEmpty()) {
            return brought;
        }
        Optional<HomeLayout> legacy = Optional.ofNullable(sources.get(plan.legacySource()));
        HomeLayout from =
                legacy.orElseGet(() -> layoutOf(target.tasks().iterator().next().source()));
        LegacyCarry carry = new LegacyCarry(layout, folder.naming());
        String members =
                plan.members().stream().map(Object::toString).collect(Collectors.joining(" "));
        notes.addAll(carry.leftToDo(from, members));
        if (legacy.isPresent() && carry.stage(from)) {
            brought.add(Journal.LEGACY);
        }
        if (target.member().isPresent()
                && new OwnCarry(layout, folder.own()).stage(from, target.member().get())) {
            brought.add(Journal.OWN);
        }
        reached(Point.FILE_PREPARED);
        return brought;
    }

    private List<StoreFacts> fill(Trees trees, AddressMap map) throws IOException {
        if (!Files.isDirectory(layout.raft())) {
            DurableFiles.folder(layout.raft());
            StageCopy.own(requireNonNull(layout.raft().getParent()), layout.data());
        }
        DurableFiles.folder(trees.stage());
        reached(Point.STAGE_MADE);
        List<StoreFacts> after = new ArrayList<>();
        for (GroupTask task : target.tasks()) {
            after.add(group(trees.staged(task.group()), task, map));
        }
        if (trees.whole()) {
            rest(trees.stage());
        }
        reached(Point.REST_COPIED);
        StageCopy.own(trees.stage(), layout.raft());
        reached(Point.OWNED);
        trees.mark();
        reached(Point.MARKED);
        DurableFiles.syncTree(trees.stage());
        DurableFiles.sync(requireNonNull(trees.stage().getParent()));
        reached(Point.STAGE_SYNCED);
        return after;
    }

    private StoreFacts group(Path staged, GroupTask task, AddressMap map) throws IOException {
        Path original = source(task);
        StageCopy.group(original, staged);
        if (task.appended().isPresent()) {
            // each new member's log is a database of its own; RocksDB names it when it opens it
            Files.deleteIfExists(staged.resolve("log").resolve("IDENTITY"));
        }
        reached(Point.GROUP_COPIED);
        StoreFacts before =
                requireNonNull(originals.get(task.group()), "the original was not read");
        tools.work().rewrite(staged, before, task, map);
        reached(Point.GROUP_REWRITTEN);
        StoreFacts after = tools.work().read(staged);
        List<String> differences = tools.work().differences(before, after, task, map);
        if (!differences.isEmpty()) {
            throw new IOException(
                    "the rewritten copy of group "
                            + task.group()
                            + " does not prove equal to "
                            + original
                            + ": "
                            + String.join("; ", differences));
        }
        reached(Point.GROUP_VERIFIED);
        return after;
    }

    /** What lies beside the groups, unchanged. */
    private void rest(Path stage) throws IOException {
        List<String> groups = layout.groups();
        try (Stream<Path> entries = Files.list(layout.raft())) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (groups.contains(name) || name.equals(Trees.MARKER)) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    StageCopy.group(entry, stage.resolve(name));
                } else {
                    StageCopy.leaf(entry, stage.resolve(name));
                }
            }
        }
    }

    private List<Journal.SmallFile> keep(List<SmallFiles.Change> changes) throws IOException {
        List<Journal.SmallFile> kept = new ArrayList<>();
        for (SmallFiles.Change change : changes) {
            int number = kept.size();
            DurableFiles.replace(folder.kept(number, false), change.before());
            DurableFiles.replace(folder.kept(number, true), change.after());
            kept.add(
                    new Journal.SmallFile(
                            change.path(),
                            FileSwap.digest(change.before()),
                            FileSwap.digest(change.after())));
            reached(Point.FILE_PREPARED);
        }
        return kept;
    }

    /**
     * Exchanges stage and live trees, and replaces the small files. May be repeated.
     *
     * @param locks the locks of the home, to which those of the stage are added
     * @throws IOException if the disk fails; repeating goes on where it stopped
     */
    void swap(HomeLocks locks) throws IOException {
        Journal journal =
                folder.read().orElseThrow(() -> new IOException("no journal in " + folder.file()));
        Trees trees = new Trees(layout, journal.id(), journal.units());
        for (Journal.Unit unit : trees.units()) {
            if (!trees.isOurs(trees.live(unit))) {
                lock(locks, trees, unit);
            }
        }
        reached(Point.STAGE_LOCKED);
        write(journal.in(Journal.State.SWAPPING), Point.JOURNAL_SWAPPING);
        Swap swap = new Swap(tools.exchange(), tools.failpoints());
        for (Journal.Unit unit : trees.units()) {
            if (!trees.isOurs(trees.live(unit))) {
                swap.exchange(trees.live(unit), trees.other(unit), Point.EXCHANGED);
                reached(Point.EXCHANGE_SYNCED);
            }
        }
        FileSwap files = new FileSwap(layout, folder, tools.failpoints());
        notes.addAll(files.forward(journal));
        if (journal.carried().contains(Journal.LEGACY)) {
            new LegacyCarry(layout, folder.naming()).place();
            reached(Point.FILE_REPLACED);
        }
        if (journal.carried().contains(Journal.OWN)) {
            new OwnCarry(layout, folder.own()).place();
            reached(Point.FILE_REPLACED);
        }
        write(journal.in(Journal.State.DONE), Point.JOURNAL_DONE);
    }

    static void lock(HomeLocks locks, Trees trees, Journal.Unit unit) throws IOException {
        Path other = trees.other(unit);
        if (trees.whole()) {
            locks.add(other, HomeLayout.groupsIn(other));
        } else if (Files.isDirectory(other.resolve("log"))) {
            locks.add(requireNonNull(other.getParent()), List.of(other.getFileName().toString()));
        }
    }

    /** Removes a stage after a failure; what is live was not touched. */
    void dropStage() throws IOException {
        Optional<Journal> journal = folder.read();
        if (journal.isPresent()
                && (journal.get().state() == Journal.State.STAGING
                        || journal.get().state() == Journal.State.STAGED)) {
            if (!journal.get().units().isEmpty()) {
                new Trees(layout, journal.get().id(), journal.get().units()).removeStage();
            }
            StageCopy.remove(folder.folder());
        }
    }

    private void write(Journal journal, Point point) throws IOException {
        folder.write(journal);
        reached(point);
    }

    private void reached(Point point) throws IOException {
        tools.failpoints().reached(point);
    }
}
