package dev.catamaran.tool.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.LaunchSpec;
import dev.catamaran.tool.members.PortChoice;
import dev.catamaran.tool.plan.Step;
import dev.catamaran.tool.report.RehearsalReport;
import dev.catamaran.tool.report.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rehearsal with processes that look like members and are killed like members. */
class RehearsalTest {

    private static final List<Step> STEPS =
            List.of(
                    new Step.StartMembers(),
                    new Step.StartLoad(),
                    new Step.Move(Phase.MIRRORING, false, false),
                    new Step.KillMember(Step.Victim.PRIMARY_LEADER),
                    new Step.Checkpoint(false),
                    new Step.Move(Phase.JRAFT, true, false),
                    new Step.Move(Phase.FINALIZED, false, false),
                    new Step.Checkpoint(true));

    @TempDir Path folder;

    private final List<String> lines = new ArrayList<>();
    private int running;

    private static RegistryTable base(double weight) {
        ServiceKey orders = ServiceKey.of("", "", "orders");
        InstanceKey key = new InstanceKey(orders, "10.0.0.1", 80, "DEFAULT");
        return RegistryTable.of(
                List.of(
                        ServiceEntry.of(ServiceRecord.of(orders, 0.3f, Map.of("t", "a+b %")))
                                .withInstance(
                                        InstanceRecord.persistent(key, weight, true, Map.of()))));
    }

    private RehearsalReport play(FakeCluster cluster, RegistryTable base, List<Step> steps)
            throws IOException {
        LaunchSpec launch =
                new LaunchSpec(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        List.of(
                                "-D" + FakeMember.CENTRE + "=" + cluster.address(),
                                "-XX:TieredStopAtLevel=1"),
                        System.getProperty("java.class.path"),
                        FakeMember.class.getName());
        try (Fleet fleet =
                Fleet.prepare(launch, folder.resolve("homes"), PortChoice.choose(3), List.of())) {
            cluster.led(fleet.addresses().get(0), fleet.addresses().get(1));
            RehearsalSettings settings =
                    new RehearsalSettings(base, 50, 0, folder.resolve("clients"));
            RehearsalReport report = new Rehearsal(settings, fleet, lines::add).play(steps);
            running = Rehearsal.running(fleet).size();
            return report;
        }
    }

    @Test
    void passesWhenNothingIsLost() throws IOException {
        try (FakeCluster cluster = new FakeCluster(base(1), 0)) {
            RehearsalReport report = play(cluster, base(1), STEPS);

            assertThat(report.verdict())
                    .as("%s %s", report.because(), lines)
                    .isEqualTo(RehearsalReport.Verdict.PASSED);
            assertThat(report.steps()).hasSize(STEPS.size()).allMatch(StepReport::ok);
            assertThat(running).isEqualTo(3);
            assertThat(lines).hasSize(STEPS.size());
            assertThat(report.writes().acknowledged()).isGreaterThan(50);
            assertThat(report.readsAnswered()).isPositive();
            assertThat(report.members()).allMatch(member -> member.firstReadyMs() > 0);
            assertThat(report.timeline().bands())
                    .extracting(band -> band.phase())
                    .contains("LEGACY", "MIRRORING", "JRAFT", "FINALIZED");
            assertThat(report.timeline().marks()).hasSizeGreaterThan(6);
        }
    }

    @Test
    void failsWhenTheMirrorForgets() throws IOException {
        try (FakeCluster cluster = new FakeCluster(base(1), 2)) {
            List<Step> steps = new ArrayList<>(STEPS);
            steps.remove(new Step.Checkpoint(false));
            steps.remove(new Step.KillMember(Step.Victim.PRIMARY_LEADER));
            RehearsalReport report = play(cluster, base(1), steps);

            assertThat(report.verdict()).isEqualTo(RehearsalReport.Verdict.FAILED);
            assertThat(report.tally().isClean()).isFalse();
        }
    }

    @Test
    void stopsAtTheFirstStepThatCannotBeTakenAndSaysWhy() throws IOException {
        try (FakeCluster cluster = new FakeCluster(base(1), 0)) {
            List<Step> steps = List.of(new Step.Checkpoint(true), new Step.StartLoad());
            RehearsalReport report = play(cluster, base(1), steps);

            assertThat(report.verdict()).isEqualTo(RehearsalReport.Verdict.FAILED);
            assertThat(report.because()).contains("no member answers");
            assertThat(report.steps()).hasSize(1);
        }
    }
}
