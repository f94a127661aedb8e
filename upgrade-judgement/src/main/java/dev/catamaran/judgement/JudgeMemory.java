package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the deciding member has to remember between events and may forget without harm: forgetting
 * only makes it wait again. Times are of that member's monotonic clock.
 *
 * @param oldSince members that a majority of ours sees as old without a break, by address
 * @param fenceSince when the fence that is up was first seen
 * @param fellBack the last fence that fell back
 * @param standing since when each reason has held the cluster without a break
 */
public record JudgeMemory(
        Map<String, OldSince> oldSince,
        Optional<FenceSince> fenceSince,
        Optional<FellBack> fellBack,
        Map<Subject, Long> standing) {

    public static final JudgeMemory EMPTY =
            new JudgeMemory(Map.of(), Optional.empty(), Optional.empty(), Map.of());

    /**
     * What a reason is about: two reasons of one subject are the same one at two moments.
     *
     * @param rule which rule speaks
     * @param step the phase whose way it is about
     * @param member the member it is about
     */
    public record Subject(Rule rule, Optional<Phase> step, Optional<String> member) {
        public Subject {
            requireNonNull(rule, "rule is null");
            requireNonNull(step, "step is null");
            requireNonNull(member, "member is null");
        }

        static Subject of(Reason reason) {
            return new Subject(reason.rule(), reason.step(), reason.member());
        }
    }

    /**
     * A member seen as old.
     *
     * @param sinceMs when it was first seen as old
     * @param seenMs when it was last looked at
     * @param wordAtMs when the last word came from it
     * @param words how many words came from it since
     */
    public record OldSince(long sinceMs, long seenMs, long wordAtMs, int words) {}

    /**
     * A fence that is up.
     *
     * @param epoch epoch of the fence
     * @param sinceMs when it was first seen
     */
    public record FenceSince(long epoch, long sinceMs) {}

    /**
     * A fence that did not lead anywhere.
     *
     * @param epoch epoch of the fence
     * @param to where it was to lead
     * @param atMs when it fell back
     * @param reason why
     */
    public record FellBack(long epoch, Phase to, long atMs, Reason reason) {}

    public JudgeMemory {
        requireNonNull(fenceSince, "fenceSince is null");
        requireNonNull(fellBack, "fellBack is null");
        oldSince = Map.copyOf(oldSince);
        standing = Map.copyOf(standing);
    }

    JudgeMemory withOld(SortedMap<String, OldSince> old) {
        return new JudgeMemory(new TreeMap<>(old), fenceSince, fellBack, standing);
    }

    JudgeMemory withFence(long epoch, long sinceMs) {
        return new JudgeMemory(
                oldSince, Optional.of(new FenceSince(epoch, sinceMs)), fellBack, standing);
    }

    JudgeMemory withFellBack(FellBack last) {
        return new JudgeMemory(oldSince, Optional.empty(), Optional.of(last), standing);
    }

    JudgeMemory withoutFence() {
        return new JudgeMemory(oldSince, Optional.empty(), fellBack, standing);
    }

    /** After a switch that went through nobody needs to know of earlier ones that did not. */
    JudgeMemory switched() {
        return new JudgeMemory(oldSince, Optional.empty(), Optional.empty(), standing);
    }

    JudgeMemory withStanding(Map<Subject, Long> reasons) {
        return new JudgeMemory(oldSince, fenceSince, fellBack, reasons);
    }
}
