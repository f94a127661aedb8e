package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.MemberEvidence.Kind;
import dev.catamaran.judgement.MemberEvidence.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.assertj.core.description.Description;
import org.assertj.core.description.LazyTextDescription;

/** Every step of every test goes through here: what must hold of any decision at all. */
final class Checked {

    private Checked() {}

    static Decision step(
            JudgeMemory memory, UpgradeState state, JudgeSettings settings, UpgradeEvent event) {
        Decision decision = Judge.step(memory, state, settings, event);
        Supplier<String> what = () -> event + " in " + state + " gave " + decision;

        assertThat(Judge.step(memory, state, settings, event))
                .as(say("same again", what))
                .isEqualTo(decision);
        checkShape(state, decision, what);
        checkEpoch(state, decision, what);
        checkPath(state, decision.next(), what);
        checkSwitch(state, event, decision, what);
        checkWayUp(state, settings, event, decision, what);
        checkAskedAgain(settings, event, decision, what);
        return decision;
    }

    private static void checkShape(UpgradeState state, Decision decision, Supplier<String> what) {
        assertThat(decision.because()).as(say("", what)).isNotEmpty();
        boolean changes = !decision.next().equals(state);
        List<Effect> effects = decision.effects();
        boolean commitFirst = !effects.isEmpty() && effects.get(0) instanceof Effect.Commit;
        assertThat(commitFirst).as(say("a change is committed first", what)).isEqualTo(changes);
        long commits = effects.stream().filter(e -> e instanceof Effect.Commit).count();
        assertThat(commits).as(say("", what)).isEqualTo(changes ? 1 : 0);
        if (effects.stream().anyMatch(e -> e instanceof Effect.SealAndDrain)) {
            assertThat(decision.next().phase()).as(say("", what)).isEqualTo(Phase.FENCED);
        }
        switch (decision.verdict()) {
            case MOVED ->
                    assertThat(decision.next().phase())
                            .as(say("", what))
                            .isNotEqualTo(state.phase());
            case NOTED -> {
                assertThat(changes).as(say("", what)).isTrue();
                assertThat(decision.next().phase()).as(say("", what)).isEqualTo(state.phase());
            }
            case STAYED -> assertThat(changes).as(say("", what)).isFalse();
            case REFUSED, WOULD_MOVE -> assertThat(effects).as(say("", what)).isEmpty();
        }
    }

    private static void checkEpoch(UpgradeState state, Decision decision, Supplier<String> what) {
        boolean moved = decision.verdict() == Verdict.MOVED;
        assertThat(decision.next().epoch())
                .as(say("", what))
                .isEqualTo(state.epoch() + (moved ? 1 : 0));
    }

    /** Never from one primary to the other without a fence, never out of FINALIZED. */
    private static void checkPath(UpgradeState before, UpgradeState after, Supplier<String> what) {
        if (before.phase() == Phase.FINALIZED) {
            assertThat(after).as(say("FINALIZED is final", what)).isEqualTo(before);
        }
        if (before.primary().isPresent() && after.primary().isPresent()) {
            assertThat(after.primary()).as(say("two primaries", what)).isEqualTo(before.primary());
        }
        if (before.held() && after.held() && before.phase() != Phase.FENCED) {
            assertThat(after).as(say("held", what)).isEqualTo(before);
        }
    }

    /** What was done is not done again when the same event comes once more. */
    private static void checkAskedAgain(
            JudgeSettings settings, UpgradeEvent event, Decision decision, Supplier<String> what) {
        Decision again = Judge.step(decision.memory(), decision.next(), settings, event);
        assertThat(again.next()).as(say("asked again", what)).isEqualTo(decision.next());
        assertThat(again.effects())
                .as(say("asked again", what))
                .noneMatch(effect -> effect instanceof Effect.Commit);
    }

    /** A switch goes through on one thing only: a complete report under its own epoch. */
    private static void checkSwitch(
            UpgradeState state, UpgradeEvent event, Decision decision, Supplier<String> what) {
        Optional<Phase> to = state.fence().map(Fence::to);
        if (to.isEmpty() || decision.next().phase() != to.get()) {
            return;
        }
        assertThat(event).as(say("", what)).isInstanceOf(UpgradeEvent.FenceReported.class);
        FenceEvidence evidence = ((UpgradeEvent.FenceReported) event).evidence();
        assertThat(evidence).as(say("", what)).isEqualTo(FenceEvidence.complete(state.epoch()));
        assertThat(state.held()).as(say("", what)).isFalse();
    }

    /** Nothing goes up past MIRRORING unless every planned member stands there, ours and fresh. */
    private static void checkWayUp(
            UpgradeState state,
            JudgeSettings settings,
            UpgradeEvent event,
            Decision decision,
            Supplier<String> what) {
        Optional<Phase> to = decision.next().fence().map(Fence::to);
        if (state.phase() == Phase.FENCED || to.isEmpty() || to.get() == Phase.MIRRORING) {
            return;
        }
        ClusterView cluster =
                event instanceof UpgradeEvent.Observed observed
                        ? observed.cluster()
                        : ((UpgradeEvent.Ordered) event).cluster();
        assertThat(cluster.members()).as(say("", what)).hasSameSizeAs(cluster.planned());
        for (String address : cluster.planned()) {
            MemberEvidence member = cluster.member(address).orElseThrow();
            assertThat(member.kind()).as(say("", what)).isEqualTo(Kind.CATAMARAN);
            assertThat(member.epoch()).as(say("", what)).isEqualTo(OptionalLong.of(state.epoch()));
            assertThat(member.state()).as(say("", what)).isIn(State.UP, State.UNTRIED);
            assertThat(member.word().orElseThrow().ageMs())
                    .as(say("", what))
                    .isLessThanOrEqualTo(settings.reportIntervalMs() * 3);
        }
    }

    private static Description say(String rule, Supplier<String> what) {
        return new LazyTextDescription(() -> rule + ": " + what.get());
    }
}
