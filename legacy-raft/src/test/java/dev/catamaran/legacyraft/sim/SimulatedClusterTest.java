package dev.catamaran.legacyraft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Histories of groups by seed. Run more with {@code -Dcatamaran.sim.seeds=20000}; replay one with
 * {@code -Dcatamaran.sim.from=SEED -Dcatamaran.sim.seeds=1}, or its trace, which a failing run
 * leaves in {@code target/sim}, with {@code -Dcatamaran.sim.trace=FILE}.
 */
class SimulatedClusterTest {

    private static final int DISTURBANCES = 40;

    @Test
    void membersOfOursLoseNothingAcknowledgedAndConverge() throws IOException {
        // one alone takes few events for each disturbance
        playAll(
                750,
                seed ->
                        new Plan(
                                seed,
                                size(seed),
                                0,
                                size(seed) == 1 ? 3 * DISTURBANCES : DISTURBANCES,
                                Plan.Core.BALLOTS));
    }

    @Test
    void aMinorityOfRealMembersFollowsAndCostsNothing() throws IOException {
        playAll(
                250,
                seed ->
                        seed % 4 == 0
                                ? new Plan(seed, 5, 2, DISTURBANCES, Plan.Core.BALLOTS)
                                : new Plan(seed, 3, 1, DISTURBANCES, Plan.Core.BALLOTS));
    }

    @Test
    void bySharedRulesMembersOfOursLoseNothingAcknowledgedEither() throws IOException {
        playAll(
                650,
                seed -> new Plan(seed, seed % 5 == 0 ? 5 : 3, 0, DISTURBANCES, Plan.Core.SHARED));
    }

    @Test
    void amongRealMembersOursKeepWhatTheyHoldAndAllAgreeAtTheEnd() throws IOException {
        playAll(
                350,
                seed ->
                        seed % 5 == 0
                                ? new Plan(seed, 5, 3, DISTURBANCES, Plan.Core.SHARED)
                                : new Plan(
                                        seed,
                                        3,
                                        1 + (int) (seed % 2),
                                        DISTURBANCES,
                                        Plan.Core.SHARED));
    }

    /** Seeds that broke a rule once. Each stays, with what it showed. */
    @Test
    void whatWasFoundOnceStaysMended() throws IOException {
        // a deposed real leader works off its queue, and its term runs away from ours
        play(new Plan(2_608, 3, 1, DISTURBANCES, Plan.Core.SHARED));
        // a member said that it had come as far as a change whose datum it had not taken
        play(new Plan(11_751, 3, 0, DISTURBANCES, Plan.Core.SHARED));
        play(new Plan(10_069, 3, 0, DISTURBANCES, Plan.Core.SHARED));
        // … or that its leader had deleted since
        play(new Plan(10_809, 3, 0, DISTURBANCES, Plan.Core.SHARED));
        // a commit was acknowledged without its datum because a beat that lists it came first
        play(new Plan(10_655, 5, 0, DISTURBANCES, Plan.Core.SHARED));
        // an empty member of ours in a high term refused a real leader that had forgotten its own
        play(new Plan(15_093, 3, 2, DISTURBANCES, Plan.Core.SHARED));
    }

    @Test
    void aRunIsItsSeedAndItsTraceReplays() {
        Plan plan = new Plan(11, 3, 1, DISTURBANCES, Plan.Core.BALLOTS);
        List<String> trace = Simulation.traceOf(plan);

        assertThat(trace).hasSizeGreaterThan(1_000);
        assertThat(Simulation.replay(trace)).startsWith("the same: end Result[");

        List<String> other = Simulation.traceOf(new Plan(12, 3, 1, DISTURBANCES, plan.core()));
        assertThat(other).isNotEqualTo(trace);
    }

    @Test
    void aTraceFileReplays() throws IOException {
        String file = System.getProperty("catamaran.sim.trace", "");
        List<String> trace =
                file.isEmpty()
                        ? Simulation.traceOf(new Plan(5, 1, 0, 5, Plan.Core.BALLOTS))
                        : Files.readAllLines(Path.of(file));
        assertThat(Simulation.replay(trace)).startsWith("the same: ");
    }

    private static int size(long seed) {
        return seed % 5 == 0 ? 5 : seed % 7 == 0 ? 1 : 3;
    }

    private interface Planning {
        Plan plan(long seed);
    }

    private static void playAll(int usual, Planning planning) throws IOException {
        long from = Long.getLong("catamaran.sim.from", 1);
        long seeds = Long.getLong("catamaran.sim.seeds", usual);
        long acknowledgements = 0;
        long events = 0;
        for (long seed = from; seed < from + seeds; seed++) {
            Simulation.Result result = play(planning.plan(seed));
            assertThat(result.events()).as("events of seed %s", seed).isGreaterThan(200);
            acknowledgements += result.acknowledgements();
            events += result.events();
        }
        assertThat(events).isGreaterThan(200 * seeds);
        assertThat(acknowledgements).as("acknowledged in %s runs", seeds).isGreaterThan(seeds);
    }

    private static Simulation.Result play(Plan plan) throws IOException {
        try {
            return Simulation.play(plan);
        } catch (SimFailure failure) {
            Path file =
                    Files.createDirectories(Path.of("target/sim"))
                            .resolve("seed-" + plan.seed() + "-real-" + plan.real() + ".txt");
            Files.write(file, failure.trace());
            throw new AssertionError(
                    "seed "
                            + plan.seed()
                            + ", replay with -Dcatamaran.sim.trace="
                            + file.toAbsolutePath(),
                    failure);
        }
    }
}
