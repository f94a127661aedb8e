package dev.catamaran.judgement;

import static dev.catamaran.judgement.LadderTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What happened to people (research: incidents 1 to 4, baselines 3a), as a history of what the
 * deciding member sees, under the boldest policies.
 */
class IncidentReplayTest {

    private static final JudgeSettings BOLD =
            JudgeSettings.DEFAULTS.withPolicies(UpgradePolicy.AUTO, DowngradePolicy.AUTO);
    private static final long EPOCH = 7;

    /**
     * Xiaomi's incident, as measured on 2.0.3 (baselines 3a): all upgraded, node 3 stopped, node 1
     * restarted. Node 1 finds node 3 in its list without a version and DOWN, takes that for older
     * than 1.3, logs "Downgrade to 1.X", copies its stale view over the others' and loses
     * acknowledged writes; with node 3 back it stays so for ever, because node 3 has no reason to
     * say that it is ready. Here: ten times, every order of stop and restart; nothing moves.
     */
    @Test
    void aRestartWhileAnotherMemberIsDownMovesNothing() {
        for (Phase phase : List.of(Phase.JRAFT, Phase.FINALIZED)) {
            for (String stopped : Scene.PLANNED) {
                for (String restarted : Scene.PLANNED) {
                    if (!stopped.equals(restarted)) {
                        stopAndRestart(phase, stopped, restarted);
                    }
                }
            }
        }
    }

    private static void stopAndRestart(Phase phase, String stopped, String restarted) {
        Scene scene = Scene.in(phase).with(BOLD);
        UpgradeState before = scene.state;
        for (int round = 0; round < 10; round++) {
            scene.with(Scene.in(Scene.catamaran(stopped, EPOCH), MemberEvidence.State.SUSPICIOUS));
            look(scene, 3);
            scene.with(Scene.unreachable(Scene.catamaran(stopped, EPOCH)));
            look(scene, 5);
            // whoever decides after the restart has heard of nobody, and never of the stopped one
            scene.memory = JudgeMemory.EMPTY;
            scene.members.clear();
            scene.with(Scene.unreachable(MemberEvidence.unknown(stopped)));
            scene.with(MemberEvidence.unknown(restarted));
            look(scene, 20);
            scene.with(Scene.catamaran(restarted, EPOCH));
            look(scene, 20);
            scene.allFine();
            look(scene, 5);
            assertThat(scene.state)
                    .as("%s stopped, %s restarted", stopped, restarted)
                    .isEqualTo(before);
        }
    }

    /** "It does not heal" (3a, 5): here the way is open again as soon as everyone is back. */
    @Test
    void whenTheStoppedMemberIsBackEverythingIsAsBefore() {
        Scene scene = Scene.in(Phase.MIRRORING).with(BOLD);
        scene.with(Scene.unreachable(MemberEvidence.unknown(Scene.C)));
        look(scene, 20);
        assertThat(scene.state.phase()).isEqualTo(Phase.MIRRORING);

        assertThat(scene.allFine().observe().next().phase()).isEqualTo(Phase.FENCED);
    }

    /**
     * Scale-out as the procedure of that user has it: the new member starts first and is not in the
     * others' lists; then it is added to the lists. Real 2.0.2 and later survive this order, if the
     * new one reports before any call to it fails.
     */
    @Test
    void scaleOutWithTheMemberFirstNeverGoesDown() {
        Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
        look(scene, 5);
        scene.with(Scene.catamaran(Scene.D, EPOCH));
        look(scene, 30);

        assertThat(scene.state).isEqualTo(Scene.state(Phase.JRAFT, EPOCH));
        assertThat(rules(scene.explain())).contains(Rule.NOT_PLANNED_PRESENT);
    }

    /**
     * The wrong order: the lists first, the member later. On real 2.0.x every running node falls
     * back (D3, #8465, #9332).
     */
    @Test
    void scaleOutWithTheListFirstNeverGoesDown() {
        for (MemberEvidence.State state : MemberEvidence.State.values()) {
            Scene scene = Scene.in(Phase.JRAFT).with(BOLD);
            scene.with(Scene.in(MemberEvidence.unknown(Scene.D), state));
            look(scene, 30);
            scene.with(Scene.in(Scene.hearsay(Scene.D, "1.4.2"), state));
            look(scene, 30);
            scene.with(Scene.catamaran(Scene.D, EPOCH));
            look(scene, 30);

            assertThat(scene.state).as("%s", state).isEqualTo(Scene.state(Phase.JRAFT, EPOCH));
        }
    }

    /** Scale-in in both orders: out of the list and then stopped, stopped and then out of it. */
    @Test
    void scaleInNeverGoesDown() {
        Scene listFirst = Scene.in(Phase.JRAFT).with(BOLD).with(Scene.catamaran(Scene.D, EPOCH));
        look(listFirst, 5);
        listFirst.allFine();
        look(listFirst, 30);
        assertThat(listFirst.state).isEqualTo(Scene.state(Phase.JRAFT, EPOCH));

        Scene stoppedFirst = Scene.in(Phase.JRAFT).with(BOLD).with(Scene.catamaran(Scene.D, EPOCH));
        stoppedFirst.with(Scene.unreachable(Scene.catamaran(Scene.D, EPOCH)));
        look(stoppedFirst, 30);
        stoppedFirst.with(Scene.stale(Scene.D, EPOCH));
        look(stoppedFirst, 30);
        stoppedFirst.allFine();
        look(stoppedFirst, 30);
        assertThat(stoppedFirst.state).isEqualTo(Scene.state(Phase.JRAFT, EPOCH));
    }

    /**
     * Rolling memory change with the double write closed (#15693): every node in turn goes and
     * comes back, reports of the others arrive in any order, lost and late. Real 2.0.3: one node in
     * 1.X for an hour.
     */
    @Test
    void aRollingRestartWithReportsInAnyOrderMovesNothing() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Phase phase = random.nextBoolean() ? Phase.JRAFT : Phase.FINALIZED;
            Scene scene = Scene.in(phase).with(BOLD);
            for (String restarted : Scene.PLANNED) {
                List<MemberEvidence> seen = new ArrayList<>();
                seen.add(Scene.unreachable(Scene.catamaran(restarted, EPOCH)));
                seen.add(Scene.unreachable(MemberEvidence.unknown(restarted)));
                seen.add(MemberEvidence.unknown(restarted));
                seen.add(Scene.stale(restarted, EPOCH));
                seen.add(Scene.catamaran(restarted, 0));
                seen.add(Scene.catamaran(restarted, EPOCH));
                for (int i = 0; i < 40; i++) {
                    scene.with(seen.get(random.nextInt(seen.size())));
                    if (random.nextInt(15) == 0) {
                        scene.memory = JudgeMemory.EMPTY;
                    }
                    scene.pass(random.nextInt(9_000)).observe();
                }
                scene.with(Scene.catamaran(restarted, EPOCH));
            }
            assertThat(scene.state).as("seed %d", seed).isEqualTo(Scene.state(phase, EPOCH));
        }
    }

    private static void look(Scene scene, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(scene.pass(2_000).observe().verdict()).isEqualTo(Verdict.STAYED);
        }
    }
}
