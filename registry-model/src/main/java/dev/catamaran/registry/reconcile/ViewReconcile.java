package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.digest.RecordPair;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.records.ViewCommand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One reconcile of two views, made from the records in which they differ. */
final class ViewReconcile {

    /** A service, its clusters, its instances, what operators set for them; each kind by key. */
    private static final Comparator<RegistryRecord> ORDER = ViewReconcile::compare;

    private final RegistryView target;
    private final SortedMap<ServiceKey, List<RecordPair>> byService = new TreeMap<>();
    private Optional<RecordPair> switches = Optional.empty();

    ViewReconcile(RegistryView source, RegistryView target) {
        this.target = target;
        for (RecordPair pair : source.differingRecords(target, Integer.MAX_VALUE)) {
            if (either(pair) instanceof SwitchRecord) {
                switches = Optional.of(pair);
            } else {
                byService.computeIfAbsent(pair.service(), key -> new ArrayList<>()).add(pair);
            }
        }
    }

    private static boolean deletes(RecordPair pair, Moves moves) {
        return pair.left().isEmpty() && !moves.has(remove(either(pair)));
    }

    private static Moves moves(List<RecordPair> pairs, boolean sourceComplete) {
        return sourceComplete
                ? new Moves(moved(pairs, InstanceRecord.class), moved(pairs, OverrideRecord.class))
                : Moves.NONE;
    }

    /** Addresses that the target has in one cluster and the source in another. */
    private static Set<String> moved(List<RecordPair> pairs, Class<? extends RegistryRecord> kind) {
        Set<String> gone = new HashSet<>();
        Set<String> come = new HashSet<>();
        for (RecordPair pair : pairs) {
            if (kind.isInstance(either(pair)) && pair.left().isEmpty()) {
                gone.add(address(either(pair)));
            } else if (kind.isInstance(either(pair)) && pair.right().isEmpty()) {
                come.add(address(either(pair)));
            }
        }
        gone.retainAll(come);
        return gone;
    }

    private static String address(RegistryRecord record) {
        return record instanceof OverrideRecord override
                ? override.key().address()
                : ((InstanceRecord) record).key().address();
    }

    private static RegistryRecord either(RecordPair pair) {
        return pair.left().or(pair::right).orElseThrow();
    }

    ReconcilePlan<ViewCommand> plan(boolean sourceComplete, ReconcileLimits limits) {
        boolean resets = !sourceComplete && switches.map(ViewReconcile::resets).orElse(false);
        long deletes = 0;
        for (List<RecordPair> pairs : byService.values()) {
            Moves moves = moves(pairs, sourceComplete);
            deletes += pairs.stream().filter(pair -> deletes(pair, moves)).count();
        }
        String because = Reconcile.objection(deletes, sourceComplete, target.recordCount(), limits);
        if (resets) {
            because =
                    "the source is not declared complete: switches that it does not name are kept"
                            + (because.isEmpty() ? "" : "; " + because);
        }
        PlanBuilder<ViewCommand> plan = new PlanBuilder<>(limits.maxCommands(), because);
        if (switches.isPresent()) {
            ViewCommand put = put(switches.get().left().orElseThrow());
            if (resets) {
                plan.hold(put);
            } else {
                plan.add(List.of(put), Moves.NONE);
            }
        }
        for (List<RecordPair> pairs : byService.values()) {
            if (plan.isFull()) {
                break;
            }
            plan.add(commands(pairs), moves(pairs, sourceComplete));
        }
        return plan.plan();
    }

    /** Whether the target has set a switch that the source leaves at its default. */
    private static boolean resets(RecordPair pair) {
        SwitchRecord wanted = (SwitchRecord) pair.left().orElseThrow();
        SwitchRecord present = (SwitchRecord) pair.right().orElseThrow();
        for (SwitchField field : SwitchField.values()) {
            boolean named = wanted.set().containsKey(field);
            if (!named && !present.text(field).equals(field.missing())) {
                return true;
            }
        }
        return !wanted.others().keySet().containsAll(present.others().keySet());
    }

    /** Deletes come before puts; a service takes its clusters and instances with it. */
    private static List<ViewCommand> commands(List<RecordPair> pairs) {
        List<RegistryRecord> gone = new ArrayList<>();
        List<RegistryRecord> wanted = new ArrayList<>();
        for (RecordPair pair : pairs) {
            pair.left().ifPresentOrElse(wanted::add, () -> gone.add(either(pair)));
        }
        gone.sort(ORDER.reversed());
        wanted.sort(ORDER);
        boolean whole = gone.stream().anyMatch(ServiceRecord.class::isInstance);
        List<ViewCommand> commands = new ArrayList<>();
        for (RegistryRecord record : gone) {
            boolean alone = record instanceof ServiceRecord || record instanceof OverrideRecord;
            if (!whole || alone) {
                commands.add(remove(record));
            }
        }
        wanted.forEach(record -> commands.add(put(record)));
        return commands;
    }

    private static ViewCommand remove(RegistryRecord record) {
        if (record instanceof ClusterRecord cluster) {
            return new RegistryCommand.RemoveCluster(cluster.key());
        }
        if (record instanceof InstanceRecord instance) {
            return new RegistryCommand.RemoveInstance(instance.key());
        }
        if (record instanceof OverrideRecord override) {
            return new ViewCommand.RemoveOverride(override.key());
        }
        return new RegistryCommand.RemoveService(record.service());
    }

    private static ViewCommand put(RegistryRecord record) {
        if (record instanceof ServiceRecord service) {
            return new RegistryCommand.PutService(service);
        }
        if (record instanceof ClusterRecord cluster) {
            return new RegistryCommand.PutCluster(cluster);
        }
        if (record instanceof InstanceRecord instance) {
            return new RegistryCommand.PutInstance(instance);
        }
        if (record instanceof OverrideRecord override) {
            return new ViewCommand.PutOverride(override);
        }
        if (record instanceof SwitchRecord all) {
            return new ViewCommand.PutSwitches(all);
        }
        throw new AssertionError("no rule for " + record);
    }

    private static int compare(RegistryRecord one, RegistryRecord other) {
        if (one instanceof ClusterRecord a && other instanceof ClusterRecord b) {
            return a.key().name().compareTo(b.key().name());
        }
        if (one instanceof InstanceRecord a && other instanceof InstanceRecord b) {
            return a.key().compareTo(b.key());
        }
        if (one instanceof OverrideRecord a && other instanceof OverrideRecord b) {
            return a.key().compareTo(b.key());
        }
        return Integer.compare(rank(one), rank(other));
    }

    private static int rank(RegistryRecord record) {
        if (record instanceof ServiceRecord) {
            return 0;
        }
        if (record instanceof ClusterRecord) {
            return 1;
        }
        return record instanceof InstanceRecord ? 2 : 3;
    }
}
