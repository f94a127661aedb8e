package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

/** Work for the shell, done in list order. Each may be done twice. */
public sealed interface Effect {

    /**
     * Put {@code next} into the transition group if it still holds {@code expected}; what follows
     * in the list is done only if that succeeded. Always the first effect. If the outcome is
     * unknown or another entry came first, judge again from what the group holds; the decision's
     * memory stays good in any case.
     *
     * @param because one line for the log: why, and on whose word
     */
    record Commit(UpgradeState expected, UpgradeState next, String because) implements Effect {
        public Commit {
            requireNonNull(expected, "expected is null");
            requireNonNull(next, "next is null");
            requireNonNull(because, "because is null");
        }
    }

    /**
     * Seal every group of the old primary under the fence of {@code epoch}, drain the mirror up to
     * the sealed positions, compare digests, and report each step as {@link
     * UpgradeEvent.FenceReported}. Asked for again while the fence is up: start it once per epoch.
     */
    record SealAndDrain(long epoch, Stack primary) implements Effect {
        public SealAndDrain {
            requireNonNull(primary, "primary is null");
        }
    }
}
