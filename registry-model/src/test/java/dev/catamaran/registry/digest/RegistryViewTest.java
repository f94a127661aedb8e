package dev.catamaran.registry.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.convert.LegacyFields;
import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.AnyRecords;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.ServiceRecords;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.records.ViewCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RegistryViewTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "svc");
    private static final ServiceRecord SERVICE = ServiceRecord.of(KEY, 0.5f, Map.of("k", "v"));
    private static final InstanceKey ADDRESS = new InstanceKey(KEY, "10.0.0.1", 80, "");
    private static final InstanceRecord INSTANCE =
            InstanceRecord.persistent(ADDRESS, 1, true, Map.of());
    private static final ClusterRecord CLUSTER =
            ClusterRecord.ofDefaults(new ClusterKey(KEY, "DEFAULT"));
    private static final OverrideRecord OVERRIDE =
            new OverrideRecord(ADDRESS, 1, true, new TreeMap<>());
    private static final RegistryView VIEW =
            RegistryView.EMPTY
                    .with(ServiceEntry.of(SERVICE).withCluster(CLUSTER).withInstance(INSTANCE))
                    .with(OVERRIDE);

    @Property(tries = 1_000)
    void aDigestOwesNothingToTheHistoryOfItsView(@ForAll long seed) {
        checkHistory(new AnyRecords(seed), seed);
    }

    @Property(tries = 1_000)
    void norDoesItWithHostileNames(@ForAll long seed) {
        checkHistory(AnyRecords.hostile(seed), seed);
    }

    private static void checkHistory(AnyRecords any, long seed) {
        RegistryView view = RegistryView.EMPTY;
        for (int i = 0; i < 40; i++) {
            view = TableEdit.apply(view, any.viewCommand());
        }
        RegistryView rebuilt = rebuilt(view, new Random(seed));
        ViewCommand more = any.viewCommand();
        RegistryView changed = TableEdit.apply(view, more);

        assertThat(rebuilt.digest()).isEqualTo(view.digest());
        assertThat(rebuilt.records()).isEqualTo(view.records());
        assertThat(rebuilt.recordCount()).isEqualTo(view.recordCount());
        assertThat(view.recordCount())
                .isEqualTo(
                        view.records().values().stream()
                                .mapToLong(all -> all.records().count())
                                .sum());
        assertThat(view.overrideCount())
                .isEqualTo(
                        view.records().values().stream()
                                .mapToInt(all -> all.overrides().size())
                                .sum());
        boolean same = counting(changed).equals(counting(view));
        assertThat(changed.digest().equals(view.digest())).as(more.toString()).isEqualTo(same);
        assertThat(changed.differingRecords(view, 10).isEmpty()).isEqualTo(same);
    }

    /** The same records, put in another order and over others. */
    private static RegistryView rebuilt(RegistryView view, Random random) {
        List<ServiceEntry> entries = new ArrayList<>();
        List<OverrideRecord> overrides = new ArrayList<>();
        for (ServiceRecords all : view.records().values()) {
            all.entry().ifPresent(entries::add);
            overrides.addAll(all.overrides().values());
        }
        Collections.shuffle(entries, random);
        Collections.shuffle(overrides, random);
        if (random.nextBoolean()) {
            return RegistryView.of(RegistryTable.of(entries), overrides, view.switches());
        }
        RegistryView rebuilt = RegistryView.EMPTY.with(view.switches());
        for (OverrideRecord override : overrides) {
            rebuilt = rebuilt.with(override);
        }
        for (ServiceEntry entry : entries) {
            rebuilt = rebuilt.with(ServiceEntry.of(ServiceRecord.ofDefaults(entry.key())));
            rebuilt = rebuilt.with(entry);
        }
        return rebuilt;
    }

    /** All that counts, as plain collections. */
    private static List<Object> counting(RegistryView view) {
        SortedMap<ServiceKey, List<RegistryRecord>> records = new TreeMap<>();
        view.records()
                .forEach(
                        (key, all) ->
                                records.put(
                                        key, all.records().map(RegistryViewTest::bare).toList()));
        SortedMap<SwitchField, String> switches = new TreeMap<>();
        for (SwitchField field : SwitchField.values()) {
            switches.put(field, view.switches().text(field));
        }
        return List.of(records, switches, view.switches().others());
    }

    private static RegistryRecord bare(RegistryRecord record) {
        if (record instanceof ServiceRecord service) {
            return service.withExtras(LegacyFields.worth(service.extras()));
        }
        if (record instanceof ClusterRecord cluster) {
            return cluster.withExtras(LegacyFields.worth(cluster.extras()));
        }
        if (record instanceof InstanceRecord instance) {
            return instance.withExtras(LegacyFields.worth(instance.extras()));
        }
        return record;
    }

    @Test
    void everyFieldThatATableMustLeaveOutCounts() {
        List<RegistryView> others =
                List.of(
                        VIEW.with(ServiceEntry.of(SERVICE)),
                        with(new RegistryCommand.PutService(SERVICE.withEphemeral(true))),
                        with(
                                new RegistryCommand.PutService(
                                        SERVICE.withExtras(extras("owners", "[\"me\"]")))),
                        with(
                                new RegistryCommand.PutCluster(
                                        CLUSTER.withExtras(extras("sitegroup", "\"s\"")))),
                        with(
                                new RegistryCommand.PutInstance(
                                        INSTANCE.withExtras(extras("app", "\"a\"")))),
                        VIEW.with(new OverrideRecord(ADDRESS, 2, true, new TreeMap<>())),
                        VIEW.with(new OverrideRecord(ADDRESS, 1, false, new TreeMap<>())),
                        VIEW.with(
                                new OverrideRecord(
                                        ADDRESS, 1, true, new TreeMap<>(Map.of("a", "b")))),
                        VIEW.withoutOverride(ADDRESS),
                        VIEW.with(SwitchRecord.DEFAULTS.with(SwitchField.PUSH_ENABLED, "false")),
                        VIEW.with(
                                new SwitchRecord(
                                        new TreeMap<>(), new TreeMap<>(Map.of("later", "1")))));

        assertThat(others.stream().map(RegistryView::digest))
                .doesNotHaveDuplicates()
                .doesNotContain(VIEW.digest());
    }

    @Test
    void whatAServerNotesForItselfAndSwitchesAtTheirDefaultsDoNotCount() {
        RegistryView noted =
                with(
                        new RegistryCommand.PutInstance(
                                INSTANCE.withExtras(extras("lastBeat", "17"))));
        RegistryView named =
                VIEW.with(SwitchRecord.DEFAULTS.with(SwitchField.PUSH_ENABLED, "true"));

        assertThat(noted.records()).isNotEqualTo(VIEW.records());
        assertThat(noted.digest()).isEqualTo(VIEW.digest());
        assertThat(named.switches()).isNotEqualTo(VIEW.switches());
        assertThat(named.digest()).isEqualTo(VIEW.digest());
        assertThat(named.differingRecords(VIEW, 10)).isEmpty();
    }

    @Test
    void anOverrideOutlivesItsInstanceAndItsService() {
        RegistryView alone = VIEW.without(KEY);

        assertThat(alone.serviceCount()).isZero();
        assertThat(alone.recordCount()).isOne();
        assertThat(alone.records(KEY).overrides()).containsOnlyKeys(ADDRESS);
        assertThat(alone.withoutOverride(ADDRESS).digest()).isEqualTo(RegistryView.EMPTY.digest());
    }

    @Test
    void aPrefixHasTheDigestOfItsServicesAndTheirOverridesAlone() {
        ServiceKey elsewhere = new ServiceKey("ns", "G", "svc");
        RegistryView more =
                VIEW.with(ServiceEntry.of(ServiceRecord.ofDefaults(elsewhere)))
                        .with(SwitchRecord.DEFAULTS.with(SwitchField.PUSH_ENABLED, "false"));

        assertThat(more.digest("public##")).isEqualTo(VIEW.digest("public##"));
        assertThat(more.digest("public##DEFAULT_GROUP@@svc"))
                .isEqualTo(VIEW.digest("public##DEFAULT_GROUP@@svc"));
        assertThat(more.digest("ns##")).isNotEqualTo(VIEW.digest("ns##"));
        assertThat(VIEW.withoutOverride(ADDRESS).digest("public##"))
                .isNotEqualTo(VIEW.digest("public##"));
    }

    @Test
    void theDigestOfAKnownViewStays() {
        // pins the canonical form: exports and members of different builds are compared by it
        assertThat(VIEW.digest().hex())
                .isEqualTo("1f777793e12e35b9d9de76daf6ce4a4e67941fb88cc113c624f26dd048173f06");
    }

    private static RegistryView with(RegistryCommand command) {
        return TableEdit.apply(VIEW, command);
    }

    private static LegacyExtras extras(String name, String json) {
        return new LegacyExtras(new TreeMap<>(Map.of(name, json)));
    }
}
