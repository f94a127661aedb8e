package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.GroupMark;
import dev.catamaran.tool.rebuild.GroupTask;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which target of a plan each home of this machine is. A path may differ from that of the plan, as
 * homes are mounted elsewhere; then what the home holds tells.
 *
 * @param placed targets found
 * @param findings homes that are none
 */
public record Placement(List<Placed> placed, List<Finding> findings) {

    /** What a home that was interrupted in this very rebuild is expected to show. */
    private static final Set<String> OF_THIS_REBUILD = Set.of("rebuild-unfinished");

    public Placement {
        placed = List.copyOf(placed);
        findings = List.copyOf(findings);
    }

    /**
     * Places a plan.
     *
     * @param homes homes of this machine; empty for all of the plan, at the plan's paths
     * @throws IOException if a home cannot be read
     */
    public static Placement of(RebuildPlan plan, List<Path> homes, GroupWork work)
            throws IOException {
        List<Placed> placed = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        if (homes.isEmpty()) {
            for (RebuildPlan.Target target : plan.targets()) {
                Path home = Path.of(target.home());
                boolean mayBeMade = !plan.members().isEmpty();
                if (Files.isDirectory(home) || mayBeMade) {
                    placed.add(new Placed(target, home));
                } else {
                    findings.add(
                            Finding.refuses(
                                    "home-elsewhere",
                                    "this home of the plan is not here",
                                    target.home(),
                                    "Name the homes of this machine: rebuild apply PLAN HOME…"));
                }
            }
            return new Placement(placed, findings);
        }
        for (Path home : homes) {
            Optional<RebuildPlan.Target> target = target(plan, home, work);
            if (target.isEmpty()) {
                findings.add(
                        Finding.refuses(
                                "not-in-plan",
                                "no home of the plan has this path or holds what this one holds",
                                home.toString(),
                                "Plan again with this home, all servers stopped."));
            } else if (placed.stream().anyMatch(one -> one.target().equals(target.get()))) {
                findings.add(
                        Finding.refuses(
                                "same-home-twice",
                                "the home is given twice, or is a copy of another",
                                home.toString(),
                                "Give each home once."));
            } else {
                placed.add(new Placed(target.get(), home));
            }
        }
        return new Placement(placed, findings);
    }

    private static Optional<RebuildPlan.Target> target(RebuildPlan plan, Path home, GroupWork work)
            throws IOException {
        String path = home.toAbsolutePath().normalize().toString();
        Optional<RebuildPlan.Target> byPath =
                plan.targets().stream().filter(it -> it.home().equals(path)).findFirst();
        if (byPath.isPresent() || !Files.isDirectory(home)) {
            return byPath;
        }
        HomeLayout layout = HomeLayout.of(home);
        Optional<Journal> journal =
                RebuildHistory.of(layout).ofPlan(plan.id()).map(RebuildHistory.Past::journal);
        Set<GroupMark> marks =
                journal.isPresent() ? Set.copyOf(journal.get().before()) : marks(layout, work);
        return plan.targets().stream()
                .filter(
                        target ->
                                target.tasks().stream()
                                        .map(GroupTask::expected)
                                        .collect(Collectors.toSet())
                                        .equals(marks))
                .filter(target -> plan.members().isEmpty())
                .findFirst();
    }

    private static Set<GroupMark> marks(HomeLayout layout, GroupWork work) throws IOException {
        List<GroupMark> marks = new ArrayList<>();
        for (String group : layout.groups()) {
            marks.add(GroupMark.of(work.read(layout.raft().resolve(group))));
        }
        return Set.copyOf(marks);
    }

    /**
     * Whether the disks have room for copies of all homes together that were not begun yet.
     *
     * @throws IOException if a size cannot be read
     */
    public static List<Finding> room(RebuildPlan plan, List<Placed> placed) throws IOException {
        List<HomeLayout> homes = new ArrayList<>();
        for (Placed one : placed) {
            HomeLayout home = HomeLayout.of(one.home());
            boolean toCopy =
                    Files.isDirectory(home.data())
                            && RebuildHistory.of(home).ofPlan(plan.id()).isEmpty();
            if (toCopy) {
                homes.add(home);
            }
        }
        // each by itself was looked at already
        return homes.size() < 2 ? List.of() : Room.check(homes);
    }

    /**
     * What forbids to rebuild a home now: a running server, a full or read-only disk, damage. A
     * home in which this very rebuild was interrupted may go on.
     *
     * @throws IOException if it cannot be read
     */
    public static List<Finding> present(RebuildPlan plan, Placed one, GroupWork work)
            throws IOException {
        boolean made = plan.members().isEmpty();
        boolean absent =
                !Files.isDirectory(one.home()) || !Files.isDirectory(one.home().resolve("data"));
        if (!made && absent) {
            return List.of();
        }
        Survey.Seen seen = Survey.of(one.home(), work);
        boolean begun = RebuildHistory.of(HomeLayout.of(one.home())).ofPlan(plan.id()).isPresent();
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : seen.findings()) {
            if (!begun || !OF_THIS_REBUILD.contains(finding.code())) {
                findings.add(finding);
            }
        }
        if (made) {
            seen.facts().ifPresent(facts -> damage(facts, findings));
        }
        return findings;
    }

    private static void damage(HomeFacts home, List<Finding> findings) {
        for (StoreFacts store : home.stores()) {
            store.findings().stream()
                    .filter(finding -> finding.isDamage())
                    .forEach(
                            finding ->
                                    findings.add(
                                            Finding.refuses(
                                                    "damaged",
                                                    finding.what(),
                                                    home.home()
                                                            + " group "
                                                            + store.group()
                                                            + ", "
                                                            + finding.where(),
                                                    finding.todo())));
        }
    }
}
