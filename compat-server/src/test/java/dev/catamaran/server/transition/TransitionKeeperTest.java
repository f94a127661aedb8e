package dev.catamaran.server.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.TransitionView.Knowledge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransitionKeeperTest {

    private static final UpgradeState MIRRORING = UpgradeState.START.movedTo(Phase.MIRRORING);

    private final ManualGroup group = new ManualGroup();
    private final List<TransitionState> saved = new CopyOnWriteArrayList<>();
    private final AtomicBoolean diskFull = new AtomicBoolean();
    private TransitionKeeper keeper = keeper(new SavedState.Absent());

    @AfterEach
    void close() {
        keeper.close();
    }

    @Test
    void whoHearsFromAMajorityThatNobodyDecidedIsInLegacyAndMayWrite() {
        group.quorum(false);
        keeper.start();

        keeper.nobodyHasDecided();
        await().until(() -> keeper.view().knowledge() == Knowledge.NEVER_DECIDED);
        assertThat(keeper.view().upgrade()).isEqualTo(UpgradeState.START);
        assertThat(keeper.view().mayWrite()).isTrue();
        assertThat(keeper.confirm(Duration.ofSeconds(1)).join().upgrade())
                .isEqualTo(UpgradeState.START);
    }

    @Test
    void whoIsNewAndHasHeardNobodyTakesNothingForGranted() {
        group.quorum(false);
        keeper.start();

        assertThat(keeper.view().knowledge()).isEqualTo(Knowledge.UNHEARD);
        assertThat(keeper.view().phaseKnown()).isFalse();
        assertThat(keeper.view().mayWrite()).isFalse();
        assertThat(keeper.confirm(Duration.ofSeconds(1)))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class);

        group.quorum(true);
        await().until(() -> keeper.view().knowledge() == Knowledge.NEVER_DECIDED);
    }

    @Test
    void aWordThatNobodyDecidedUndoesNoLoss() {
        group.quorum(false);
        keeper.start();
        keeper.othersHaveDecided();
        await().until(() -> keeper.view().knowledge() == Knowledge.LOST);

        keeper.nobodyHasDecided();
        assertThat(keeper.lastApplied().revision()).as("asked behind it").isZero();
        assertThat(keeper.view().knowledge()).isEqualTo(Knowledge.LOST);
    }

    @Test
    void aSavedStateIsReadOnlyUntilTheGroupConfirmsIt() {
        group.quorum(false);
        keeper = keeper(new SavedState.Present(state(4, MIRRORING)));
        keeper.start();

        assertThat(keeper.view().upgrade().phase()).isEqualTo(Phase.MIRRORING);
        assertThat(keeper.view().mayWrite()).isFalse();
        assertThat(keeper.confirm(Duration.ofSeconds(1)))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("no quorum");

        group.apply(state(4, MIRRORING));
        group.quorum(true);
        await().until(() -> keeper.view().knowledge() == Knowledge.APPLIED);
        assertThat(keeper.view().mayWrite()).isTrue();
    }

    @Test
    void whoFindsADecisionInItsHomeSaysSoBeforeTheGroupHasSaidAnything() {
        assertThat(keeper.view().decisionExists()).as("an empty home").isFalse();
        keeper.close();
        keeper = keeper(new SavedState.Present(state(4, MIRRORING)));
        assertThat(keeper.view().decisionExists()).as("a saved state").isTrue();
        keeper.close();
        keeper = keeper(new SavedState.Lost("torn"));
        assertThat(keeper.view().decisionExists()).as("a lost one").isTrue();
    }

    @Test
    void aReplayedOldEntryDoesNotOverwriteASavedNewerOne() {
        group.quorum(false);
        keeper = keeper(new SavedState.Present(state(4, MIRRORING)));
        keeper.start();

        group.apply(state(1, UpgradeState.START));
        group.apply(state(5, MIRRORING.movedTo(Phase.LEGACY)));
        await().until(() -> keeper.view().upgrade().phase() == Phase.LEGACY);

        assertThat(saved).extracting(TransitionState::revision).containsExactly(5L);
    }

    @Test
    void aTornStateIsNotTakenForNeverDecided() {
        group.quorum(false);
        keeper = keeper(new SavedState.Lost("torn"));
        keeper.start();

        assertThat(keeper.view().knowledge()).isEqualTo(Knowledge.LOST);
        assertThat(keeper.view().phaseKnown()).isFalse();
        assertThat(keeper.view().mayWrite()).isFalse();
        assertThat(keeper.confirm(Duration.ofSeconds(1)))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class);
    }

    @Test
    void whoHearsThatOthersHaveDecidedDoesNotTakeItselfForNeverDecided() {
        group.quorum(false);
        keeper.start();
        keeper.nobodyHasDecided();
        await().until(() -> keeper.view().mayWrite());

        keeper.othersHaveDecided();
        await().until(() -> keeper.view().knowledge() == Knowledge.LOST);
        assertThat(keeper.view().mayWrite()).isFalse();
        assertThat(keeper.confirm(Duration.ofSeconds(1)))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class);

        group.apply(state(4, MIRRORING));
        group.quorum(true);
        await().until(() -> keeper.view().knowledge() == Knowledge.APPLIED);
        keeper.othersHaveDecided();
        assertThat(keeper.view().mayWrite()).isTrue();
    }

    @Test
    void aLostStateIsToldByTheGroupAndSavedAnew() {
        group.quorum(false);
        keeper = keeper(new SavedState.Lost("torn"));
        keeper.start();

        group.apply(state(3, UpgradeState.START));
        group.apply(state(4, MIRRORING));
        assertThat(keeper.confirm(Duration.ofSeconds(1)))
                .as("asked behind them")
                .failsWithin(Duration.ofSeconds(5));
        assertThat(keeper.view().phaseKnown()).as("replayed, perhaps old").isFalse();
        assertThat(saved).isEmpty();

        group.quorum(true);
        await().until(() -> keeper.view().knowledge() == Knowledge.APPLIED);
        assertThat(keeper.view().upgrade().phase()).isEqualTo(Phase.MIRRORING);
        assertThat(saved).extracting(TransitionState::revision).containsExactly(4L);
    }

    @Test
    void whoHoldsNothingTakesAReplayedEntryForASignAndNotForThePhase() {
        group.quorum(false);
        keeper.start();

        group.apply(state(1, UpgradeState.START));
        await().until(() -> keeper.view().knowledge() == Knowledge.LOST);
        assertThat(keeper.view().phaseKnown()).isFalse();
        assertThat(keeper.view().decisionExists()).isTrue();
        assertThat(saved).isEmpty();
    }

    @Test
    void finalizedServesWithoutTheGroup() {
        group.quorum(false);
        UpgradeState jraft = MIRRORING.fencedFor(Phase.JRAFT).movedTo(Phase.JRAFT);
        UpgradeState last = jraft.fencedFor(Phase.FINALIZED).movedTo(Phase.FINALIZED);
        keeper = keeper(new SavedState.Present(state(9, last)));
        keeper.start();

        assertThat(keeper.view().knowledge()).isEqualTo(Knowledge.FINAL);
        assertThat(keeper.view().mayWrite()).isTrue();
        assertThat(keeper.confirm(Duration.ofMillis(1)).join().upgrade()).isEqualTo(last);
    }

    @Test
    void aStateThatCannotBeSavedIsNotActedOn() {
        group.apply(state(1, UpgradeState.START));
        keeper.start();
        await().until(() -> keeper.view().knowledge() == Knowledge.APPLIED);

        List<String> helpless = new CopyOnWriteArrayList<>();
        keeper.onNotSaved(helpless::add);
        diskFull.set(true);
        group.apply(state(2, MIRRORING));
        await("whoever cannot save lets go of what it leads, until it can")
                .atMost(Duration.ofSeconds(10))
                .until(() -> helpless.size() >= 2);
        assertThat(helpless).containsOnly("state-not-saved");
        assertThat(keeper.confirm(Duration.ofSeconds(1)))
                .as("a leader that cannot save what it asked for must not go on as before")
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("revision 2 is committed");
        assertThat(keeper.view().upgrade().epoch()).isZero();
        assertThat(keeper.notSaved()).contains("epoch 1: No space left on device");

        diskFull.set(false);
        await().atMost(Duration.ofSeconds(5)).until(() -> keeper.view().upgrade().epoch() == 1);
        assertThat(keeper.notSaved()).isEmpty();
    }

    private TransitionKeeper keeper(SavedState found) {
        return new TransitionKeeper(group, this::save, found);
    }

    private void save(TransitionState state) throws IOException {
        if (diskFull.get()) {
            throw new IOException("No space left on device");
        }
        saved.add(state);
    }

    private static TransitionState state(long revision, UpgradeState upgrade) {
        return new TransitionState("c1", revision, upgrade, StackPosition.NONE, "", "test");
    }
}
