package dev.catamaran.tool.rehearse;

import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.Counts;
import dev.catamaran.tool.history.Pause;
import dev.catamaran.tool.plan.Step;
import dev.catamaran.tool.report.StepReport;
import dev.catamaran.tool.report.Timeline;
import java.util.ArrayList;
import java.util.List;

/** Works out the figures of each step from the history. Pure. */
final class Ledger {

    private static final long MS = 1_000_000;

    /**
     * A step that was taken.
     *
     * @param step which
     * @param startNs when it began
     * @param endNs when it ended
     * @param phase phase at its end
     * @param digest digest at its end
     * @param note what to know of it
     * @param ok whether it did what it was for
     */
    record Taken(
            Step step,
            long startNs,
            long endNs,
            String phase,
            String digest,
            String note,
            boolean ok) {

        boolean isPlannedSwitch() {
            return step instanceof Step.Move move && move.isSwitch() && !move.killLeader();
        }
    }

    private final List<Call> calls;
    private final List<Pause> pauses;
    private final Observations seen;

    Ledger(List<Call> calls, List<Pause.Span> spans, Observations seen) {
        this.calls = List.copyOf(calls);
        this.pauses = Pause.between(calls, spans);
        this.seen = seen;
    }

    List<StepReport> reports(List<Taken> all) {
        List<StepReport> reports = new ArrayList<>();
        for (Taken taken : all) {
            long startMs = taken.startNs() / MS;
            long endMs = taken.endNs() / MS;
            reports.add(
                    new StepReport(
                            taken.step().title(),
                            taken.phase(),
                            startMs,
                            endMs - startMs,
                            Counts.of(calls, taken.startNs(), taken.endNs()),
                            longestPauseMs(taken, all),
                            taken.isPlannedSwitch(),
                            seen.maxLagRecords(startMs, endMs),
                            seen.maxLagMs(startMs, endMs),
                            taken.digest(),
                            taken.note(),
                            taken.ok()));
        }
        return reports;
    }

    /** A pause belongs to the step that it overlaps most. */
    private long longestPauseMs(Taken taken, List<Taken> all) {
        return pauses.stream()
                        .filter(pause -> owner(pause, all).equals(taken))
                        .mapToLong(Pause::lengthNs)
                        .max()
                        .orElse(0)
                / MS;
    }

    private static Taken owner(Pause pause, List<Taken> all) {
        Taken owner = all.get(0);
        for (Taken taken : all) {
            if (overlap(pause, taken) > overlap(pause, owner)) {
                owner = taken;
            }
        }
        return owner;
    }

    private static long overlap(Pause pause, Taken taken) {
        return pause.overlapNs(taken.startNs(), taken.endNs());
    }

    long longestPauseMs() {
        return pauses.stream().mapToLong(Pause::lengthNs).max().orElse(0) / MS;
    }

    /** Attempts to write by the second in which they ended. */
    List<Timeline.Second> seconds(long endMs) {
        int count = Math.toIntExact(endMs / 1000 + 1);
        long[] acknowledged = new long[count];
        long[] refused = new long[count];
        long[] unknown = new long[count];
        for (Call call : calls) {
            if (call instanceof Call.Write write) {
                int second = Math.toIntExact(Math.min(write.endNs() / MS / 1000, count - 1L));
                switch (write.outcome()) {
                    case ACKNOWLEDGED -> acknowledged[second]++;
                    case REFUSED -> refused[second]++;
                    case UNKNOWN -> unknown[second]++;
                }
            }
        }
        List<Timeline.Second> seconds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seconds.add(new Timeline.Second(acknowledged[i], refused[i], unknown[i]));
        }
        return seconds;
    }
}
