package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteOrigin.Kind;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionView.Knowledge;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final UpgradeState MIRRORING = FixedWatch.in(Phase.MIRRORING, 5);
    private static final UpgradeState JRAFT = FixedWatch.in(Phase.JRAFT, 5);

    @Test
    void clientsWriteOnlyWhileJRaftIsPrimary() {
        for (Phase phase : Phase.values()) {
            UpgradeState state =
                    phase == Phase.FENCED
                            ? JRAFT.fencedFor(Phase.MIRRORING)
                            : FixedWatch.in(phase, 6);
            boolean open = phase == Phase.JRAFT || phase == Phase.FINALIZED;

            assertThat(allowed(state, Optional.of(new WriteOrigin(Kind.CLIENT, 6)), 0))
                    .as(phase.name())
                    .isEqualTo(open);
            assertThat(allowed(state, Optional.empty(), 0)).as("peer " + phase).isEqualTo(open);
        }
    }

    @Test
    void theMirrorWritesWhileItCopiesFromLegacyAndWhileThatFenceDrains() {
        WriteOrigin mirror = new WriteOrigin(Kind.MIRROR, 5);
        WriteOrigin drain = new WriteOrigin(Kind.MIRROR, 6);

        assertThat(allowed(MIRRORING, Optional.of(mirror), 0)).isTrue();
        assertThat(allowed(MIRRORING.fencedFor(Phase.JRAFT), Optional.of(drain), 6)).isTrue();
        assertThat(allowed(JRAFT.fencedFor(Phase.MIRRORING), Optional.of(drain), 0)).isFalse();
        assertThat(allowed(JRAFT, Optional.of(mirror), 0)).isFalse();
        assertThat(allowed(FixedWatch.in(Phase.LEGACY, 5), Optional.of(mirror), 0)).isFalse();
    }

    @Test
    void anotherEpochIsRefusedInBothDirections() {
        for (Kind kind : Kind.values()) {
            UpgradeState state = kind == Kind.CLIENT ? JRAFT : MIRRORING;
            assertThat(allowed(state, Optional.of(new WriteOrigin(kind, 4)), 0)).isFalse();
            assertThat(allowed(state, Optional.of(new WriteOrigin(kind, 5)), 0)).isTrue();
            assertThat(allowed(state, Optional.of(new WriteOrigin(kind, 6)), 0)).isFalse();
        }
    }

    @Test
    void aSealEndsTheWritesOfTheEpochsBelow() {
        WriteOrigin client = new WriteOrigin(Kind.CLIENT, 5);

        assertThat(allowed(JRAFT, Optional.of(client), 5)).isTrue();
        assertThat(allowed(JRAFT, Optional.of(client), 6)).isFalse();
        assertThat(allowed(JRAFT, Optional.empty(), 6)).isFalse();
        WriteOrigin mirror = new WriteOrigin(Kind.MIRROR, 5);
        assertThat(allowed(MIRRORING, Optional.of(mirror), 6)).isFalse();
    }

    @Test
    void whoHasNotConfirmedTheEpochTakesNothing() {
        TransitionView unsure =
                new TransitionView(JRAFT, StackPosition.NONE, Knowledge.UNCONFIRMED);

        assertThat(Gate.refusal(unsure, Optional.of(new WriteOrigin(Kind.CLIENT, 5)), 0))
                .isPresent();
        assertThat(Gate.refusal(unsure, Optional.empty(), 0)).isPresent();
    }

    private static boolean allowed(UpgradeState state, Optional<WriteOrigin> origin, long sealed) {
        TransitionView view = new TransitionView(state, StackPosition.NONE, Knowledge.APPLIED);
        return Gate.refusal(view, origin, sealed).isEmpty();
    }
}
