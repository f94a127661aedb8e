package dev.catamaran.legacyraft.shared;

import static java.util.Objects.requireNonNull;

import dev.catamaran.legacyraft.core.CoreSettings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who takes part, how long they wait, and how much a beat may delete.
 *
 * @param core addresses and waits; those of 1.x are {@link CoreSettings#of}
 * @param limits what is held back
 * @param defences all of them, but in tests
 */
public record SharedSettings(CoreSettings core, DeleteLimits limits, Set<Defence> defences) {

    /**
     * How much one beat may delete at once.
     *
     * @param keys more keys than this are held back
     * @param percent a larger share of what is held is held back, if it is three keys or more
     * @param neverPercent a larger share is never believed without an operator
     * @param beats beats in a row, of one leader, that must say the same before it is asked
     */
    public record DeleteLimits(int keys, int percent, int neverPercent, int beats) {

        /** Twenty keys, a fifth, a half, three beats. */
        public static final DeleteLimits USUAL = new DeleteLimits(20, 20, 50, 3);

        public DeleteLimits {
            if (keys < 0 || percent < 0 || neverPercent < percent || beats < 1) {
                throw new IllegalArgumentException(
                        "limits must be positive and the second share not below the first: "
                                + keys
                                + ", "
                                + percent
                                + ", "
                                + neverPercent
                                + ", "
                                + beats);
            }
        }
    }

    public SharedSettings {
        requireNonNull(core, "core is null");
        requireNonNull(limits, "limits is null");
        defences = Collections.unmodifiableSet(EnumSet.copyOf(defences));
    }

    /** All defences and the usual limits. */
    public static SharedSettings of(CoreSettings core) {
        return new SharedSettings(core, DeleteLimits.USUAL, EnumSet.allOf(Defence.class));
    }

    /** What a test runs to see what the defence is for. */
    SharedSettings without(Defence defence) {
        EnumSet<Defence> rest = EnumSet.copyOf(defences);
        rest.remove(defence);
        return new SharedSettings(core, limits, rest);
    }
}
