package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.server.boot.FaultPlanter;
import dev.catamaran.tool.home.HomeContents;
import dev.catamaran.tool.home.HomeReader;
import dev.catamaran.tool.home.SampleHome;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.LaunchSpec;
import dev.catamaran.tool.members.PortChoice;
import dev.catamaran.tool.plan.Step;
import dev.catamaran.tool.rehearse.Rehearsal;
import dev.catamaran.tool.rehearse.RehearsalSettings;
import dev.catamaran.tool.report.RehearsalReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that are broken on purpose turn the rehearsal red. */
class PlantedFaultIT {

    private static final int WRITES_PER_SECOND = 40;

    @TempDir Path folder;

    @Test
    void aMirrorThatDropsEveryHundredthRecordIsNotLetThrough() throws Exception {
        RehearsalReport report = rehearse(FaultPlanter.MIRROR_DROPS, new Step.Checkpoint(true));

        assertThat(report.verdict()).isEqualTo(RehearsalReport.Verdict.FAILED);
        // the hundredth record may be one of the homes or one of the writers
        assertThat(report.tally().isClean())
                .as("%s%n%s", report.because(), report.steps())
                .isFalse();
    }

    @Test
    void aJudgeThatIgnoresDigestsLosesRecordsAndIsCaught() throws Exception {
        RehearsalReport report =
                rehearse(
                        FaultPlanter.JUDGE_IGNORES_DIGESTS,
                        new Step.Move(Phase.JRAFT, false, false),
                        new Step.Checkpoint(true));

        assertThat(report.verdict()).isEqualTo(RehearsalReport.Verdict.FAILED);
        // the hundredth record may be one of the homes or one of the writers
        assertThat(report.tally().isClean())
                .as("%s%n%s", report.because(), report.steps())
                .isFalse();
    }

    @Test
    void membersThatServeWritesWithoutKnowingTheEpochAreCaught() throws Exception {
        RehearsalReport report =
                rehearse(
                        FaultPlanter.SERVES_WITHOUT_EPOCH,
                        new Step.Move(Phase.JRAFT, false, false),
                        new Step.KillMember(Step.Victim.FOLLOWER),
                        new Step.Checkpoint(true));

        assertThat(report.verdict()).isEqualTo(RehearsalReport.Verdict.FAILED);
        assertThat(report.tally().lost() + report.tally().resurrected())
                .as("%s%n%s", report.because(), report.steps())
                .isPositive();
    }

    /** Plays the beginning of the ladder on broken members. */
    private RehearsalReport rehearse(String fault, Step... rest) throws IOException {
        List<Step> steps =
                new ArrayList<>(
                        List.of(
                                new Step.StartMembers(),
                                new Step.StartLoad(),
                                new Step.Move(Phase.MIRRORING, false, false)));
        steps.addAll(List.of(rest));
        try (Fleet fleet = Fleet.prepare(broken(fault), folder, PortChoice.choose(3), List.of())) {
            RehearsalSettings settings =
                    new RehearsalSettings(
                            sample(), WRITES_PER_SECOND, 1_000, folder.resolve("clients"));
            return new Rehearsal(settings, fleet, line -> {}).play(steps);
        }
    }

    /** The packed server with this module's test classes before it. */
    private static LaunchSpec broken(String fault) throws IOException {
        LaunchSpec whole = Distribution.here().server();
        List<String> options = new ArrayList<>(whole.jvmOptions());
        options.add("-D" + FaultPlanter.PROPERTY + "=" + fault);
        Path tests = Distribution.testClasses();
        return new LaunchSpec(
                whole.java(), options, tests + ":" + whole.classPath(), whole.mainClass());
    }

    private RegistryTable sample() throws IOException {
        Path home = folder.resolve("sample");
        SampleHome.writeTo(home);
        return ((HomeContents.Records) HomeReader.read(List.of(home))).records();
    }
}
