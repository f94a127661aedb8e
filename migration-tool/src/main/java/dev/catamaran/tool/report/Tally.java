package dev.catamaran.tool.report;

import dev.catamaran.tool.history.Finding;
import java.util.Collection;
import java.util.List;

/**
 * Numbers of the whole rehearsal; records count once, however often their loss shows.
 *
 * @param lost records with an acknowledged write that is gone, or that the home held and that are
 *     gone or changed
 * @param resurrected removed records that are back
 * @param duplicated records that appear more than once
 * @param phantom records in a state that nobody wrote, or that nobody created
 * @param backwards readings that showed an older state than before from the same running member
 * @param late writes of unknown outcome that took effect after a later acknowledged one
 */
public record Tally(
        long lost, long resurrected, long duplicated, long phantom, long backwards, long late) {

    /** Counts findings, and those of the home's own records. */
    public static Tally of(Collection<Finding> findings, List<BaseFinding> base) {
        return new Tally(
                records(findings, Finding.Kind.LOST)
                        + base.stream()
                                .filter(finding -> !finding.added())
                                .map(BaseFinding::record)
                                .distinct()
                                .count(),
                records(findings, Finding.Kind.RESURRECTED),
                records(findings, Finding.Kind.DUPLICATED),
                records(findings, Finding.Kind.PHANTOM)
                        + base.stream()
                                .filter(BaseFinding::added)
                                .map(BaseFinding::record)
                                .distinct()
                                .count(),
                findings.stream().filter(f -> f.kind() == Finding.Kind.BACKWARDS).count(),
                records(findings, Finding.Kind.LATE));
    }

    /** Whether the promise was kept. */
    public boolean isClean() {
        return lost + resurrected + duplicated + phantom == 0;
    }

    private static long records(Collection<Finding> findings, Finding.Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .map(Finding::record)
                .distinct()
                .count();
    }
}
