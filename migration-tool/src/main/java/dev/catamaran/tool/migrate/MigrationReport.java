package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.reconcile.Difference;
import java.util.List;

/**
 * How a migration ended, or what it would do.
 *
 * @param jobId its job in the journal; empty for a dry run
 * @param verdict how it ended
 * @param because one line on it, with what to do next
 * @param counts of records and writes
 * @param differences the first places where source and target differ: for a dry run those that
 *     would go, for a run those that stayed
 * @param lost what the target has no place for
 * @param failures the first writes that the target refused
 * @param digests of the wanted and the reached records
 */
public record MigrationReport(
        String jobId,
        Verdict verdict,
        String because,
        Counts counts,
        List<Difference> differences,
        List<String> lost,
        List<String> failures,
        Digests digests) {

    /** How it ended. */
    public enum Verdict {
        /** The target holds what the source holds, read back record by record. */
        DONE,
        /** Nothing was written, because that was asked for. */
        DRY_RUN,
        /** Something is different. */
        FAILED,
        /** Nothing was written, for a reason. */
        REFUSED,
        /** What was written last may have arrived or not. */
        UNKNOWN
    }

    /**
     * Numbers.
     *
     * @param services of the source
     * @param instances of the source, persistent ones
     * @param planned single writes that were needed
     * @param written single writes that were acknowledged
     * @param kept records that only the target has and that stay
     * @param unseen clusters that the target took but does not show
     * @param removed instances and services that only the target had and that went, or would go
     * @param millis how long it took
     * @param writingMillis how long the writing alone took
     */
    public record Counts(
            int services,
            int instances,
            int planned,
            int written,
            int kept,
            int unseen,
            int removed,
            long millis,
            long writingMillis) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

        Counts removing(int some) {
            return new Counts(
                    services,
                    instances,
                    planned,
                    written,
                    kept,
                    unseen,
                    some,
                    millis,
                    writingMillis);
        }

        /** Acknowledged writes per second of writing. */
        public double perSecond() {
            return writingMillis == 0 ? 0 : 1000.0 * written / writingMillis;
        }
    }

    /** Digests of what was wanted and what was read back; empty if not known. */
    public record Digests(String wanted, String reached) {}

    /** The same report, of this job. */
    MigrationReport of(String job) {
        return new MigrationReport(
                job, verdict, because, counts, differences, lost, failures, digests);
    }

    public MigrationReport {
        requireNonNull(jobId, "jobId is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(because, "because is null");
        differences = List.copyOf(differences);
        lost = List.copyOf(lost);
        failures = List.copyOf(failures);
    }

    /** A run that ended before it had planned anything. */
    static MigrationReport early(Verdict verdict, String because) {
        return new MigrationReport(
                "",
                verdict,
                because,
                Counts.NONE,
                List.of(),
                List.of(),
                List.of(),
                new Digests("", ""));
    }
}
