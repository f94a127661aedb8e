package dev.catamaran.registry.digest;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All records of one stack, as a hash tree of namespaces, groups, services and records. Immutable:
 * each change gives a new table that shares what did not change, so a published table is a snapshot
 * and costs its readers no lock.
 *
 * <p>The digest covers every field of every record but the 1.x extras. Equal tables have equal
 * digests whatever their histories; different ones have different digests unless SHA-256 is broken,
 * also if somebody chose the records to that end. A change costs its path, hashing included; the
 * digest is there for the asking.
 *
 * <p>Holds no I/O and starts no thread.
 */
public final class RegistryTable {

    public static final RegistryTable EMPTY =
            new RegistryTable(HashTrie.empty(ServiceNode.NAMESPACES), Counts.NONE);

    private final HashTrie<String, Scope<Scope<ServiceNode>>> namespaces;
    private final Counts counts;

    /** Made when first asked for; two threads make the same. */
    private volatile @Nullable SortedMap<ServiceKey, ServiceEntry> sorted;

    /** Likewise. */
    private volatile @Nullable Digest digest;

    private RegistryTable(HashTrie<String, Scope<Scope<ServiceNode>>> namespaces, Counts counts) {
        this.namespaces = namespaces;
        this.counts = counts;
    }

    /** A table of these entries; of two with the same key the later counts. */
    public static RegistryTable of(Collection<ServiceEntry> entries) {
        Hasher hasher = new Hasher();
        Map<String, Map<String, Map<String, ServiceNode>>> nodes = new HashMap<>();
        for (ServiceEntry entry : entries) {
            ServiceKey key = entry.key();
            nodes.computeIfAbsent(key.namespace(), name -> new HashMap<>())
                    .computeIfAbsent(key.group(), name -> new HashMap<>())
                    .put(key.name(), ServiceNode.of(entry, hasher));
        }
        List<Scope<Scope<ServiceNode>>> namespaces = new ArrayList<>();
        nodes.forEach(
                (name, inNamespace) -> {
                    List<Scope<ServiceNode>> groups = new ArrayList<>();
                    inNamespace.forEach(
                            (group, services) ->
                                    groups.add(
                                            Scope.of(
                                                    group,
                                                    HashTrie.of(
                                                            ServiceNode.SERVICES,
                                                            services.values(),
                                                            hasher))));
                    namespaces.add(Scope.of(name, HashTrie.of(ServiceNode.GROUPS, groups, hasher)));
                });
        HashTrie<String, Scope<Scope<ServiceNode>>> all =
                HashTrie.of(ServiceNode.NAMESPACES, namespaces, hasher);
        return new RegistryTable(all, Scope.sum(all));
    }

    /** This table with one service replaced or added. */
    public RegistryTable with(ServiceEntry entry) {
        return change(entry.key(), known -> Optional.of(entry));
    }

    /** This table without one service. */
    public RegistryTable without(ServiceKey key) {
        return change(key, known -> Optional.empty());
    }

    /**
     * This table with one service edited; the same table if that gives the same object.
     *
     * @param edit makes of what the table holds of the service, if anything, what it shall hold
     */
    public RegistryTable change(ServiceKey key, UnaryOperator<Optional<ServiceEntry>> edit) {
        return change(requireNonNull(key, "key is null"), edit, new Hasher());
    }

    private RegistryTable change(
            ServiceKey key, UnaryOperator<Optional<ServiceEntry>> edit, Hasher hasher) {
        TableChange change = new TableChange(key, edit, hasher);
        HashTrie<String, Scope<Scope<ServiceNode>>> changed = change.in(namespaces);
        return changed.same(namespaces)
                ? this
                : new RegistryTable(changed, counts.plus(change.added()));
    }

    public Optional<ServiceEntry> entry(ServiceKey key) {
        Hasher hasher = new Hasher();
        Scope<Scope<ServiceNode>> namespace = namespaces.get(key.namespace(), hasher);
        Scope<ServiceNode> group =
                namespace == null ? null : namespace.members().get(key.group(), hasher);
        ServiceNode service = group == null ? null : group.members().get(key.name(), hasher);
        return Optional.ofNullable(service).map(ServiceNode::entry);
    }

    /** All entries, in key order; read-only. The first call on a table sorts it. */
    public SortedMap<ServiceKey, ServiceEntry> entries() {
        SortedMap<ServiceKey, ServiceEntry> known = sorted;
        if (known == null) {
            SortedMap<ServiceKey, ServiceEntry> all = new TreeMap<>();
            namespaces.forEach(
                    namespace ->
                            namespace
                                    .members()
                                    .forEach(group -> group.members().forEach(put(all))));
            known = Collections.unmodifiableSortedMap(all);
            sorted = known;
        }
        return known;
    }

    private static Consumer<ServiceNode> put(SortedMap<ServiceKey, ServiceEntry> entries) {
        return service -> entries.put(service.entry().key(), service.entry());
    }

    /**
     * A table of the services whose {@link ServiceKey#text()} starts with {@code prefix}. Whole
     * namespaces and groups are taken over as they are, with their digests.
     */
    public RegistryTable under(String prefix) {
        Hasher hasher = new Hasher();
        HashTrie<String, Scope<Scope<ServiceNode>>> some =
                namespaces.select(
                        namespace ->
                                namespace == null
                                        ? null
                                        : namespace.under(
                                                ServiceKey.NAMESPACE_SEPARATOR,
                                                prefix,
                                                (group, rest) -> under(group, rest, hasher),
                                                hasher),
                        hasher);
        return new RegistryTable(some, Scope.sum(some));
    }

    private static @Nullable Scope<ServiceNode> under(
            Scope<ServiceNode> group, String prefix, Hasher hasher) {
        return group.under(
                ServiceKey.GROUP_SEPARATOR,
                prefix,
                (service, rest) -> service.entry().key().name().startsWith(rest) ? service : null,
                hasher);
    }

    public int serviceCount() {
        return counts.services();
    }

    public int instanceCount() {
        return counts.instances();
    }

    /** Number of services, clusters and instances together. */
    public int recordCount() {
        return counts.records();
    }

    /**
     * Keys of the services that this table and the other hold differently, extras aside, in their
     * order. Skips what is equal by its digests: the first difference costs its path. If there are
     * more than asked for, which ones are answered depends on the tables alone.
     *
     * @param limit most keys answered
     */
    public List<ServiceKey> differing(RegistryTable other, int limit) {
        List<ServiceKey> found = new TableDifference(limit).services(namespaces, other.namespaces);
        Collections.sort(found);
        return found;
    }

    /**
     * The records that this table (left) and the other (right) hold differently, extras aside, in
     * no particular order. Costs as {@link #differing} does, and no more for a large service than
     * for a small one.
     *
     * @param limit most records answered
     */
    public List<RecordPair> differingRecords(RegistryTable other, int limit) {
        return new TableDifference(limit).records(namespaces, other.namespaces);
    }

    /** Digest of everything. */
    public Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = new Digest(HexFormat.of().formatHex(namespaces.digest()));
            digest = known;
        }
        return known;
    }

    /** Digest of the services whose {@link ServiceKey#text()} starts with {@code prefix}. */
    public Digest digest(String prefix) {
        return prefix.isEmpty() ? digest() : under(prefix).digest();
    }
}
