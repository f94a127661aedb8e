package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.reconcile.Difference;
import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.LeaseKeeper;
import dev.catamaran.tool.job.LostClaimException;
import dev.catamaran.tool.job.Step;
import dev.catamaran.tool.live.LiveRegistry;
import dev.catamaran.tool.live.LiveServer;
import dev.catamaran.tool.live.Progress;
import dev.catamaran.tool.live.RefusedException;
import dev.catamaran.tool.live.UnreachableException;
import dev.catamaran.tool.live.VisibleRecords;
import dev.catamaran.tool.migrate.MigrationReport.Counts;
import dev.catamaran.tool.migrate.MigrationReport.Verdict;
import dev.catamaran.tool.records.RecordSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes a target hold what a source holds: reads both, writes the differences, reads the target
 * again, and goes on until nothing differs or nothing helps. Whatever was interrupted where: the
 * next run finds out what is missing from the target itself.
 */
public final class Migration {

    /**
     * The first pass registers. The second lays the fields over instances for which an older
     * override hides them, and repairs what a 1.x server dropped when a cluster was configured. The
     * third is for writers that were at work meanwhile.
     */
    private static final int MAX_PASSES = 3;

    private static final int MAX_DIFFERENCES = 1_000;

    private final MigrationSettings settings;
    private final Progress progress;
    private final long begunNanos = System.nanoTime();

    public Migration(MigrationSettings settings, Progress progress) {
        this.settings = requireNonNull(settings, "settings is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** What a run would write; writes nothing. */
    public MigrationReport dryRun() {
        try (LiveServer server = target()) {
            Loaded loaded = source();
            if (loaded instanceof Loaded.Refused refused) {
                return MigrationReport.early(Verdict.REFUSED, refused.text());
            }
            RecordSet records = ((Loaded.Records) loaded).records();
            LiveRegistry registry = connect(server, records);
            MigrationPlan plan = planner(registry).plan(records, registry.read(progress), false);
            if (!settings.leaveBehind() && !plan.leftBehind().isEmpty()) {
                return MigrationReport.early(Verdict.REFUSED, plan.cannotBeHeld(registry.kind()));
            }
            String also = alsoCreates(registry.unlisted(plan.namespaces()));
            return new MigrationReport(
                    "",
                    Verdict.DRY_RUN,
                    plan.writes() == 0
                            ? "nothing to do: " + registry.kind() + " holds it all" + also
                            : plan.writes()
                                    + " writes to "
                                    + registry.kind()
                                    + " are needed"
                                    + also,
                    counts(plan, 0, 0).removing(plan.removals()),
                    differences(plan),
                    plan.notCarried(),
                    List.of(),
                    digests(plan));
        } catch (RefusedException e) {
            return MigrationReport.early(Verdict.REFUSED, e.getMessage());
        } catch (IOException e) {
            return MigrationReport.early(Verdict.FAILED, e.getMessage() + ". Nothing was written");
        }
    }

    /**
     * Runs the job of this claim, from wherever it is, and ends it in the journal.
     *
     * @param job the job as it was when it was claimed
     */
    public MigrationReport run(Claim claim, Job job, List<Step> steps) throws IOException {
        try (LeaseKeeper lease = new LeaseKeeper(claim)) {
            lease.start();
            MigrationReport report = run(claim, job, steps, lease).of(claim.jobId());
            boolean begun = !job.plan().isEmpty();
            claim.finish(
                    state(report.verdict(), begun), report.digests().reached(), report.because());
            return report;
        } catch (LostClaimException e) {
            return MigrationReport.early(Verdict.UNKNOWN, e.getMessage()).of(claim.jobId());
        }
    }

    /** A job that has begun can be resumed whatever refused it, a forgotten password above all. */
    private static JobState state(Verdict verdict, boolean begun) {
        return switch (verdict) {
            case DONE -> JobState.DONE;
            case REFUSED -> begun ? JobState.FAILED : JobState.REFUSED;
            case FAILED, UNKNOWN, DRY_RUN -> JobState.FAILED;
        };
    }

    private MigrationReport run(Claim claim, Job job, List<Step> steps, LeaseKeeper lease)
            throws IOException {
        try (LiveServer server = target()) {
            boolean resumed = !job.plan().isEmpty();
            Loaded loaded = source();
            if (loaded instanceof Loaded.Refused refused) {
                return MigrationReport.early(
                        resumed ? Verdict.FAILED : Verdict.REFUSED, refused.text());
            }
            RecordSet records = ((Loaded.Records) loaded).records();
            String digest = VisibleRecords.of(records.effective(), false).digest().hex();
            if (resumed && !digest.equals(job.digests().source()) && !isLive()) {
                return MigrationReport.early(
                        Verdict.FAILED,
                        "the source is not what it was when the job was planned. Put it back, or"
                                + " begin a new job: what is at the target already is not written"
                                + " again");
            }
            LiveRegistry registry = connect(server, records);
            RegistryTable found = registry.read(progress);
            MigrationPlan plan = planner(registry).plan(records, found, false);
            if (!settings.leaveBehind() && !plan.leftBehind().isEmpty()) {
                return MigrationReport.early(
                        resumed ? Verdict.FAILED : Verdict.REFUSED,
                        plan.cannotBeHeld(registry.kind()));
            }
            List<Step> known = steps;
            if (!resumed || !digest.equals(job.digests().source())) {
                known = PlanRecord.steps(plan);
                claim.plan(
                        PlanRecord.text(plan, registry.kind(), (Loaded.Records) loaded),
                        new Job.Digests(digest, plan.present().digest().hex(), ""),
                        known);
            } else {
                settle(claim, plan, known);
            }
            return new Passes(claim, lease, registry, records).go(plan, known);
        } catch (RefusedException e) {
            return MigrationReport.early(Verdict.REFUSED, e.getMessage());
        } catch (LostClaimException e) {
            throw e;
        } catch (IOException e) {
            return MigrationReport.early(
                    Verdict.FAILED, e.getMessage() + ". Nothing was written by this run");
        }
    }

    private boolean isLive() {
        return settings.from() instanceof Source.Live;
    }

    /** Steps whose work is found done: the run before was killed before it could say so. */
    private static void settle(Claim claim, MigrationPlan plan, List<Step> steps)
            throws IOException {
        List<Step> done =
                steps.stream()
                        .filter(step -> step.state() != Step.State.DONE)
                        .filter(
                                step ->
                                        plan.work().keySet().stream()
                                                .noneMatch(
                                                        key -> key.text().equals(step.subject())))
                        .map(step -> step.ended(Step.State.DONE, "found done"))
                        .toList();
        claim.ended(done);
    }

    /** The writing part of a run. */
    private final class Passes {

        private final Claim claim;
        private final LeaseKeeper lease;
        private final LiveRegistry registry;
        private final RecordSet records;
        private final List<String> failures = new ArrayList<>();
        private final List<String> created = new ArrayList<>();
        private final List<String> unlisted = new ArrayList<>();
        private int planned;
        private int written;
        private int removed;
        private long writingNanos;

        Passes(Claim claim, LeaseKeeper lease, LiveRegistry registry, RecordSet records) {
            this.claim = claim;
            this.lease = lease;
            this.registry = registry;
            this.records = records;
        }

        MigrationReport go(MigrationPlan first, List<Step> steps) throws IOException {
            createNamespaces(first);
            StepLog log = new StepLog(claim, steps);
            MigrationPlan plan = first;
            planned = first.writes();
            int needed = plan.writes();
            for (int pass = 1; pass <= MAX_PASSES && needed > 0; pass++) {
                failures.clear();
                try {
                    write(plan, log);
                    plan = next();
                } catch (UnreachableException e) {
                    log.flush();
                    return unknown(plan, e);
                }
                needed = plan.writes() - plan.unseen();
            }
            return judged(plan);
        }

        /** What is still to be written, once the target has had time to show what was. */
        private MigrationPlan next() throws IOException {
            return Settling.plan(
                    () -> planner(registry).plan(records, registry.read(progress), true),
                    failures.isEmpty());
        }

        private void createNamespaces(MigrationPlan plan) throws IOException {
            for (String id : registry.unlisted(plan.namespaces())) {
                lease.check();
                registry.createNamespace(id)
                        .ifPresentOrElse(
                                why ->
                                        unlisted.add(
                                                "namespace "
                                                        + id
                                                        + " is not shown by the console: "
                                                        + why),
                                () -> created.add(id));
            }
        }

        private void write(MigrationPlan plan, StepLog log) throws IOException {
            WorkRunner runner =
                    new WorkRunner(
                            registry.writer(settings.by()),
                            settings.perSecond(),
                            settings.toAccess().parallel(),
                            lease);
            long begun = System.nanoTime();
            progress.begins("writing " + settings.to(), plan.writes());
            try {
                runner.run(plan.work(), log::ended, progress);
            } finally {
                progress.ended();
                written += runner.written();
                removed += runner.removed();
                writingNanos += System.nanoTime() - begun;
                failures.addAll(runner.failures());
            }
            log.flush();
        }

        private MigrationReport unknown(MigrationPlan plan, UnreachableException e) {
            return report(
                    plan,
                    Verdict.UNKNOWN,
                    e.getMessage()
                            + ". "
                            + written
                            + " writes were acknowledged, the last ones may have arrived or not."
                            + " Resume: catamaran jobs resume "
                            + claim.jobId(),
                    List.of());
        }

        private MigrationReport judged(MigrationPlan plan) {
            List<Difference> left = differences(plan);
            long unlike =
                    left.stream().filter(one -> one.kind() != Difference.Kind.REMOVED).count();
            if (unlike > 0 || !failures.isEmpty()) {
                return report(
                        plan,
                        Verdict.FAILED,
                        unlike
                                + (left.size() == MAX_DIFFERENCES ? " or more" : "")
                                + " differences stayed at "
                                + registry.kind()
                                + ". Look at them, then resume: catamaran jobs resume "
                                + claim.jobId(),
                        left);
            }
            if (settings.mirror() && plan.kept() > 0) {
                return report(
                        plan,
                        Verdict.FAILED,
                        plan.kept()
                                + " records that only the target has were not removed: "
                                + plan.because()
                                + ". Look at them (--dry-run), then repeat with --confirm-deletes",
                        left);
            }
            return report(
                    plan,
                    Verdict.DONE,
                    "every record was read back from "
                            + registry.kind()
                            + " and is equal"
                            + (created.isEmpty()
                                    ? ""
                                    : "; namespaces created: " + String.join(", ", created)),
                    left);
        }

        private MigrationReport report(
                MigrationPlan plan, Verdict verdict, String because, List<Difference> left) {
            return new MigrationReport(
                    claim.jobId(),
                    verdict,
                    because,
                    counts(plan, planned, written, TimeUnit.NANOSECONDS.toMillis(writingNanos))
                            .removing(removed),
                    left,
                    Stream.concat(plan.notCarried().stream(), unlisted.stream()).toList(),
                    failures,
                    digests(plan));
        }
    }

    private static String alsoCreates(Set<String> namespaces) {
        return namespaces.isEmpty()
                ? ""
                : "; namespaces to be created: " + String.join(", ", namespaces);
    }

    private LiveServer target() {
        return new LiveServer(settings.to(), settings.toAccess().credentials());
    }

    /** Namespaces of the source are read whether the target lists them or not. */
    private LiveRegistry connect(LiveServer server, RecordSet records) throws IOException {
        return LiveRegistry.connect(
                server,
                settings.toAccess().alsoReading(records.namespaces()).namespaces(),
                settings.toAccess().parallel());
    }

    private Loaded source() throws IOException {
        Loaded loaded = SourceReader.read(settings.from(), settings.fromAccess(), progress);
        boolean empty =
                loaded instanceof Loaded.Records found
                        && found.records().table().recordCount() == 0;
        return settings.mirror() && empty
                ? new Loaded.Refused(
                        "the source holds no record at all, and --mirror would empty the target."
                                + " Look at the source (catamaran inspect), or leave --mirror out")
                : loaded;
    }

    private MigrationPlanner planner(LiveRegistry registry) {
        return new MigrationPlanner(registry.kind(), settings.mirror(), settings.limits());
    }

    /** What a run would change, or what it left; records that stay at the target are no part. */
    private List<Difference> differences(MigrationPlan plan) {
        return Diff.between(plan.present(), plan.wanted(), MAX_DIFFERENCES).stream()
                .filter(
                        difference ->
                                difference.kind() != Difference.Kind.REMOVED || settings.mirror())
                .toList();
    }

    private Counts counts(MigrationPlan plan, int written, long writingMs) {
        return counts(plan, plan.writes(), written, writingMs);
    }

    private Counts counts(MigrationPlan plan, int planned, int written, long writingMs) {
        return new Counts(
                plan.wanted().serviceCount(),
                plan.wanted().instanceCount(),
                planned,
                written,
                plan.kept(),
                plan.unseen(),
                0,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos),
                writingMs);
    }

    private static MigrationReport.Digests digests(MigrationPlan plan) {
        return new MigrationReport.Digests(
                plan.wanted().digest().hex(), plan.present().digest().hex());
    }
}
