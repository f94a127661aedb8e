package dev.catamaran.registry.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.records.AnyRecords;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a report does not name comes back as it was; what it names as lost does not. */
class ConversionPropertiesTest {

    @Property(tries = 2_000)
    void thereAndBackFrom1xDiffersInExactlyWhatTheReportNames(@ForAll long seed) {
        ServiceEntry entry = new AnyRecords(seed).oddEntry();
        Converted<V2Service> there = Conversion.toV2(entry);
        if (there.value().isEmpty()) {
            assertThat(effects(there.losses())).containsExactly(LossRule.Effect.LOSES_SERVICE);
            assertThat(there.losses().losses().get(0).key()).isEqualTo(entry.key().text());
            return;
        }
        Converted<ServiceEntry> back = Conversion.toV1(there.value().get());
        if (back.value().isEmpty()) {
            assertThat(effects(back.losses())).containsExactly(LossRule.Effect.LOSES_SERVICE);
            return;
        }

        assertThat(differing(records(entry), records(back.value().get())))
                .isEqualTo(lost(there.losses()));
        assertThat(lost(back.losses())).isEmpty();
    }

    @Property(tries = 2_000)
    void thereAndBackFrom2xDiffersInExactlyWhatTheReportsName(@ForAll long seed) {
        V2Service service = anyV2(new AnyRecords(seed));
        Converted<ServiceEntry> there = Conversion.toV1(service);
        if (there.value().isEmpty()) {
            assertThat(effects(there.losses())).containsExactly(LossRule.Effect.LOSES_SERVICE);
            return;
        }
        Converted<V2Service> back = Conversion.toV2(there.value().get());
        SortedSet<String> named = lost(there.losses());
        named.addAll(lost(back.losses()));
        SortedSet<String> differing =
                differing(records(service), records(back.value().orElseThrow()));

        assertThat(differing).containsAll(lost(there.losses()));
        // an override that is laid over an instance changes that as well
        named.addAll(
                named.stream()
                        .filter(key -> key.startsWith("override of "))
                        .map(key -> key.substring("override of ".length()))
                        .toList());
        assertThat(named).containsAll(differing);
    }

    /** As it happens: from a file through records into payloads, and from these into a file. */
    @Property(tries = 1_000)
    void bothFormsHoldEveryRecordThatTheyCarry(@ForAll long seed) {
        ServiceEntry entry = new AnyRecords(seed).oddEntry();
        ServiceKey key = entry.key();
        ServiceEntry read =
                new ServiceEntry(
                        ServiceJson.decode(key, ServiceJson.encode(entry)).orThrow().service(),
                        ServiceJson.decode(key, ServiceJson.encode(entry)).orThrow().clusters(),
                        InstancesJson.decode(key, InstancesJson.encode(entry.instances().values()))
                                .orThrow());
        assertThat(records(read)).isEqualTo(records(withoutNotes(entry)));

        Optional<V2Service> there = Conversion.toV2(read).value();
        if (there.isEmpty()) {
            return;
        }
        V2Service sent = there.get();
        byte[] payload = GroupPayloads.encodeService(sent.service(), sent.clusters().values());
        ServiceEntry received = GroupPayloads.decodeService(payload).orThrow();
        assertThat(received.service()).isEqualTo(sent.service());
        assertThat(received.clusters()).isEqualTo(sent.clusters());
        if (!sent.service().ephemeral()) {
            List<InstanceRecord> all = List.copyOf(sent.instances().values());
            assertThat(
                            SnapshotBodies.decodeInstances(SnapshotBodies.encodeInstances(all))
                                    .orThrow())
                    .containsExactlyInAnyOrderElementsOf(all);
            for (InstanceRecord one : all) {
                assertThat(
                                GroupPayloads.decodeInstance(GroupPayloads.encodeInstance(one, 1))
                                        .orThrow())
                        .isEqualTo(one);
            }
        }
    }

    /** A file holds one of two instances of one key, and then no note of the other. */
    private static ServiceEntry withoutNotes(ServiceEntry entry) {
        ServiceEntry plain = entry;
        for (InstanceRecord one : entry.instances().values()) {
            TreeMap<String, String> fields = new TreeMap<>(one.extras().fields());
            fields.remove(LegacyExtras.DUPLICATE);
            plain = plain.withInstance(one.withExtras(new LegacyExtras(fields)));
        }
        return plain;
    }

    private static V2Service anyV2(AnyRecords any) {
        ServiceEntry entry = any.oddEntry();
        while (Conversion.toV2(entry).value().isEmpty()) {
            entry = any.oddEntry();
        }
        V2Service plain = Conversion.toV2(entry).value().orElseThrow();
        SortedMap<InstanceKey, OverrideRecord> overrides = new TreeMap<>();
        for (InstanceRecord instance : plain.instances().values()) {
            if (any.upTo(3) == 0) {
                overrides.put(instance.key(), any.override(instance.key()));
            }
        }
        if (any.upTo(3) == 0) {
            InstanceKey key = any.instanceKey(plain.key());
            overrides.put(key, any.override(key));
        }
        boolean kind = plain.instances().isEmpty() ? any.upTo(2) == 0 : plain.service().ephemeral();
        return new V2Service(
                plain.service().withEphemeral(kind),
                plain.clusters(),
                plain.instances(),
                overrides);
    }

    /** Keys of the records that are on one side only, or differ. */
    private static SortedSet<String> differing(Map<String, Object> one, Map<String, Object> other) {
        SortedSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> one.containsKey(key) && one.get(key).equals(other.get(key)));
        return keys;
    }

    private static Map<String, Object> records(ServiceEntry entry) {
        Map<String, Object> records = new TreeMap<>();
        records.put(
                entry.key().text(),
                entry.service()
                        .withEphemeral(false)
                        .withExtras(LegacyFields.worth(entry.service().extras())));
        entry.clusters()
                .values()
                .forEach(
                        one ->
                                records.put(
                                        one.key().toString(),
                                        one.withExtras(LegacyFields.worth(one.extras()))));
        entry.instances()
                .values()
                .forEach(
                        one ->
                                records.put(
                                        one.key().toString(),
                                        one.withExtras(LegacyFields.worth(one.extras()))));
        return records;
    }

    private static Map<String, Object> records(V2Service service) {
        Map<String, Object> records = records(service.entry());
        records.put(service.key().text(), service.service());
        service.overrides()
                .values()
                .forEach(override -> records.put("override of " + override.key(), override));
        return records;
    }

    private static SortedSet<String> lost(LossReport report) {
        return report.losses().stream()
                .filter(loss -> effect(loss) != LossRule.Effect.WARNS)
                .map(Loss::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<LossRule.Effect> effects(LossReport report) {
        return report.losses().stream()
                .map(ConversionPropertiesTest::effect)
                .collect(Collectors.toSet());
    }

    private static LossRule.Effect effect(Loss loss) {
        return LossRule.named(loss.rule()).orElseThrow().effect();
    }
}
