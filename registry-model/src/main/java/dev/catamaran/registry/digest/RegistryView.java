package dev.catamaran.registry.digest;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecords;
import dev.catamaran.registry.records.SwitchRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a cluster, a home or an export holds: services with their clusters and instances,
 * what operators set for single instances, and the switches. A hash tree of namespaces, groups,
 * services and records as {@link RegistryTable} is one, and immutable like it.
 *
 * <p>Its digest covers all fields of all these records, also those that only one world has: the
 * kind that 2.x notes for a service, the overrides of 2.x, the extras of 1.x that hold more than a
 * 1.x server's own notes. So it tells apart what a table must call equal for both stacks to agree;
 * views of two worlds are compared after a conversion. Digests of a table and of a view have
 * nothing to do with each other.
 */
public final class RegistryView {

    public static final RegistryView EMPTY =
            new RegistryView(ServiceTree.empty(), SwitchRecord.DEFAULTS, 0);

    private final ServiceTree<ViewNode> tree;
    private final SwitchRecord switches;
    private final int overrides;

    /** Made when first asked for; two threads make the same. */
    private volatile @Nullable Digest digest;

    private RegistryView(ServiceTree<ViewNode> tree, SwitchRecord switches, int overrides) {
        this.tree = tree;
        this.switches = switches;
        this.overrides = overrides;
    }

    /**
     * A view of these records; of two with the same key the later counts.
     *
     * @param table services, clusters and instances
     * @param overrides what operators set, for registered instances and others
     * @param switches {@link SwitchRecord#DEFAULTS} where there are none
     */
    public static RegistryView of(
            RegistryTable table, Collection<OverrideRecord> overrides, SwitchRecord switches) {
        Map<ServiceKey, TreeMap<InstanceKey, OverrideRecord>> set = new TreeMap<>();
        for (OverrideRecord override : overrides) {
            set.computeIfAbsent(override.service(), key -> new TreeMap<>())
                    .put(override.key(), override);
        }
        Hasher hasher = new Hasher();
        List<ViewNode> nodes = new ArrayList<>(table.serviceCount());
        int count = set.values().stream().mapToInt(Map::size).sum();
        table.forEach(
                entry -> {
                    TreeMap<InstanceKey, OverrideRecord> own = set.remove(entry.key());
                    nodes.add(
                            ViewNode.of(
                                    new ServiceRecords(
                                            entry.key(),
                                            Optional.of(entry),
                                            own == null ? new TreeMap<>() : own),
                                    hasher));
                });
        set.forEach(
                (key, alone) ->
                        nodes.add(
                                ViewNode.of(
                                        new ServiceRecords(key, Optional.empty(), alone), hasher)));
        return new RegistryView(
                ServiceTree.of(nodes, hasher), requireNonNull(switches, "switches is null"), count);
    }

    /**
     * This view with the records of one service edited; the same view if that gives the same
     * object.
     *
     * @param edit makes of what the view holds of the service, perhaps nothing, what it shall hold
     */
    public RegistryView change(ServiceKey key, UnaryOperator<ServiceRecords> edit) {
        Hasher hasher = new Hasher();
        int[] added = {0};
        ServiceTree<ViewNode> changed =
                tree.change(
                        requireNonNull(key, "key is null"),
                        known -> {
                            ServiceRecords before =
                                    known == null ? ServiceRecords.none(key) : known.all();
                            ServiceRecords after = edit.apply(before);
                            if (after.equals(before)) {
                                return known;
                            }
                            added[0] = after.overrides().size() - before.overrides().size();
                            return ViewNode.of(after, known, hasher);
                        },
                        hasher);
        return changed.same(tree)
                ? this
                : new RegistryView(changed, switches, overrides + added[0]);
    }

    /** This view with one service, its clusters and instances put in the place of what was. */
    public RegistryView with(ServiceEntry entry) {
        return change(entry.key(), known -> known.withEntry(Optional.of(entry)));
    }

    /** This view without a service, its clusters and instances; what operators set stays. */
    public RegistryView without(ServiceKey key) {
        return change(key, known -> known.withEntry(Optional.empty()));
    }

    /** This view with what an operator has set. */
    public RegistryView with(OverrideRecord override) {
        return change(override.service(), known -> known.withOverride(override));
    }

    /** This view without what operators have set for an instance. */
    public RegistryView withoutOverride(InstanceKey key) {
        return change(key.service(), known -> known.withoutOverride(key));
    }

    /** This view with other switches. */
    public RegistryView with(SwitchRecord other) {
        return switches.equals(other) ? this : new RegistryView(tree, other, overrides);
    }

    /** Everything of one service. */
    public ServiceRecords records(ServiceKey key) {
        ViewNode known = tree.get(key, new Hasher());
        return known == null ? ServiceRecords.none(key) : known.all();
    }

    /** Everything of all services, in their order; read-only. Each call sorts it. */
    public SortedMap<ServiceKey, ServiceRecords> records() {
        SortedMap<ServiceKey, ServiceRecords> all = new TreeMap<>();
        tree.forEach(service -> all.put(service.key(), service.all()));
        return Collections.unmodifiableSortedMap(all);
    }

    public SwitchRecord switches() {
        return switches;
    }

    public int serviceCount() {
        return tree.counts().services();
    }

    public int instanceCount() {
        return tree.counts().instances();
    }

    public int overrideCount() {
        return overrides;
    }

    /** Number of services, clusters, instances and overrides together. */
    public int recordCount() {
        return tree.counts().records();
    }

    /**
     * The records that this view (left) and the other (right) hold differently, in no particular
     * order but for the switches, which come first. Skips what is equal by its digests.
     *
     * @param limit most records answered
     */
    public List<RecordPair> differingRecords(RegistryView other, int limit) {
        List<RecordPair> found = new ArrayList<>();
        if (limit > 0 && !switches.sameAs(other.switches)) {
            found.add(new RecordPair(Optional.of(switches), Optional.of(other.switches)));
        }
        found.addAll(tree.differingRecords(other.tree, limit - found.size()));
        return found;
    }

    /** Digest of everything. */
    public Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = hex(Canonical.view(tree.digest(), switches, new Hasher()));
            digest = known;
        }
        return known;
    }

    /**
     * Digest of the services whose {@link ServiceKey#text()} starts with {@code prefix}, overrides
     * included; the switches belong to no service.
     */
    public Digest digest(String prefix) {
        return hex(tree.under(prefix, new Hasher()).digest());
    }

    private static Digest hex(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }
}
