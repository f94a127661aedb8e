package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How far the work behind a fence has come.
 *
 * @param epoch epoch of the fence the work was done under
 * @param sealed whether the leader of every group of the old primary has applied the fence, drained
 *     its writes in flight and confirmed its leadership by a quorum
 * @param drained whether the mirror has carried over everything up to the sealed positions
 * @param digestsEqual digests of both stacks after the drain: equal or not; empty when not compared
 *     yet
 * @param problem what went wrong for good in this attempt, in an operator's words; empty while
 *     there is hope
 */
public record FenceEvidence(
        long epoch,
        boolean sealed,
        boolean drained,
        Optional<Boolean> digestsEqual,
        Optional<String> problem) {

    public FenceEvidence {
        requireNonNull(digestsEqual, "digestsEqual is null");
        requireNonNull(problem, "problem is null");
    }

    /** Nothing done yet. */
    public static FenceEvidence begun(long epoch) {
        return new FenceEvidence(epoch, false, false, Optional.empty(), Optional.empty());
    }

    /** Sealed, drained and equal. */
    public static FenceEvidence complete(long epoch) {
        return new FenceEvidence(epoch, true, true, Optional.of(true), Optional.empty());
    }

    /** Failed for good. */
    public static FenceEvidence failed(long epoch, String problem) {
        return new FenceEvidence(epoch, false, false, Optional.empty(), Optional.of(problem));
    }
}
