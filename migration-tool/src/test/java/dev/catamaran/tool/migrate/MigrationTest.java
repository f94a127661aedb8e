package dev.catamaran.tool.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Difference;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.ClaimAttempt;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.JournalPlace;
import dev.catamaran.tool.job.Step;
import dev.catamaran.tool.live.Credentials;
import dev.catamaran.tool.live.FakeNacos;
import dev.catamaran.tool.live.FakeNacos.Kind;
import dev.catamaran.tool.live.Interface;
import dev.catamaran.tool.live.Progress;
import dev.catamaran.tool.live.VisibleRecords;
import dev.catamaran.tool.migrate.MigrationReport.Verdict;
import dev.catamaran.tool.records.ExportFile;
import dev.catamaran.tool.records.ExportHeader;
import dev.catamaran.tool.records.RecordSet;
import dev.catamaran.tool.records.SomeRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationTest {

    private static final RecordSet RICH = SomeRecords.rich();
    private static final ServiceKey ONLY_THERE = new ServiceKey("public", "G", "only-there");

    @TempDir Path folder;

    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(JournalPlace.file(folder.resolve("journal")));
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @ParameterizedTest
    @CsvSource({
        "V1_RAFT, AUTO",
        "V1_CATALOG, V1",
        "V2, AUTO",
        "V2, V2",
        "V3, AUTO",
    })
    void carriesEverythingToServersOfEveryGenerationAndReadsItBack(Kind kind, Interface by)
            throws IOException {
        try (FakeNacos target = new FakeNacos(kind)) {
            MigrationReport report = migrate(settings(export(RICH), target, by));

            assertThat(report.verdict()).as(report.because()).isEqualTo(Verdict.DONE);
            assertThat(report.digests().reached()).isEqualTo(report.digests().wanted());
            assertThat(VisibleRecords.of(target.held().effective(), false).entries())
                    .isEqualTo(VisibleRecords.of(RICH.effective(), false).entries());
            assertThat(report.counts().written()).isEqualTo(target.writes());
            boolean apart = kind == Kind.V2 || kind == Kind.V3;
            assertThat(target.held().overrides()).isEqualTo(apart ? RICH.overrides() : Map.of());
            if (by == Interface.V2) {
                assertThat(target.log()).contains("POST /v2/ns/instance", "PUT /v1/ns/cluster");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"V1_CATALOG", "V2", "V3"})
    void createsTheNamespacesThatTheConsoleDoesNotShowYet(Kind kind) throws IOException {
        try (FakeNacos target = new FakeNacos(kind)) {
            MigrationSettings settings = settings(export(RICH), target, Interface.AUTO);
            MigrationReport dry = new Migration(settings, Progress.SILENT).dryRun();
            assertThat(target.namespaces()).containsExactly("public");

            MigrationReport report = migrate(settings);

            assertThat(report.verdict()).as(report.because()).isEqualTo(Verdict.DONE);
            assertThat(dry.because()).contains("namespaces to be created: staging");
            assertThat(report.because()).contains("namespaces created: staging");
            assertThat(target.namespaces()).containsExactly("public", "staging");
        }
    }

    @Test
    void carriesFromALiveServerToAnother() throws IOException {
        try (FakeNacos from = new FakeNacos(Kind.V1_CATALOG).holding(SomeRecords.many(40));
                FakeNacos to = new FakeNacos(Kind.V2)) {
            MigrationReport report =
                    migrate(settings(new Source.Live(from.address()), to, Interface.AUTO));

            assertThat(report.verdict()).as(report.because()).isEqualTo(Verdict.DONE);
            assertThat(VisibleRecords.of(to.held().table(), true).digest())
                    .isEqualTo(VisibleRecords.of(from.held().table(), true).digest());
            assertThat(from.writes()).isZero();
        }
    }

    @Test
    void writesNothingTheSecondTimeButWhatCannotBeSeen() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            Source source = export(SomeRecords.many(20));
            migrate(settings(source, target, Interface.AUTO));
            int writes = target.writes();

            MigrationReport again = migrate(settings(source, target, Interface.AUTO));

            assertThat(again.verdict()).isEqualTo(Verdict.DONE);
            assertThat(again.counts().planned()).isZero();
            assertThat(target.writes()).isEqualTo(writes);
        }
    }

    @Test
    void showsWhatItWouldWriteAndWritesNothing() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            MigrationReport report =
                    new Migration(settings(export(RICH), target, Interface.AUTO), Progress.SILENT)
                            .dryRun();

            assertThat(report.verdict()).isEqualTo(Verdict.DRY_RUN);
            assertThat(report.differences())
                    .extracting(Difference::record)
                    .contains("service", "instance 10.0.0.1:80#C2", "cluster C0");
            assertThat(report.differences()).noneMatch(d -> d.right().contains("s3cret"));
            assertThat(target.writes()).isZero();
            assertThat(journal.jobs(Set.of(), 10)).isEmpty();
        }
    }

    @Test
    void deletesNothingUnlessTold() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2).holding(withOneMore(RICH))) {
            MigrationReport report = migrate(settings(export(RICH), target, Interface.AUTO));

            assertThat(report.verdict()).as(report.because()).isEqualTo(Verdict.DONE);
            assertThat(report.counts().kept()).isEqualTo(2);
            assertThat(target.held().table().entry(ONLY_THERE)).isPresent();
        }
    }

    @Test
    void removesWhatOnlyTheTargetHasWhenToldToMirror() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2).holding(withOneMore(RICH))) {
            MigrationReport report =
                    migrate(mirroring(export(RICH), target, ReconcileLimits.CONFIRMED));

            assertThat(report.verdict()).as(report.because()).isEqualTo(Verdict.DONE);
            assertThat(report.counts().removed()).isEqualTo(2);
            assertThat(target.held().table().entry(ONLY_THERE)).isEmpty();
        }
    }

    @Test
    void holdsAMassDeleteBackUntilAPersonConfirmsIt() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2).holding(SomeRecords.many(60))) {
            Source source = export(SomeRecords.many(20));

            MigrationReport held = migrate(mirroring(source, target, ReconcileLimits.DEFAULT));
            assertThat(held.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(held.because()).contains("mass delete").contains("--confirm-deletes");
            assertThat(target.held().table().serviceCount()).isEqualTo(60);

            MigrationReport passed = migrate(mirroring(source, target, ReconcileLimits.CONFIRMED));
            assertThat(passed.verdict()).as(passed.because()).isEqualTo(Verdict.DONE);
            assertThat(target.held().table().serviceCount()).isEqualTo(20);
        }
    }

    /** A person can be asked, so a small registry is no reason to delete without asking. */
    @Test
    void holdsAMassDeleteBackHoweverFewRecordsThereAre() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2).holding(SomeRecords.many(10))) {
            Source source = export(SomeRecords.many(5));

            MigrationReport held = migrate(mirroring(source, target, ReconcileLimits.DEFAULT));
            assertThat(held.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(held.because()).contains("mass delete").contains("--confirm-deletes");
            assertThat(held.counts().removed()).isZero();
            assertThat(target.held().table().serviceCount()).isEqualTo(10);

            MigrationReport passed = migrate(mirroring(source, target, ReconcileLimits.CONFIRMED));
            assertThat(passed.verdict()).as(passed.because()).isEqualTo(Verdict.DONE);
            assertThat(passed.counts().removed()).isGreaterThanOrEqualTo(5);
            assertThat(target.held().table().serviceCount()).isEqualTo(5);
        }
    }

    @Test
    void neverEmptiesATargetAfterASourceThatHoldsNothing() throws IOException {
        Source source = export(RecordSet.of(RegistryTable.of(List.of())));
        try (FakeNacos target = new FakeNacos(Kind.V2).holding(SomeRecords.many(10))) {
            MigrationReport report = migrate(mirroring(source, target, ReconcileLimits.CONFIRMED));

            assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(report.because()).contains("holds no record at all");
            assertThat(target.held().table().serviceCount()).isEqualTo(10);
        }
    }

    /** On 2.x what an operator once set for an instance hides what is registered afterwards. */
    @Test
    void seesThroughAnOlderOverrideAtTheTarget() throws IOException {
        ServiceKey key = new ServiceKey("public", "G", "s");
        InstanceKey instance = new InstanceKey(key, "10.0.0.1", 80, "DEFAULT");
        RecordSet wanted = one(key, instance, 2.0, Map.of("k", "v"));
        RecordSet there =
                RecordSet.of(
                        one(key, instance, 1.0, Map.of()).table(),
                        List.of(
                                new OverrideRecord(
                                        instance, 9.0, false, new TreeMap<>(Map.of("k", "old")))));
        try (FakeNacos target = new FakeNacos(Kind.V2).holding(there)) {
            MigrationReport report = migrate(settings(export(wanted), target, Interface.AUTO));

            assertThat(report.verdict()).as(report.because()).isEqualTo(Verdict.DONE);
            assertThat(target.held().effective().entry(key).orElseThrow().instances().get(instance))
                    .satisfies(
                            shown -> {
                                assertThat(shown.weight()).isEqualTo(2.0);
                                assertThat(shown.enabled()).isTrue();
                                assertThat(shown.metadata()).isEqualTo(Map.of("k", "v"));
                            });
        }
    }

    @Test
    void saysWhichRecordTheTargetDidNotTakeAndCarriesTheOthers() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            target.beforeEachWrite(number -> number != 5);
            MigrationReport report =
                    migrate(one(settings(export(SomeRecords.many(10)), target, Interface.AUTO)));

            // the write that is not let in is asked for again in each pass
            assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(report.failures()).anyMatch(line -> line.contains("not let in"));
            assertThat(report.differences()).isNotEmpty();
            Job job = journal.job(report.jobId()).orElseThrow();
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            target.beforeEachWrite(number -> true);
            assertThat(resume(job.id()).verdict()).isEqualTo(Verdict.DONE);
            assertThat(target.held().table().serviceCount()).isEqualTo(10);
        }
    }

    @Test
    void keepsADigestOfEachStepAndWhatCameOfIt() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            MigrationReport report =
                    migrate(settings(export(SomeRecords.many(10)), target, Interface.AUTO));

            List<Step> steps = journal.steps(report.jobId());
            assertThat(steps).hasSize(10).allMatch(step -> step.state() == Step.State.DONE);
            assertThat(steps).extracting(Step::digest).doesNotHaveDuplicates().doesNotContain("");
            Job job = journal.job(report.jobId()).orElseThrow();
            assertThat(job.digests().before()).isEqualTo(RegistryTable.EMPTY.digest().hex());
            assertThat(job.digests().after()).isEqualTo(report.digests().wanted());
            assertThat(job.plan()).contains("\"services\":10");
        }
    }

    @Test
    void refusesToGoOnFromASourceThatIsNotWhatItWas() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            target.beforeEachWrite(number -> number < 4);
            Source source = export(SomeRecords.many(10));
            MigrationReport stopped = migrate(settings(source, target, Interface.AUTO));
            assertThat(stopped.verdict()).isEqualTo(Verdict.FAILED);
            export(SomeRecords.many(11));

            MigrationReport resumed = resume(stopped.jobId());

            assertThat(resumed.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(resumed.because()).contains("the source is not what it was");
        }
    }

    @Test
    void writesNoFasterThanItIsAllowed() throws IOException {
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            MigrationSettings slow =
                    throttled(settings(export(SomeRecords.many(12)), target, Interface.AUTO), 40);

            MigrationReport report = migrate(slow);

            assertThat(report.verdict()).isEqualTo(Verdict.DONE);
            assertThat(report.counts().writingMillis())
                    .isGreaterThanOrEqualTo((report.counts().written() - 1) * 1000L / 40 - 50);
        }
    }

    @Test
    void refusesAHomeWhoseFilesDoNotHoldItsRecords() throws IOException {
        Path lossy =
                Path.of(
                        java.net.URI.create(
                                String.valueOf(MigrationTest.class.getResource("/golden/1.3.2"))));
        try (FakeNacos target = new FakeNacos(Kind.V2)) {
            MigrationReport report =
                    migrate(settings(new Source.Homes(List.of(lossy)), target, Interface.AUTO));

            assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(report.because()).contains("live member first");
            assertThat(journal.job(report.jobId()).orElseThrow().state())
                    .isEqualTo(JobState.REFUSED);
        }
    }

    private MigrationReport migrate(MigrationSettings settings) throws IOException {
        return resume(journal.create("migrate", "me", "here", JobArguments.of(settings)));
    }

    /** Everything but the claim comes from the journal, as after a crash. */
    private MigrationReport resume(String id) throws IOException {
        ClaimAttempt attempt = journal.claim(id, "test");
        assertThat(attempt).isInstanceOf(ClaimAttempt.Claimed.class);
        Claim claim = ((ClaimAttempt.Claimed) attempt).claim();
        Job job = journal.job(id).orElseThrow();
        return new Migration(JobArguments.settings(job.arguments(), "", ""), Progress.SILENT)
                .run(claim, job, journal.steps(id));
    }

    private Source export(RecordSet records) throws IOException {
        Path file = folder.resolve("export.jsonl");
        ExportFile.write(records, ExportHeader.of(records, "test", ""), file);
        return new Source.Export(file);
    }

    private static MigrationSettings settings(Source source, FakeNacos target, Interface by) {
        Access access = new Access(Credentials.NONE, Set.of(), 4);
        return new MigrationSettings(
                source, target.address(), access, access, by, 0, false, ReconcileLimits.DEFAULT);
    }

    private static MigrationSettings mirroring(
            Source source, FakeNacos target, ReconcileLimits limits) {
        Access access = new Access(Credentials.NONE, Set.of(), 4);
        return new MigrationSettings(
                source, target.address(), access, access, Interface.AUTO, 0, true, limits);
    }

    private static MigrationSettings throttled(MigrationSettings from, int perSecond) {
        return new MigrationSettings(
                from.from(),
                from.to(),
                from.fromAccess(),
                from.toAccess(),
                from.by(),
                perSecond,
                from.mirror(),
                from.limits());
    }

    /** One call at a time, so that the number of a write says which it is. */
    private static MigrationSettings one(MigrationSettings from) {
        Access access = new Access(Credentials.NONE, Set.of(), 1);
        return new MigrationSettings(
                from.from(), from.to(), access, access, from.by(), 0, false, from.limits());
    }

    private static RecordSet withOneMore(RecordSet records) {
        InstanceKey instance = new InstanceKey(ONLY_THERE, "10.9.9.9", 80, "DEFAULT");
        ServiceEntry entry =
                ServiceEntry.of(ServiceRecord.of(ONLY_THERE, 0.5f, Map.of()))
                        .withInstance(InstanceRecord.persistent(instance, 1, true, Map.of()));
        return new RecordSet(records.table().with(entry), records.overrides());
    }

    private static RecordSet one(
            ServiceKey key, InstanceKey instance, double weight, Map<String, String> metadata) {
        return RecordSet.of(
                RegistryTable.EMPTY.with(
                        ServiceEntry.of(ServiceRecord.ofDefaults(key))
                                .withInstance(
                                        InstanceRecord.persistent(
                                                instance, weight, true, metadata))));
    }
}
