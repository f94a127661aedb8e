package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.FenceEvidence;
import dev.catamaran.server.stack.StackPosition;
import java.util.Optional;

/**
 * What came of an attempt to bring both stacks together behind a fence.
 *
 * @param epoch epoch of the fence
 * @param sealed whether every group of the old primary was sealed
 * @param drained whether the mirror copied everything up to the sealed positions
 * @param equal whether the digests were equal then
 * @param digest the common digest; empty unless equal
 * @param positions positions of all groups of both stacks at that point
 * @param problem why it is not complete; empty when it is
 */
public record FenceOutcome(
        long epoch,
        boolean sealed,
        boolean drained,
        boolean equal,
        String digest,
        StackPosition positions,
        String problem) {
    public FenceOutcome {
        requireNonNull(digest, "digest is null");
        requireNonNull(positions, "positions is null");
        requireNonNull(problem, "problem is null");
    }

    /** What the judge is told of it. */
    FenceEvidence evidence() {
        return new FenceEvidence(
                epoch,
                sealed,
                drained,
                drained ? Optional.of(equal) : Optional.empty(),
                equal || problem.isEmpty() ? Optional.empty() : Optional.of(problem));
    }
}
