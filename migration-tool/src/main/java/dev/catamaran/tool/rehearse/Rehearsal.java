package dev.catamaran.tool.rehearse;

import com.alibaba.nacos.api.exception.NacosException;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.Counts;
import dev.catamaran.tool.history.Finding;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.HistoryChecker;
import dev.catamaran.tool.history.Pause;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.members.MemberProcess;
import dev.catamaran.tool.plan.Step;
import dev.catamaran.tool.report.RehearsalReport;
import dev.catamaran.tool.report.StepReport;
import dev.catamaran.tool.report.Tally;
import dev.catamaran.tool.report.Timeline;
import dev.catamaran.tool.writers.Load;
import dev.catamaran.tool.writers.LoadSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Plays the steps of a plan on a fleet and says what came of it. Used once, by one thread. */
public final class Rehearsal {

    /** A server gives up on a write within 6 s; five times that, and a loss is a loss. */
    private static final long LATE_NS = 30_000_000_000L;

    private static final long BASE_LIMIT_MS = 60_000;

    private final RehearsalSettings settings;
    private final Fleet fleet;
    private final Consumer<String> live;
    private final LongSupplier clock;
    private final Observations seen;
    private final Waiting waiting;
    private final History history = new History();
    private final HistoryChecker checker = new HistoryChecker(LATE_NS);
    private final List<Ledger.Taken> taken = new ArrayList<>();
    private final BaseCheck base;

    /**
     * A rehearsal that has not begun.
     *
     * @param live takes one line per step as it ends
     */
    public Rehearsal(RehearsalSettings settings, Fleet fleet, Consumer<String> live) {
        this.settings = settings;
        this.fleet = fleet;
        this.live = live;
        long beganNs = System.nanoTime();
        this.clock = () -> System.nanoTime() - beganNs;
        this.seen = new Observations(clock);
        this.waiting = new Waiting(clock);
        this.base = new BaseCheck(settings.base());
    }

    /** Plays all steps, or as many as can be taken. Members that run at the end go on running. */
    public RehearsalReport play(List<Step> steps) {
        try (MemberApi api = new MemberApi();
                MemberApi watchApi = new MemberApi();
                Load load = load()) {
            Cluster cluster = new Cluster(fleet, api, waiting, seen);
            Checkpoint checkpoint = new Checkpoint(cluster, waiting, seen, base, checker);
            Moves moves = new Moves(cluster, waiting, seen, history, settings.dwellMs());
            String failure = "";
            try (Watch watch = new Watch(new Cluster(fleet, watchApi, waiting, seen), seen)) {
                watch.start();
                for (int i = 0; i < steps.size() && failure.isEmpty(); i++) {
                    failure = take(steps.get(i), i + 1, steps.size(), load, checkpoint, moves);
                }
                load.stop();
            }
            return report(load, checkpoint, failure);
        }
    }

    private Load load() {
        try {
            return Load.connect(
                    new LoadSettings(
                            fleet.addresses(), settings.writesPerSecond(), settings.scratch()),
                    history,
                    clock,
                    address -> fleet.member(address).starts());
        } catch (NacosException e) {
            throw new IllegalStateException("the real client cannot be set up", e);
        }
    }

    /** Takes one step; gives the reason if it failed, else an empty text. */
    private String take(
            Step step, int number, int of, Load load, Checkpoint checkpoint, Moves moves) {
        long startNs = clock.getAsLong();
        String note;
        boolean ok = true;
        try {
            note = act(step, load, checkpoint, moves);
        } catch (StepFailed e) {
            note = String.valueOf(e.getMessage());
            ok = false;
        }
        Ledger.Taken now =
                new Ledger.Taken(
                        step,
                        startNs,
                        clock.getAsLong(),
                        seen.lastPhase(),
                        seen.lastDigest(),
                        note,
                        ok);
        taken.add(now);
        tell(now, number, of, load.spans());
        return ok ? "" : step.title() + ": " + note;
    }

    private String act(Step step, Load load, Checkpoint checkpoint, Moves moves) throws StepFailed {
        if (step instanceof Step.StartMembers) {
            moves.startAll();
            checkpoint.awaitBase(BASE_LIMIT_MS);
            return base.records() + " records of the homes on every member";
        }
        if (step instanceof Step.StartLoad) {
            load.start();
            moves.awaitWrites();
            return settings.writesPerSecond() + " writes per second through all members";
        }
        if (step instanceof Step.KillMember kill) {
            return moves.kill(kill.victim());
        }
        if (step instanceof Step.Move move) {
            return moves.move(move);
        }
        if (step instanceof Step.Checkpoint point) {
            return judge(point, load, checkpoint);
        }
        throw new AssertionError("no way to take " + step);
    }

    private String judge(Step.Checkpoint point, Load load, Checkpoint checkpoint)
            throws StepFailed {
        if (point.last()) {
            load.stop();
            return checkpoint.judge(load, history);
        }
        load.pause();
        try {
            return checkpoint.judge(load, history);
        } finally {
            load.resume();
        }
    }

    private void tell(Ledger.Taken now, int number, int of, List<Pause.Span> spans) {
        StepReport report = new Ledger(history.calls(), spans, seen).reports(List.of(now)).get(0);
        live.accept(
                "%7.1fs  %2d/%d  %-7s %-58s %5.1fs  %s"
                        .formatted(
                                report.startMs() / 1000.0,
                                number,
                                of,
                                report.ok() ? "ok" : "FAILED",
                                report.title(),
                                report.durationMs() / 1000.0,
                                "acked %d refused %d unknown %d; %s"
                                        .formatted(
                                                report.writes().acknowledged(),
                                                report.writes().refused(),
                                                report.writes().unknown(),
                                                report.note())));
    }

    private RehearsalReport report(Load load, Checkpoint checkpoint, String failure) {
        List<Call> calls = history.calls();
        List<Finding> findings = new ArrayList<>(checkpoint.findings());
        findings.addAll(checker.judge(calls, List.of()));
        Ledger ledger = new Ledger(calls, load.spans(), seen);
        List<StepReport> steps = ledger.reports(taken);
        Tally tally = Tally.of(findings, checkpoint.baseFindings());
        long endMs = seen.nowMs();
        boolean passed = failure.isEmpty() && tally.isClean();
        return new RehearsalReport(
                passed ? RehearsalReport.Verdict.PASSED : RehearsalReport.Verdict.FAILED,
                because(tally, failure),
                endMs,
                base.records(),
                Counts.of(calls, 0, Long.MAX_VALUE),
                tally,
                ledger.longestPauseMs(),
                steps.stream()
                        .filter(StepReport::plannedSwitch)
                        .mapToLong(StepReport::longestWritePauseMs)
                        .max()
                        .orElse(0),
                load.readsAnswered(),
                load.readsFailed(),
                steps,
                fleet.members().stream().map(seen::member).toList(),
                findings,
                checkpoint.baseFindings(),
                new Timeline(
                        endMs, seen.bands(endMs), ledger.seconds(endMs), seen.lag(), seen.marks()));
    }

    private static String because(Tally tally, String failure) {
        if (!tally.isClean()) {
            return "lost %d, resurrected %d, duplicated %d, phantom %d"
                            .formatted(
                                    tally.lost(),
                                    tally.resurrected(),
                                    tally.duplicated(),
                                    tally.phantom())
                    + (failure.isEmpty() ? "" : "; and " + failure);
        }
        return failure.isEmpty()
                ? "every step was taken, every acknowledged write and every record of the homes is"
                        + " there"
                : failure;
    }

    /** Addresses and process ids of the members that run. */
    public static List<String> running(Fleet fleet) {
        return fleet.members().stream()
                .filter(MemberProcess::isAlive)
                .map(member -> member.address() + " pid " + member.pid())
                .toList();
    }
}
