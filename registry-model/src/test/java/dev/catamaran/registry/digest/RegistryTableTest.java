package dev.catamaran.registry.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.AnyRecords;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RegistryTableTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "svc");

    @Property(tries = 1_000)
    void aTableIsTheMapThatItsHistoryMakes(@ForAll long seed) {
        AnyRecords any = new AnyRecords(seed);
        RegistryTable table = RegistryTable.EMPTY;
        Map<ServiceKey, ServiceEntry> model = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            RegistryCommand command = any.command();
            table = TableEdit.apply(table, command);
            ServiceKey key = command.service();
            TableEdit.apply(java.util.Optional.ofNullable(model.get(key)), command)
                    .ifPresentOrElse(entry -> model.put(key, entry), () -> model.remove(key));
            if (i % 7 == 0) {
                assertThat(table.digest()).isNotNull();
            }
        }

        assertThat(table.entries()).isEqualTo(model);
        assertThat(table.serviceCount()).isEqualTo(model.size());
        assertThat(table.instanceCount())
                .isEqualTo(model.values().stream().mapToInt(e -> e.instances().size()).sum());
        assertThat(table.recordCount())
                .isEqualTo(model.values().stream().mapToLong(e -> e.records().count()).sum());
        assertThat(table.digest()).isEqualTo(RegistryTable.of(model.values()).digest());
    }

    @Property(tries = 1_000)
    void digestsAreEqualIfAndOnlyIfTablesAre(@ForAll long seed, @ForAll long otherSeed) {
        AnyRecords any = new AnyRecords(seed);
        List<ServiceEntry> entries = any.entries(12);
        RegistryTable table = RegistryTable.of(entries);
        List<ServiceEntry> shuffled = new ArrayList<>(table.entries().values());
        Collections.shuffle(shuffled, new Random(otherSeed));
        RegistryTable detour = RegistryTable.EMPTY;
        for (ServiceEntry entry : shuffled) {
            detour = detour.with(new AnyRecords(otherSeed).entry()).with(entry);
        }
        for (ServiceKey key : detour.entries().keySet()) {
            detour = table.entry(key).map(detour::with).orElse(detour.without(key));
        }
        RegistryTable changed = TableEdit.apply(table, new AnyRecords(otherSeed).command());

        assertThat(detour.digest()).isEqualTo(table.digest());
        assertThat(changed.digest().equals(table.digest()))
                .isEqualTo(changed.entries().equals(table.entries()));
    }

    @Property(tries = 1_000)
    void digestsOfHostileNamesAreEqualIfAndOnlyIfTablesAre(@ForAll long seed) {
        AnyRecords any = AnyRecords.hostile(seed);
        RegistryTable table = RegistryTable.of(any.entries(12));
        RegistryTable changed = table;
        for (int i = 1 + any.upTo(3); i > 0; i--) {
            changed = TableEdit.apply(changed, any.command());
        }
        boolean same = changed.entries().equals(table.entries());

        assertThat(RegistryTable.of(changed.entries().values()).digest())
                .isEqualTo(changed.digest());
        assertThat(changed.digest().equals(table.digest())).isEqualTo(same);
        assertThat(changed.differingRecords(table, 1).isEmpty()).isEqualTo(same);
        for (ServiceEntry entry : changed.entries().values()) {
            assertThat(changed.entry(entry.key())).contains(entry);
        }
    }

    @Property(tries = 1_000)
    void digestOfAPrefixIsThatOfItsServicesAlone(@ForAll long seed) {
        AnyRecords any = new AnyRecords(seed);
        RegistryTable table = RegistryTable.of(any.entries(20));
        String text = any.serviceKey().text();
        String prefix = text.substring(0, any.upTo(text.length() + 1));
        List<ServiceEntry> expected =
                table.entries().values().stream()
                        .filter(entry -> entry.key().text().startsWith(prefix))
                        .toList();
        RegistryTable under = table.under(prefix);
        RegistryTable alone = RegistryTable.of(expected);

        assertThat(under.entries()).isEqualTo(alone.entries());
        assertThat(under.recordCount()).isEqualTo(alone.recordCount());
        assertThat(under.instanceCount()).isEqualTo(alone.instanceCount());
        assertThat(table.digest(prefix)).isEqualTo(alone.digest());
        assertThat(table.digest("")).isEqualTo(table.digest());
    }

    @Property(tries = 1_000)
    void namesTheServicesThatDiffer(@ForAll long seed) {
        AnyRecords any = new AnyRecords(seed);
        RegistryTable left = RegistryTable.of(any.entries(20));
        RegistryTable edited = left;
        for (int i = any.upTo(5); i > 0; i--) {
            edited = TableEdit.apply(edited, any.command());
        }
        RegistryTable right = any.upTo(3) == 0 ? RegistryTable.of(any.entries(20)) : edited;
        TreeSet<ServiceKey> expected = new TreeSet<>(left.entries().keySet());
        expected.addAll(right.entries().keySet());
        expected.removeIf(key -> left.entry(key).equals(right.entry(key)));

        assertThat(left.differing(right, 1_000)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(left.differing(right, 1_000)).doesNotHaveDuplicates();
        assertThat(left.differing(right, 2)).hasSize(Math.min(2, expected.size()));
    }

    @Test
    void extrasDoNotCountAndEverythingElseDoes() {
        InstanceKey key = new InstanceKey(KEY, "10.0.0.1", 80, "");
        InstanceRecord plain = InstanceRecord.persistent(key, 1, true, Map.of());
        LegacyExtras extras = new LegacyExtras(new TreeMap<>(Map.of("app", "\"x\"")));
        Digest digest = digest(plain);

        assertThat(digest(plain.withExtras(extras))).isEqualTo(digest);
        assertThat(
                        List.of(
                                digest(InstanceRecord.persistent(key, 2, true, Map.of())),
                                digest(InstanceRecord.persistent(key, 1, false, Map.of())),
                                digest(InstanceRecord.persistent(key, 1, true, Map.of("", ""))),
                                digest(
                                        new InstanceRecord(
                                                key,
                                                1,
                                                true,
                                                false,
                                                false,
                                                plain.metadata(),
                                                "",
                                                LegacyExtras.NONE)),
                                digest(
                                        new InstanceRecord(
                                                key,
                                                1,
                                                true,
                                                true,
                                                true,
                                                plain.metadata(),
                                                "",
                                                LegacyExtras.NONE)),
                                digest(
                                        new InstanceRecord(
                                                key,
                                                1,
                                                true,
                                                true,
                                                false,
                                                plain.metadata(),
                                                "0",
                                                LegacyExtras.NONE))))
                .doesNotContain(digest)
                .doesNotHaveDuplicates();
    }

    @Test
    void hostileNamesDoNotCollide() {
        List<ServiceKey> keys =
                List.of(
                        new ServiceKey("a", "b@@c", "d"),
                        new ServiceKey("a", "b", "c@@d"),
                        new ServiceKey("a##b", "c", "d"),
                        new ServiceKey("a", "b##c", "d"),
                        new ServiceKey("a", "b", "\ud800"),
                        new ServiceKey("a", "b", "\ud801"),
                        new ServiceKey("a", "b", "?"),
                        new ServiceKey("a", "b", ""),
                        new ServiceKey("a", "b", "\0\0\0\1\0\0\0\1"));
        RegistryTable table =
                RegistryTable.of(
                        keys.stream()
                                .map(key -> ServiceEntry.of(ServiceRecord.ofDefaults(key)))
                                .toList());

        assertThat(table.entries().keySet()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(keys.stream().map(key -> table.without(key).digest())).doesNotHaveDuplicates();
    }

    @Test
    void instancesWithHostileAddressesDoNotCollide() {
        ServiceEntry one =
                entryOf(new InstanceKey(KEY, "1#2", 3, "c"), new InstanceKey(KEY, "1", 2, "3#c"));
        ServiceEntry two = entryOf(new InstanceKey(KEY, "1#2", 3, "c"));

        assertThat(RegistryTable.of(List.of(one)).recordCount()).isEqualTo(3);
        assertThat(RegistryTable.of(List.of(one)).digest())
                .isNotEqualTo(RegistryTable.of(List.of(two)).digest());
    }

    @Test
    void namesNestedAsDeepAsTheyAreLongDoNotExhaustTheStack() {
        RegistryTable table = RegistryTable.EMPTY;
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 512; i++) {
            name.append('a');
            ServiceKey key = ServiceKey.of("", "", name.toString());
            table = table.with(ServiceEntry.of(ServiceRecord.ofDefaults(key)));
        }

        assertThat(table.serviceCount()).isEqualTo(512);
        assertThat(table.digest().hex()).hasSize(64);
    }

    @Test
    void theDigestOfAKnownTableStays() {
        // pins the canonical form: members of different builds compare digests with each other
        ServiceEntry entry =
                ServiceEntry.of(ServiceRecord.of(KEY, 0.5f, Map.of("k", "v")))
                        .withInstance(
                                InstanceRecord.persistent(
                                        new InstanceKey(KEY, "10.0.0.1", 80, ""),
                                        2,
                                        true,
                                        Map.of()));

        assertThat(RegistryTable.EMPTY.digest().hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(RegistryTable.of(List.of(entry)).digest().hex())
                .isEqualTo("935255e5a092a9f2ab3dec86c39ea5f6a903e114e69433c98c5b5ed9e9245a6f");
    }

    private static ServiceEntry entryOf(InstanceKey... keys) {
        ServiceEntry entry = ServiceEntry.of(ServiceRecord.ofDefaults(KEY));
        for (InstanceKey key : keys) {
            entry = entry.withInstance(InstanceRecord.persistent(key, 1, true, Map.of()));
        }
        return entry;
    }

    private static Digest digest(InstanceRecord instance) {
        return RegistryTable.of(
                        List.of(
                                ServiceEntry.of(ServiceRecord.ofDefaults(instance.service()))
                                        .withInstance(instance)))
                .digest();
    }
}
