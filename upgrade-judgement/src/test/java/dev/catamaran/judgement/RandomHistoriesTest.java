package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import dev.catamaran.judgement.MirrorEvidence.Finding;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Long random histories by seed; {@link Checked} looks at every step of them. */
class RandomHistoriesTest {

    private static final int SEEDS = 400;
    private static final int STEPS = 60;

    @Test
    void invariantsHoldOnRandomHistories() {
        Set<Phase> reached = EnumSet.noneOf(Phase.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Scene scene = Scene.in(Phase.LEGACY).with(settings(random));
            for (int i = 0; i < STEPS; i++) {
                step(random, scene, "seed " + seed + " step " + i);
                reached.add(scene.state.phase());
            }
        }
        assertThat(reached)
                .as("the histories go everywhere")
                .containsExactlyInAnyOrder(Phase.values());
    }

    /** Every primary belongs to one epoch: no epoch ever has two. */
    @Test
    void noEpochEverHasTwoPrimaries() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Scene scene = Scene.in(Phase.LEGACY).with(settings(random));
            long epoch = 0;
            Optional<Stack> primary = scene.state.primary();
            for (int i = 0; i < STEPS; i++) {
                step(random, scene, "seed " + seed + " step " + i);
                if (scene.state.epoch() == epoch) {
                    assertThat(scene.state.primary()).as("seed %d", seed).isEqualTo(primary);
                } else {
                    assertThat(scene.state.epoch()).isEqualTo(epoch + 1);
                    epoch = scene.state.epoch();
                    primary = scene.state.primary();
                }
            }
        }
    }

    @Test
    void withNobodyKnownNothingMovesBySight() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Phase phase = pick(random, List.of(Phase.LEGACY, Phase.MIRRORING, Phase.JRAFT));
            Scene scene = Scene.in(phase).with(settings(random));
            scene.members.clear();
            for (String address : List.of(Scene.A, Scene.B, Scene.C, Scene.D)) {
                scene.with(notKnown(random, address, scene.state.epoch()));
            }
            for (int i = 0; i < 20; i++) {
                scene.pass(random.nextInt(10_000)).observe();
            }
            assertThat(scene.state.phase()).as("seed %d", seed).isEqualTo(phase);
            Phase up = Ladder.up(phase).orElseThrow();
            assertThat(scene.moveTo(up).verdict()).as("seed %d", seed).isEqualTo(Verdict.REFUSED);
        }
    }

    private static void step(Random random, Scene scene, String where) {
        UpgradeState before = scene.state;
        changeTheWorld(random, scene);
        Decision decision = event(random, scene);
        if (decision.verdict() == Verdict.MOVED && scene.state.phase() == Phase.FINALIZED) {
            assertThat(before.fence().map(Fence::to)).as(where).contains(Phase.FINALIZED);
        }
        if (before.phase() == Phase.FENCED && decision.verdict() == Verdict.MOVED) {
            Fence fence = before.fence().orElseThrow();
            assertThat(scene.state.phase()).as(where).isIn(fence.from(), fence.to());
        }
        assertThat(scene.explain()).as(where).isNotEmpty();
    }

    private static void changeTheWorld(Random random, Scene scene) {
        scene.pass(random.nextInt(4_000));
        if (random.nextInt(4) > 0) {
            scene.allFine();
        }
        if (random.nextInt(4) == 0) {
            String address = pick(random, List.of(Scene.A, Scene.B, Scene.C, Scene.D));
            scene.with(anybody(random, address, scene.state.epoch()));
        }
        if (random.nextInt(4) == 0) {
            scene.with(anyMirror(random, scene.state.epoch()));
        }
        if (random.nextInt(20) == 0) {
            scene.memory = JudgeMemory.EMPTY;
        }
    }

    private static Decision event(Random random, Scene scene) {
        int kind = random.nextInt(10);
        if (kind < 4) {
            return scene.observe();
        }
        if (kind < 8 && scene.state.phase() == Phase.FENCED) {
            return scene.report(anyFence(random, scene.state.epoch()));
        }
        return scene.order(anyOrder(random));
    }

    private static Order anyOrder(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Order.Hold("audit", "anna");
            case 1, 2 -> new Order.Release("anna");
            default ->
                    new Order.MoveTo(
                            pick(random, List.of(Phase.values())),
                            random.nextInt(8) == 0,
                            random.nextBoolean(),
                            "try",
                            "anna");
        };
    }

    private static FenceEvidence anyFence(Random random, long epoch) {
        return switch (random.nextInt(5)) {
            case 0 -> FenceEvidence.failed(epoch, "no quorum");
            case 1 -> FenceEvidence.complete(epoch - 1);
            case 2 ->
                    new FenceEvidence(
                            epoch,
                            random.nextBoolean(),
                            random.nextBoolean(),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(random.nextBoolean()),
                            Optional.empty());
            default -> FenceEvidence.complete(epoch);
        };
    }

    private static MemberEvidence anybody(Random random, String address, long epoch) {
        return switch (random.nextInt(5)) {
            case 0 -> Scene.real(address, "1.4.2", random.nextInt(9_000), random.nextInt(4));
            case 1 -> Scene.real(address, "2.0.3", random.nextInt(9_000), random.nextInt(4));
            case 2 -> Scene.real(address, "", random.nextInt(9_000), random.nextInt(4));
            case 3 -> Scene.catamaran(address, Math.max(0, epoch + random.nextInt(3) - 1));
            default -> notKnown(random, address, epoch);
        };
    }

    private static MemberEvidence notKnown(Random random, String address, long epoch) {
        return switch (random.nextInt(5)) {
            case 0 -> MemberEvidence.unknown(address);
            case 1 -> Scene.stale(address, epoch);
            case 2 -> Scene.unreachable(Scene.catamaran(address, epoch));
            case 3 -> Scene.unreachable(Scene.real(address, "1.4.2"));
            default -> Scene.aged(Scene.real(address, "1.4.2"), 6_001);
        };
    }

    private static MirrorEvidence anyMirror(Random random, long epoch) {
        Finding finding = new Finding("public/svc", "name-alias", "rename it");
        return switch (random.nextInt(6)) {
            case 0 -> MirrorEvidence.NONE;
            case 1 -> Scene.goodMirror(Math.max(0, epoch - 1));
            case 2 -> Scene.withContent(epoch, random.nextInt(2), List.of(finding), 2);
            case 3 -> Scene.withoutFullPass(epoch);
            case 4 -> Scene.sourceIncomplete(epoch);
            default ->
                    Scene.mirror(epoch, random.nextInt(2_000), random.nextInt(9_000), "d1", "d2");
        };
    }

    private static JudgeSettings settings(Random random) {
        return JudgeSettings.DEFAULTS.withPolicies(
                pick(random, List.of(UpgradePolicy.values())),
                pick(random, List.of(DowngradePolicy.values())));
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
