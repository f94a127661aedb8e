package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Java 17 cannot check sealed types in a switch, so this does. */
class CompletenessTest {

    @Test
    void everyKindOfEventHasARuleInEveryPhase() {
        for (Phase phase : Phase.values()) {
            Scene scene = Scene.in(phase);
            List<UpgradeEvent> oneOfEach =
                    List.of(
                            new UpgradeEvent.Observed(1, scene.cluster(), scene.mirror),
                            new UpgradeEvent.Ordered(
                                    1, new Order.Release("anna"), scene.cluster(), scene.mirror),
                            new UpgradeEvent.FenceReported(1, FenceEvidence.complete(1)));

            assertThat(kinds(oneOfEach))
                    .containsExactlyInAnyOrder(UpgradeEvent.class.getPermittedSubclasses());
            oneOfEach.forEach(
                    event -> Checked.step(scene.memory, scene.state, scene.settings, event));
        }
    }

    @Test
    void everyKindOfOrderHasARuleInEveryPhase() {
        List<Order> oneOfEach =
                List.of(
                        new Order.MoveTo(Phase.MIRRORING, false, false, "r", "anna"),
                        new Order.Hold("r", "anna"),
                        new Order.Release("anna"));

        assertThat(kinds(oneOfEach))
                .containsExactlyInAnyOrder(Order.class.getPermittedSubclasses());
        for (Phase phase : Phase.values()) {
            for (Order order : oneOfEach) {
                assertThat(Scene.in(phase).order(order).because()).isNotEmpty();
            }
        }
    }

    @Test
    void theJudgeHasTheseEffectsAndNoOthers() {
        assertThat(Effect.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(Effect.Commit.class, Effect.SealAndDrain.class);
    }

    @Test
    void theOneWhoDecidesIsPlanned() {
        assertThatThrownBy(() -> new ClusterView(Scene.D, Scene.PLANNED, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Scene.D);
    }

    @Test
    void anOrderHasABound() {
        String tooLong = "x".repeat(Order.TEXT_LIMIT + 1);

        assertThatThrownBy(() -> new Order.Hold(tooLong, "anna"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("501");
        assertThat(new Order.Hold("x".repeat(Order.TEXT_LIMIT), "anna")).isNotNull();
    }

    private static Set<Class<?>> kinds(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toSet());
    }
}
