package dev.catamaran.tool.migrate;

import dev.catamaran.registry.convert.Conversion;
import dev.catamaran.registry.convert.Loss;
import dev.catamaran.registry.convert.LossRule;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Reconcile;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.reconcile.ReconcilePlan;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.live.ServerKind;
import dev.catamaran.tool.live.VisibleRecords;
import dev.catamaran.tool.records.RecordSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides what to write. Pure; asked twice, same answer. */
final class MigrationPlanner {

    private final ServerKind target;
    private final boolean mirror;
    private final ReconcileLimits limits;

    /**
     * @param mirror whether what only the target has is to go
     * @param limits more deletes than these are held back, all of them
     */
    MigrationPlanner(ServerKind target, boolean mirror, ReconcileLimits limits) {
        this.target = target;
        this.mirror = mirror;
        this.limits = limits;
    }

    /**
     * The plan for this moment, whole: a person is shown all of it before anything is written.
     *
     * @param all what is to be reached, as far as the target can hold it
     * @param found the target as it was read
     * @param firm whether to lay the wanted fields over instances that differ: registering them has
     *     been tried and something hides it
     */
    MigrationPlan plan(RecordSet all, RegistryTable found, boolean firm) {
        Holdable holdable = target.keepsOverrides() ? Holdable.of(all) : Holdable.everything(all);
        RecordSet source = holdable.records();
        RegistryTable effective = source.effective();
        boolean hides = target.hidesEmptyClusters();
        RegistryTable wanted = VisibleRecords.of(effective, hides);
        RegistryTable present = VisibleRecords.of(found, hides);
        ReconcilePlan<RegistryCommand> reconciled =
                Reconcile.all(wanted, mirror, present, limits.withMaxCommands(Integer.MAX_VALUE));
        List<RegistryCommand> commands = new ArrayList<>(reconciled.commands());
        List<RegistryCommand> held = new ArrayList<>(reconciled.quarantined());
        // no interface removes a cluster; it goes with its service
        List<RegistryCommand> stuck = commands.stream().filter(MigrationPlanner::isStuck).toList();
        commands.removeAll(stuck);

        SortedMap<ServiceKey, List<RegistryCommand>> byService = new TreeMap<>();
        commands.forEach(
                command ->
                        byService
                                .computeIfAbsent(command.service(), key -> new ArrayList<>())
                                .add(command));
        int unseen = hides ? addUnseen(effective, byService) : 0;
        SortedMap<ServiceKey, ServiceWork> work = new TreeMap<>();
        byService.forEach((key, its) -> work.put(key, work(key, its, source, present, firm)));
        return new MigrationPlan(
                wanted,
                present,
                work,
                records(held, present) + stuck.size(),
                because(reconciled.because(), stuck.size()),
                unseen,
                holdable.leftBehind(),
                lost(source));
    }

    private static boolean isStuck(RegistryCommand command) {
        return command instanceof RegistryCommand.RemoveCluster;
    }

    private static String because(String held, int stuck) {
        String clusters =
                stuck == 0 ? "" : stuck + " clusters: no interface removes a cluster by itself";
        return held.isEmpty() || clusters.isEmpty() ? held + clusters : held + "; " + clusters;
    }

    private static int records(List<RegistryCommand> held, RegistryTable present) {
        long records = 0;
        for (RegistryCommand command : held) {
            records +=
                    command instanceof RegistryCommand.RemoveService
                            ? present.entry(command.service())
                                    .map(entry -> entry.records().count())
                                    .orElse(0L)
                            : 1;
        }
        return (int) records;
    }

    /** Clusters that the target takes but does not show are written each time: it costs little. */
    private static int addUnseen(
            RegistryTable effective, SortedMap<ServiceKey, List<RegistryCommand>> byService) {
        int unseen = 0;
        for (ServiceEntry entry : effective.entries().values()) {
            for (ClusterRecord cluster : entry.clusters().values()) {
                boolean filled =
                        entry.instances().values().stream()
                                .anyMatch(
                                        instance ->
                                                !instance.ephemeral()
                                                        && instance.key()
                                                                .cluster()
                                                                .equals(cluster.key().name()));
                if (!filled && !VisibleRecords.isDefault(cluster)) {
                    byService
                            .computeIfAbsent(entry.key(), key -> new ArrayList<>())
                            .add(new RegistryCommand.PutCluster(cluster));
                    unseen++;
                }
            }
        }
        return unseen;
    }

    private ServiceWork work(
            ServiceKey key,
            List<RegistryCommand> commands,
            RecordSet source,
            RegistryTable present,
            boolean firm) {
        Optional<ServiceEntry> raw = source.table().entry(key);
        Optional<ServiceEntry> before = present.entry(key);
        List<RegistryCommand> writes = new ArrayList<>();
        List<OverrideRecord> overrides = new ArrayList<>();
        for (RegistryCommand command : commands) {
            if (command instanceof RegistryCommand.PutInstance put) {
                InstanceRecord shown = put.record();
                OverrideRecord override = source.overrides().get(shown.key());
                if (target.keepsOverrides() && override != null) {
                    writes.add(new RegistryCommand.PutInstance(registered(raw, shown)));
                    overrides.add(override);
                    continue;
                }
                writes.add(put);
                if (target.keepsOverrides() && firm && has(before, shown.key())) {
                    overrides.add(asOverride(shown));
                }
            } else if (command instanceof RegistryCommand.RemoveService gone) {
                // servers refuse to remove a service that has instances
                before.ifPresent(
                        entry ->
                                entry.instances()
                                        .keySet()
                                        .forEach(
                                                instance ->
                                                        writes.add(
                                                                new RegistryCommand.RemoveInstance(
                                                                        instance))));
                writes.add(gone);
            } else {
                writes.add(command);
            }
        }
        return new ServiceWork(writes, overrides, before.isPresent());
    }

    private static boolean has(Optional<ServiceEntry> entry, InstanceKey key) {
        return entry.map(known -> known.instances().containsKey(key)).orElse(false);
    }

    private static InstanceRecord registered(Optional<ServiceEntry> raw, InstanceRecord shown) {
        return raw.map(entry -> entry.instances().get(shown.key())).orElse(shown);
    }

    private static OverrideRecord asOverride(InstanceRecord record) {
        return new OverrideRecord(
                record.key(), record.weight(), record.enabled(), record.metadata());
    }

    private static boolean isLeftBehind(Loss loss) {
        return LossRule.named(loss.rule())
                .map(rule -> rule.effect() != LossRule.Effect.WARNS)
                .orElse(true);
    }

    private List<String> lost(RecordSet source) {
        List<String> lost = new ArrayList<>();
        if (target.keepsOverrides()) {
            for (ServiceEntry entry : source.table().entries().values()) {
                for (Loss loss : Conversion.toV2(entry).losses().losses()) {
                    if (isLeftBehind(loss)) {
                        lost.add(loss.key() + ": " + loss.what() + " (" + loss.advice() + ")");
                    }
                }
            }
        }
        for (Map.Entry<InstanceKey, OverrideRecord> override : source.overrides().entrySet()) {
            if (!has(source.table().entry(override.getKey().service()), override.getKey())) {
                lost.add(
                        override.getKey()
                                + ": what an operator set for it is not carried, as it is not"
                                + " registered (set it again when it comes back)");
            }
        }
        return lost;
    }
}
