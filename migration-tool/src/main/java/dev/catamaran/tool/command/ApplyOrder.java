package dev.catamaran.tool.command;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.RebuildPlan;
import dev.catamaran.tool.rebuild.StartOrder;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import dev.catamaran.tool.rebuild.disk.JRaftWork;
import dev.catamaran.tool.rebuild.disk.Placed;
import dev.catamaran.tool.rebuild.disk.Placement;
import dev.catamaran.tool.rebuild.disk.PlanFile;
import dev.catamaran.tool.rebuild.disk.RebuildCheck;
import dev.catamaran.tool.rebuild.disk.Rebuilds;
import dev.catamaran.tool.rebuild.disk.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plan is to be carried out over homes of this machine. */
final class ApplyOrder implements HomeOrder {

    private final String verb;
    private final RebuildPlan plan;
    private final List<Path> homes;
    private final Map<String, Path> sources;
    private final Optional<Path> serverJar;

    /** Read by whoever tells what is live after an interruption or a broken disk. */
    private final List<Path> touched = new CopyOnWriteArrayList<>();

    /**
     * Decided; does nothing yet.
     *
     * @param verb {@link HomeOrders#APPLY}, or {@link HomeOrders#HERE}, which also checks
     * @param homes homes of this machine; empty for all of the plan, at the plan's paths
     * @param sources where homes lie that are copied from, by the plan's path
     */
    ApplyOrder(
            String verb,
            RebuildPlan plan,
            List<Path> homes,
            Map<String, Path> sources,
            Optional<Path> serverJar) {
        this.verb = requireNonNull(verb, "verb is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.homes = List.copyOf(homes);
        this.sources = Map.copyOf(sources);
        this.serverJar = requireNonNull(serverJar, "serverJar is null");
    }

    @Override
    public String verb() {
        return verb;
    }

    @Override
    public SortedMap<String, String> arguments() {
        return new HomeOrders.Arguments()
                .with("homes", homes)
                .with("sources", sources)
                .with("server-jar", serverJar)
                .map();
    }

    @Override
    public String plan() {
        return PlanFile.tree(plan).toString();
    }

    @Override
    public String source() {
        return plan.id();
    }

    @Override
    public List<Path> touched() {
        return touched;
    }

    @Override
    public Optional<Path> serverJar() {
        return serverJar;
    }

    @Override
    public int run(Replies replies, Watch watch) throws IOException {
        try (JRaftWork work = JRaftWork.open(serverJar)) {
            return run(work, replies, watch);
        }
    }

    int run(GroupWork work, Replies replies, Watch watch) throws IOException {
        Placement placement = Placement.of(plan, homes, work);
        List<Finding> findings = new ArrayList<>(placement.findings());
        for (Placed one : placement.placed()) {
            findings.addAll(Placement.present(plan, one, work));
        }
        if (!Finding.anyRefuses(findings)) {
            findings.addAll(Placement.room(plan, placement.placed()));
        }
        if (Finding.anyRefuses(findings)) {
            return replies.refused(findings);
        }
        placement.placed().forEach(one -> touched.add(one.home()));
        Rebuilds.Outcome outcome =
                new Rebuilds(work, watch).apply(plan, placement.placed(), sources);
        findings.addAll(outcome.findings());
        if (!(outcome instanceof Rebuilds.Outcome.Done done)) {
            return replies.refused(findings);
        }
        return verb.equals(HomeOrders.HERE)
                ? checked(work, replies, findings)
                : told(replies, done.lines(), placement, findings);
    }

    private int told(
            Replies replies, List<String> done, Placement placement, List<Finding> findings) {
        List<String> lines = new ArrayList<>(done);
        int elsewhere = plan.targets().size() - placement.placed().size();
        if (elsewhere > 0) {
            lines.add(elsewhere + " homes of the plan are elsewhere: apply it there too.");
        }
        lines.addAll(StartOrder.of(plan.rebuildMode(), plan.addressMap()));
        return replies.done(lines, findings, Map.of("id", plan.id(), "plan", PlanFile.tree(plan)));
    }

    private int checked(GroupWork work, Replies replies, List<Finding> before) throws IOException {
        Path home = homes.get(0);
        RebuildCheck check = RebuildCheck.of(home, work);
        List<Finding> findings = new ArrayList<>(before);
        findings.addAll(check.findings());
        List<String> lines = new ArrayList<>(check.lines());
        lines.add(
                "Start the server. To go back before it wrote anything: catamaran rebuild undo "
                        + home);
        return Finding.anyRefuses(check.findings())
                ? replies.bad(lines, findings, Map.of())
                : replies.done(lines, findings, Map.of("id", plan.id()));
    }
}
