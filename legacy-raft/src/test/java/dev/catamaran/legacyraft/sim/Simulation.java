package dev.catamaran.legacyraft.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs plans. A run is a function of its plan: the same plan makes the same run, on every machine.
 * One that fails is run again with a trace, which {@link #replay} can follow line by line.
 */
public final class Simulation {

    /** Long enough for an election or two, and for real members to fetch all. */
    private static final long HEAL_MS = 75_000;

    private static final long LAST_WRITE_MS = 12_000;

    /**
     * What a run came to.
     *
     * @param events taken by members
     * @param acknowledgements of changes
     */
    public record Result(int events, int acknowledgements) {}

    private final Plan plan;
    private final Invariants invariants;
    private final Fleet fleet;
    private final Faults faults;

    private Simulation(Plan plan, boolean traced) {
        this.plan = plan;
        this.invariants = plan.core().invariants();
        this.fleet = new Fleet(plan, invariants, traced);
        this.faults = new Faults(fleet);
    }

    /** Runs a plan; throws {@link SimFailure} when a rule is broken. */
    public static Result play(Plan plan) {
        Simulation run = new Simulation(plan, false);
        try {
            return run.run();
        } catch (RuntimeException | AssertionError e) {
            throw new SimFailure(plan, e, traceOf(plan));
        }
    }

    /** All lines of a plan's run, the plan first and, if it fails, the failure last. */
    public static List<String> traceOf(Plan plan) {
        Simulation run = new Simulation(plan, true);
        List<String> lines = new ArrayList<>();
        lines.add(plan.line());
        String end;
        try {
            end = "end " + run.run();
        } catch (RuntimeException | AssertionError e) {
            end = "failure " + e;
        }
        lines.addAll(run.fleet.trace().lines());
        lines.add(end);
        return lines;
    }

    /**
     * Runs the plan of a trace again and compares line by line.
     *
     * @return the first line that differs, as "line N: was …, is …"; or "the same" and how it ended
     */
    public static String replay(List<String> trace) {
        Plan plan =
                Plan.parse(trace.get(0))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the first line of a trace is its plan, not: "
                                                        + trace.get(0)));
        List<String> now = traceOf(plan);
        for (int i = 0; i < Math.max(now.size(), trace.size()); i++) {
            String was = i < trace.size() ? trace.get(i) : "(nothing)";
            String is = i < now.size() ? now.get(i) : "(nothing)";
            if (!was.equals(is)) {
                return "line " + (i + 1) + ": was " + was + ", is " + is;
            }
        }
        return "the same: " + now.get(now.size() - 1);
    }

    private Result run() {
        faults.giveForeignFiles();
        fleet.members().forEach(SimMember::start);
        for (int i = 0; i < plan.disturbances(); i++) {
            fleet.agenda().run(faults.pauseMs());
            faults.disturb();
        }
        faults.heal();
        fleet.agenda().run(HEAL_MS);
        int before = invariants.acknowledgements();
        boolean wanted = faults.wantAtLeader();
        if (!wanted && invariants.oursMustLead(fleet)) {
            throw new AssertionError("nobody of ours leads after healing");
        }
        fleet.agenda().run(LAST_WRITE_MS);
        if (wanted && invariants.acknowledgements() != before + 1) {
            throw new AssertionError("a write after healing was not acknowledged");
        }
        invariants.checkAtTheEnd(fleet);
        return new Result(fleet.events(), invariants.acknowledgements());
    }
}
