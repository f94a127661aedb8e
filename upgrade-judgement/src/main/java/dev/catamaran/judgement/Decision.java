package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * What to become, what to do, and why.
 *
 * @param verdict what it comes to
 * @param next the state once the effects are done; the state as it was when nothing changes
 * @param memory what the deciding member must hand in with the next event
 * @param effects work, in order; a {@link Effect.Commit} stands first if the state changes
 * @param because reasons, the most telling first; never empty
 */
public record Decision(
        Verdict verdict,
        UpgradeState next,
        JudgeMemory memory,
        List<Effect> effects,
        List<Reason> because) {

    public Decision {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(next, "next is null");
        requireNonNull(memory, "memory is null");
        effects = List.copyOf(effects);
        because = List.copyOf(because);
        if (because.isEmpty()) {
            throw new IllegalArgumentException("a decision without a reason");
        }
    }

    static Decision stay(
            UpgradeState state, JudgeMemory memory, List<Reason> because, Effect... effects) {
        return new Decision(Verdict.STAYED, state, memory, List.of(effects), because);
    }

    static Decision refuse(UpgradeState state, JudgeMemory memory, List<Reason> because) {
        return new Decision(Verdict.REFUSED, state, memory, List.of(), because);
    }

    /** The commit comes first: a crash may repeat the rest, but never forgets a phase. */
    static Decision change(
            UpgradeState from, UpgradeState to, JudgeMemory memory, List<Reason> because) {
        Stream<Effect> commit = Stream.of(new Effect.Commit(from, to, line(because)));
        Stream<Effect> work =
                to.fence().isPresent()
                        ? Stream.of(new Effect.SealAndDrain(to.epoch(), to.readable()))
                        : Stream.empty();
        Verdict verdict = to.epoch() == from.epoch() ? Verdict.NOTED : Verdict.MOVED;
        return new Decision(verdict, to, memory, Stream.concat(commit, work).toList(), because);
    }

    /** What a dry run answers for {@code wet}: nothing to do, nothing changed. */
    static Decision dry(UpgradeState state, JudgeMemory memory, Decision wet) {
        Verdict verdict = wet.verdict() == Verdict.MOVED ? Verdict.WOULD_MOVE : wet.verdict();
        return new Decision(verdict, state, memory, List.of(), wet.because());
    }

    /** This decision with another memory, and with the times at which its reasons began. */
    Decision remembering(JudgeMemory now) {
        return new Decision(verdict, next, now, effects, Since.stamp(now, because));
    }

    private static String line(List<Reason> because) {
        Reason first = because.get(0);
        return first.rule().id() + ": " + first.evidence();
    }
}
