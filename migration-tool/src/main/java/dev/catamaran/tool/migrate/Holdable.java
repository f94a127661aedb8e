package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.convert.Conversion;
import dev.catamaran.registry.convert.Converted;
import dev.catamaran.registry.convert.Loss;
import dev.catamaran.registry.convert.LossRule;
import dev.catamaran.registry.convert.V2Service;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.tool.records.RecordSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a 2.x server can hold of some records (spec: upgrade-machinery D20). Written to it
 * nonetheless, the rest is refused there, or one of two records replaces the other.
 *
 * @param records those it can hold
 * @param leftBehind the others, in words
 */
record Holdable(RecordSet records, List<String> leftBehind) {

    Holdable {
        requireNonNull(records, "records is null");
        leftBehind = List.copyOf(leftBehind);
    }

    static Holdable everything(RecordSet records) {
        return new Holdable(records, List.of());
    }

    static Holdable of(RecordSet all) {
        List<String> leftBehind = new ArrayList<>();
        RegistryTable table = all.table();
        for (ServiceEntry entry : all.table().entries().values()) {
            Converted<V2Service> converted = Conversion.toV2(entry);
            List<Loss> losses =
                    converted.losses().losses().stream().filter(Holdable::cannotBeHeld).toList();
            if (!losses.isEmpty()) {
                losses.forEach(
                        loss ->
                                leftBehind.add(
                                        loss.key()
                                                + ": "
                                                + loss.what()
                                                + " ("
                                                + loss.advice()
                                                + ")"));
                Optional<ServiceEntry> rest =
                        converted.value().map(service -> held(entry, service));
                table = table.change(entry.key(), before -> rest);
            }
        }
        return new Holdable(new RecordSet(table, overrides(all, table)), leftBehind);
    }

    private static boolean cannotBeHeld(Loss loss) {
        return loss.blocking()
                && LossRule.named(loss.rule())
                        .map(rule -> rule.effect() != LossRule.Effect.WARNS)
                        .orElse(true);
    }

    /** The service with the instances and labels that its 2.x form has. */
    private static ServiceEntry held(ServiceEntry entry, V2Service service) {
        ServiceEntry rest = entry;
        for (InstanceRecord instance : entry.instances().values()) {
            InstanceRecord there = service.instances().get(instance.key().address());
            rest =
                    there == null || !there.key().equals(instance.key())
                            ? rest.withoutInstance(instance.key())
                            : rest.withInstance(labelled(instance, there));
        }
        return rest;
    }

    private static InstanceRecord labelled(InstanceRecord instance, InstanceRecord there) {
        return new InstanceRecord(
                instance.key(),
                instance.weight(),
                instance.enabled(),
                instance.healthy(),
                instance.ephemeral(),
                there.metadata(),
                instance.instanceId(),
                instance.extras());
    }

    /** An override goes with its instance; one whose instance never was registered stays. */
    private static SortedMap<InstanceKey, OverrideRecord> overrides(
            RecordSet all, RegistryTable held) {
        SortedMap<InstanceKey, OverrideRecord> rest = new TreeMap<>(all.overrides());
        rest.keySet().removeIf(key -> has(all.table(), key) && !has(held, key));
        return rest;
    }

    private static boolean has(RegistryTable table, InstanceKey key) {
        return table.entry(key.service())
                .map(entry -> entry.instances().containsKey(key))
                .orElse(false);
    }
}
