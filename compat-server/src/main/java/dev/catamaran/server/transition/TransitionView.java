package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;

/**
 * What this member acts on, published as one immutable value. It is owned by the transition
 * package; stacks and writers only read it.
 *
 * @param upgrade phase, epoch, fence, hold as this member has applied and saved them
 * @param readFrom positions the primary had at the last switch; reads of it wait for them
 * @param knowledge how sure this member may be
 */
public record TransitionView(UpgradeState upgrade, StackPosition readFrom, Knowledge knowledge) {

    /** How a member knows its phase. */
    public enum Knowledge {
        /** Applied from the transition group since this process started. */
        APPLIED,
        /** FINALIZED by the member's own saved state; needs no group any more. */
        FINAL,
        /** Nobody in this cluster has ever seen a quorum of the group: LEGACY, epoch 0. */
        NEVER_DECIDED,
        /**
         * Its home holds no state, and too few others have said yet whether they hold one: it may
         * be new in a cluster that decided long ago. The phase is not known; nothing is served.
         */
        UNHEARD,
        /** A saved state exists but the group has not confirmed it: reads only. */
        UNCONFIRMED,
        /**
         * There was a saved state and it cannot be read, or there is none and other members have
         * one; the group has not said yet what it is. The phase is not known; nothing is served.
         */
        LOST
    }

    public TransitionView {
        requireNonNull(upgrade, "upgrade is null");
        requireNonNull(readFrom, "readFrom is null");
        requireNonNull(knowledge, "knowledge is null");
    }

    /** Whether this member may take part in writes. */
    public boolean mayWrite() {
        return switch (knowledge) {
            case APPLIED, FINAL, NEVER_DECIDED -> true;
            case UNHEARD, UNCONFIRMED, LOST -> false;
        };
    }

    /**
     * Whether the group has decided anything, as far as this member knows. What its home holds
     * counts from the first moment: one that asks then, and holds nothing itself, must not take
     * this cluster for one that never decided.
     */
    public boolean decisionExists() {
        return switch (knowledge) {
            case APPLIED, FINAL, UNCONFIRMED, LOST -> true;
            case NEVER_DECIDED, UNHEARD -> false;
        };
    }

    /** Whether {@link #upgrade} says anything: a lost state is not LEGACY. */
    public boolean phaseKnown() {
        return switch (knowledge) {
            case APPLIED, FINAL, NEVER_DECIDED, UNCONFIRMED -> true;
            case UNHEARD, LOST -> false;
        };
    }
}
