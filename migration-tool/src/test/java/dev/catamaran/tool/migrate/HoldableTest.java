package dev.catamaran.tool.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.tool.live.Credentials;
import dev.catamaran.tool.live.FakeNacos;
import dev.catamaran.tool.live.Interface;
import dev.catamaran.tool.live.Progress;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a 2.x server can hold, and that all else is named. */
class HoldableTest {

    @TempDir Path folder;

    private static final ServiceKey KEY = new ServiceKey("public", "G", "s");
    private static final InstanceKey FIRST = new InstanceKey(KEY, "10.0.0.7", 80, "A");
    private static final InstanceKey SECOND = new InstanceKey(KEY, "10.0.0.7", 80, "B");

    private static RecordSet of(ServiceEntry entry, OverrideRecord... overrides) {
        return RecordSet.of(RegistryTable.of(List.of(entry)), List.of(overrides));
    }

    private static ServiceEntry service(ServiceKey key, InstanceRecord... instances) {
        ServiceEntry entry = ServiceEntry.of(ServiceRecord.ofDefaults(key));
        for (InstanceRecord instance : instances) {
            entry = entry.withInstance(instance);
        }
        return entry;
    }

    private static InstanceRecord instance(InstanceKey key, Map<String, String> labels) {
        return InstanceRecord.persistent(key, 1, true, labels);
    }

    private static OverrideRecord override(InstanceKey key) {
        return new OverrideRecord(key, 2, false, new TreeMap<>());
    }

    @Test
    void goodRecordsAreHeldAsTheyAre() {
        Holdable holdable = Holdable.of(SomeRecords.rich());

        assertThat(holdable.leftBehind()).isEmpty();
        assertThat(holdable.records().table().entries())
                .isEqualTo(SomeRecords.rich().table().entries());
        assertThat(holdable.records().overrides()).isEqualTo(SomeRecords.rich().overrides());
    }

    @Test
    void aServiceWithAnIllegalNameIsLeftBehindWithAllThatBelongsToIt() {
        ServiceKey illegal = new ServiceKey("public", "G", "no good");
        InstanceKey at = new InstanceKey(illegal, "10.0.0.7", 80, "A");

        Holdable holdable = Holdable.of(of(service(illegal, instance(at, Map.of())), override(at)));

        assertThat(holdable.records().table().serviceCount()).isZero();
        assertThat(holdable.records().overrides()).isEmpty();
        assertThat(holdable.leftBehind()).singleElement().asString().contains("no good");
    }

    @Test
    void ofTwoInstancesAtOneAddressOneIsHeldWithItsOverride() {
        Holdable holdable =
                Holdable.of(
                        of(
                                service(KEY, instance(FIRST, Map.of()), instance(SECOND, Map.of())),
                                override(FIRST),
                                override(SECOND)));

        assertThat(holdable.records().table().entry(KEY).orElseThrow().instances())
                .containsOnlyKeys(FIRST);
        assertThat(holdable.records().overrides()).containsOnlyKeys(FIRST);
        assertThat(holdable.leftBehind()).singleElement().asString().contains("10.0.0.7");
    }

    @Test
    void ephemeralInstancesAmongPersistentOnesAreLeftBehind() {
        InstanceKey other = new InstanceKey(KEY, "10.0.0.8", 80, "A");
        InstanceRecord ephemeral =
                new InstanceRecord(
                        other, 1, true, true, true, new TreeMap<>(), "", LegacyExtras.NONE);

        Holdable holdable = Holdable.of(of(service(KEY, instance(FIRST, Map.of()), ephemeral)));

        assertThat(holdable.records().table().entry(KEY).orElseThrow().instances())
                .containsOnlyKeys(FIRST);
        assertThat(holdable.leftBehind()).hasSize(1);
    }

    @Test
    void labelsThat2xKeepsForItselfAreLeftBehindAndTheInstanceIsHeld() {
        Holdable holdable =
                Holdable.of(
                        of(
                                service(
                                        KEY,
                                        instance(
                                                FIRST,
                                                Map.of("publishInstanceWeight", "9", "k", "v")))));

        assertThat(holdable.records().table().entry(KEY).orElseThrow().instances().get(FIRST))
                .extracting(InstanceRecord::metadata)
                .isEqualTo(new TreeMap<>(Map.of("k", "v")));
        assertThat(holdable.leftBehind()).hasSize(1);
    }

    @Test
    void anOverrideOfNobodyIsNoReasonToStop() {
        RecordSet alone = of(service(KEY, instance(FIRST, Map.of())), override(SECOND));

        assertThat(Holdable.of(alone).leftBehind()).isEmpty();
        assertThat(Holdable.of(alone).records().overrides()).containsOnlyKeys(SECOND);
    }

    @Test
    void nothingIsWrittenWhereA2xTargetCannotHoldSomeUnlessTheyAreToBeLeftBehind()
            throws IOException {
        ServiceKey illegal = new ServiceKey("public", "G", "no good");
        RecordSet records =
                RecordSet.of(
                        RegistryTable.of(
                                List.of(
                                        service(illegal),
                                        service(KEY, instance(FIRST, Map.of())))));
        Path file = folder.resolve("export.jsonl");
        ExportFile.write(records, ExportHeader.of(records, "test", ""), file);
        try (FakeNacos target = new FakeNacos(FakeNacos.Kind.V2)) {
            MigrationReport refused = report(file, target, false);
            MigrationReport planned = report(file, target, true);

            assertThat(refused.verdict()).isEqualTo(MigrationReport.Verdict.REFUSED);
            assertThat(refused.because()).contains("no good").contains("--leave-behind");
            assertThat(planned.verdict()).isEqualTo(MigrationReport.Verdict.DRY_RUN);
            assertThat(planned.lost()).anyMatch(one -> one.contains("no good"));
            assertThat(planned.differences()).noneMatch(one -> one.toString().contains("no good"));
            assertThat(target.writes()).isZero();
        }
    }

    private static MigrationReport report(Path file, FakeNacos target, boolean leaveBehind) {
        Access access = new Access(Credentials.NONE, Set.of(), 4);
        MigrationSettings settings =
                new MigrationSettings(
                        new Source.Export(file),
                        target.address(),
                        access,
                        access,
                        Interface.AUTO,
                        0,
                        false,
                        ReconcileLimits.DEFAULT,
                        leaveBehind);
        return new Migration(settings, Progress.SILENT).dryRun();
    }
}
