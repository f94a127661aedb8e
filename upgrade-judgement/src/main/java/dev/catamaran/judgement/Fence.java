package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

/**
 * The switch a fence was put up for.
 *
 * @param from phase to fall back to when the switch cannot be completed in time
 * @param to phase the switch leads to
 */
public record Fence(Phase from, Phase to) {
    public Fence {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        boolean known =
                (from == Phase.MIRRORING && to == Phase.JRAFT)
                        || (from == Phase.JRAFT
                                && (to == Phase.MIRRORING || to == Phase.FINALIZED));
        if (!known) {
            throw new IllegalArgumentException("no switch leads from " + from + " to " + to);
        }
    }
}
