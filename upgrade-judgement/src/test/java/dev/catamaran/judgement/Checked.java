package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Every step of every test goes through here: what must hold of any decision at all. */
final class Checked {

    private Checked() {}

    static Decision step(
            JudgeMemory memory, UpgradeState state, JudgeSettings settings, UpgradeEvent event) {
        Decision decision = Judge.step(memory, state, settings, event);
        String what = event + " in " + state + " gave " + decision;

        assertThat(Judge.step(memory, state, settings, event))
                .as("same again: " + what)
                .isEqualTo(decision);
        checkShape(state, decision, what);
        checkEpoch(state, decision, what);
        checkPath(state, decision.next(), what);
        checkAskedAgain(settings, event, decision, what);
        return decision;
    }

    private static void checkShape(UpgradeState state, Decision decision, String what) {
        assertThat(decision.because()).as(what).isNotEmpty();
        boolean changes = !decision.next().equals(state);
        List<Effect> effects = decision.effects();
        boolean commitFirst = !effects.isEmpty() && effects.get(0) instanceof Effect.Commit;
        assertThat(commitFirst).as("a change is committed first: " + what).isEqualTo(changes);
        long commits = effects.stream().filter(e -> e instanceof Effect.Commit).count();
        assertThat(commits).as(what).isEqualTo(changes ? 1 : 0);
        if (effects.stream().anyMatch(e -> e instanceof Effect.SealAndDrain)) {
            assertThat(decision.next().phase()).as(what).isEqualTo(Phase.FENCED);
        }
        switch (decision.verdict()) {
            case MOVED -> assertThat(decision.next().phase()).as(what).isNotEqualTo(state.phase());
            case NOTED -> {
                assertThat(changes).as(what).isTrue();
                assertThat(decision.next().phase()).as(what).isEqualTo(state.phase());
            }
            case STAYED -> assertThat(changes).as(what).isFalse();
            case REFUSED, WOULD_MOVE -> assertThat(effects).as(what).isEmpty();
        }
    }

    private static void checkEpoch(UpgradeState state, Decision decision, String what) {
        boolean moved = decision.verdict() == Verdict.MOVED;
        assertThat(decision.next().epoch()).as(what).isEqualTo(state.epoch() + (moved ? 1 : 0));
    }

    /** Never from one primary to the other without a fence, never out of FINALIZED. */
    private static void checkPath(UpgradeState before, UpgradeState after, String what) {
        if (before.phase() == Phase.FINALIZED) {
            assertThat(after).as("FINALIZED is final: " + what).isEqualTo(before);
        }
        if (before.primary().isPresent() && after.primary().isPresent()) {
            assertThat(after.primary()).as("two primaries: " + what).isEqualTo(before.primary());
        }
        if (before.held() && after.held() && before.phase() != Phase.FENCED) {
            assertThat(after).as("held: " + what).isEqualTo(before);
        }
    }

    /** What was done is not done again when the same event comes once more. */
    private static void checkAskedAgain(
            JudgeSettings settings, UpgradeEvent event, Decision decision, String what) {
        Decision again = Judge.step(decision.memory(), decision.next(), settings, event);
        assertThat(again.next())
                .as("asked again: " + what + ", then " + again)
                .isEqualTo(decision.next());
        assertThat(again.effects())
                .as("asked again: " + what + ", then " + again)
                .noneMatch(effect -> effect instanceof Effect.Commit);
    }
}
