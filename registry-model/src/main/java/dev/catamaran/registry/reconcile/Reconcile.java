package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.ViewCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commands that make a target hold what its source holds. Pure; asked twice, same answer. */
public final class Reconcile {

    private Reconcile() {}

    /**
     * Makes one service of the target equal to the source's. Deletes come before puts, so that an
     * address may change its cluster; the service comes before its clusters, these before
     * instances. Puts carry the source's fields and those 1.x extras of the target that the source
     * does not know. Extras alone are no difference.
     *
     * @param source what the service should be; empty if it should not be
     * @param target what it is; empty if it is not
     */
    public static List<RegistryCommand> service(
            Optional<ServiceEntry> source, Optional<ServiceEntry> target) {
        if (source.isEmpty()) {
            return target.<List<RegistryCommand>>map(
                            gone -> List.of(new RegistryCommand.RemoveService(gone.key())))
                    .orElse(List.of());
        }
        ServiceEntry wanted = source.get();
        List<RegistryCommand> commands = new ArrayList<>();
        target.ifPresent(present -> addDeletes(wanted, present, commands));
        addPuts(wanted, target.orElse(null), commands);
        return commands;
    }

    private static void addDeletes(
            ServiceEntry wanted, ServiceEntry present, List<RegistryCommand> commands) {
        for (InstanceKey key : present.instances().keySet()) {
            if (!wanted.instances().containsKey(key)) {
                commands.add(new RegistryCommand.RemoveInstance(key));
            }
        }
        for (Map.Entry<String, ClusterRecord> cluster : present.clusters().entrySet()) {
            if (!wanted.clusters().containsKey(cluster.getKey())) {
                commands.add(new RegistryCommand.RemoveCluster(cluster.getValue().key()));
            }
        }
    }

    private static void addPuts(
            ServiceEntry wanted, @Nullable ServiceEntry present, List<RegistryCommand> commands) {
        ServiceRecord service = wanted.service();
        ServiceRecord oldService = present == null ? null : present.service();
        if (oldService == null || !sameButExtras(service, oldService)) {
            LegacyExtras kept = oldService == null ? LegacyExtras.NONE : oldService.extras();
            LegacyExtras extras = merged(service.extras(), kept);
            commands.add(new RegistryCommand.PutService(service.withExtras(extras)));
        }
        for (ClusterRecord cluster : wanted.clusters().values()) {
            ClusterRecord old =
                    present == null ? null : present.clusters().get(cluster.key().name());
            if (old == null || !cluster.withExtras(old.extras()).equals(old)) {
                LegacyExtras kept = old == null ? LegacyExtras.NONE : old.extras();
                LegacyExtras extras = merged(cluster.extras(), kept);
                commands.add(new RegistryCommand.PutCluster(cluster.withExtras(extras)));
            }
        }
        for (InstanceRecord instance : wanted.instances().values()) {
            InstanceRecord old = present == null ? null : present.instances().get(instance.key());
            if (old == null || !instance.withExtras(old.extras()).equals(old)) {
                LegacyExtras kept = old == null ? LegacyExtras.NONE : old.extras();
                LegacyExtras extras = merged(instance.extras(), kept);
                commands.add(new RegistryCommand.PutInstance(instance.withExtras(extras)));
            }
        }
    }

    /** The kind of a service is a field of 2.x alone; legacy stacks cannot take it over. */
    private static boolean sameButExtras(ServiceRecord one, ServiceRecord other) {
        return one.withExtras(other.extras()).withEphemeral(other.ephemeral()).equals(other);
    }

    /** The source's extras, and those of the target that the source does not have. */
    private static LegacyExtras merged(LegacyExtras source, LegacyExtras target) {
        if (target.fields().isEmpty() || source.equals(target)) {
            return source;
        }
        SortedMap<String, String> fields = new TreeMap<>(target.fields());
        fields.putAll(source.fields());
        return new LegacyExtras(fields);
    }

    /**
     * Makes the whole target equal to the source, service by service.
     *
     * @param sourceComplete whether the source is declared to hold everything; if not, nothing is
     *     deleted: every delete is held back
     * @param limits more deletes than these are held back, all of them, whatever the number of
     *     plans that they would be spread over
     */
    public static ReconcilePlan<RegistryCommand> all(
            RegistryTable source,
            boolean sourceComplete,
            RegistryTable target,
            ReconcileLimits limits) {
        List<ServiceKey> keys = source.differing(target, Integer.MAX_VALUE);
        long deletes = 0;
        for (ServiceKey key : keys) {
            Moves moves = moves(source.entry(key), sourceComplete, target.entry(key));
            deletes += deletedOf(source.entry(key), target.entry(key), moves);
        }
        String because = objection(deletes, sourceComplete, target.recordCount(), limits);
        PlanBuilder<RegistryCommand> plan = new PlanBuilder<>(limits.maxCommands(), because);
        for (ServiceKey key : keys) {
            if (plan.isFull()) {
                break;
            }
            Optional<ServiceEntry> wanted = source.entry(key);
            Optional<ServiceEntry> present = target.entry(key);
            plan.add(service(wanted, present), moves(wanted, sourceComplete, present));
        }
        return plan.plan();
    }

    private static Moves moves(
            Optional<ServiceEntry> source, boolean complete, Optional<ServiceEntry> target) {
        if (!complete || source.isEmpty() || target.isEmpty()) {
            return Moves.NONE;
        }
        Set<String> left = onlyIn(target.get(), source.get());
        if (left.isEmpty()) {
            return Moves.NONE;
        }
        left.retainAll(onlyIn(source.get(), target.get()));
        return new Moves(left, Set.of());
    }

    /** Addresses of the instances that one entry has and the other has not. */
    private static Set<String> onlyIn(ServiceEntry one, ServiceEntry other) {
        Set<String> addresses = new HashSet<>();
        for (InstanceKey key : one.instances().keySet()) {
            if (!other.instances().containsKey(key)) {
                addresses.add(key.address());
            }
        }
        return addresses;
    }

    /**
     * The commands of {@link #service} that may be done while nothing may be removed: neither its
     * removals nor the put of an address that is to leave another cluster.
     */
    public static List<RegistryCommand> withoutRemovals(List<RegistryCommand> ofService) {
        return PlanBuilder.withoutRemovals(ofService);
    }

    /** Number of records of a service that only the target has, those that move aside. */
    private static long deletedOf(
            Optional<ServiceEntry> source, Optional<ServiceEntry> target, Moves moves) {
        if (target.isEmpty()) {
            return 0;
        }
        ServiceEntry present = target.get();
        if (source.isEmpty()) {
            return present.records().count();
        }
        ServiceEntry wanted = source.get();
        return present.instances().keySet().stream()
                        .filter(key -> !wanted.instances().containsKey(key))
                        .filter(key -> !moves.instances().contains(key.address()))
                        .count()
                + present.clusters().keySet().stream()
                        .filter(name -> !wanted.clusters().containsKey(name))
                        .count();
    }

    /**
     * Makes a whole view equal to the source's: services, clusters and instances with all their
     * fields, then what operators set, service by service; the switches come first. Puts carry the
     * source's record as it is, 1.x extras included, so both should be of one world.
     *
     * @param sourceComplete whether the source is declared to hold everything; if not, nothing is
     *     deleted, and no switch goes back to its default because the source does not name it
     * @param limits more deletes than these are held back, all of them
     */
    public static ReconcilePlan<ViewCommand> all(
            RegistryView source,
            boolean sourceComplete,
            RegistryView target,
            ReconcileLimits limits) {
        return new ViewReconcile(source, target).plan(sourceComplete, limits);
    }

    static String objection(
            long deletes, boolean sourceComplete, int present, ReconcileLimits limits) {
        if (deletes == 0) {
            return "";
        }
        if (!sourceComplete) {
            return "the source is not declared complete: "
                    + deletes
                    + " records that only the target has are kept";
        }
        boolean tooMany = deletes > limits.maxDeletes();
        boolean tooLargeShare = deletes > limits.maxDeleteShare() * present;
        if (!tooMany && !tooLargeShare) {
            return "";
        }
        return "mass delete: %d of %d records would go, more than %d or than %.0f %%"
                .formatted(deletes, present, limits.maxDeletes(), 100 * limits.maxDeleteShare());
    }
}
