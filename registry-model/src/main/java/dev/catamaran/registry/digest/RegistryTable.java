package dev.catamaran.registry.digest;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
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
 * <p>The digest covers every field that both worlds can hold, that is all but the 1.x extras and
 * the kind that 2.x notes for a service; {@link RegistryView} has these too, and what operators
 * set. Equal tables have equal digests whatever their histories; different ones have different
 * digests, also if somebody chose the records to that end, short of 2^96 tries at the 192 bits of
 * SHA-256 that branches keep. A change costs its path, hashing included; the digest is there for
 * the asking.
 *
 * <p>Holds no I/O and starts no thread.
 */
public final class RegistryTable {

    public static final RegistryTable EMPTY = new RegistryTable(ServiceTree.empty());

    private final ServiceTree<ServiceNode> tree;

    /** Made when first asked for; two threads make the same. */
    private volatile @Nullable SortedMap<ServiceKey, ServiceEntry> sorted;

    /** Likewise. */
    private volatile @Nullable Digest digest;

    private RegistryTable(ServiceTree<ServiceNode> tree) {
        this.tree = tree;
    }

    /** A table of these entries; of two with the same key the later counts. */
    public static RegistryTable of(Collection<ServiceEntry> entries) {
        Hasher hasher = new Hasher();
        List<ServiceNode> nodes = new ArrayList<>(entries.size());
        entries.forEach(entry -> nodes.add(ServiceNode.of(entry, hasher)));
        return new RegistryTable(ServiceTree.of(nodes, hasher));
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
        Hasher hasher = new Hasher();
        ServiceTree<ServiceNode> changed =
                tree.change(
                        requireNonNull(key, "key is null"),
                        known -> changed(known, edit, hasher),
                        hasher);
        return changed.same(tree) ? this : new RegistryTable(changed);
    }

    /**
     * This table with one instance registered or replaced, which creates its service with defaults
     * if it is unknown; the same table if it holds an equal one.
     */
    public RegistryTable with(InstanceRecord instance) {
        Hasher hasher = new Hasher();
        ServiceTree<ServiceNode> changed =
                tree.change(
                        instance.service(),
                        known ->
                                known == null
                                        ? ServiceNode.of(ServiceEntry.of(instance), hasher)
                                        : known.with(instance, hasher),
                        hasher);
        return changed.same(tree) ? this : new RegistryTable(changed);
    }

    @SuppressWarnings("ReferenceEquality") // an edit that changes nothing gives the same object
    private static @Nullable ServiceNode changed(
            @Nullable ServiceNode known,
            UnaryOperator<Optional<ServiceEntry>> edit,
            Hasher hasher) {
        ServiceEntry before = known == null ? null : known.entry();
        ServiceEntry after = edit.apply(Optional.ofNullable(before)).orElse(null);
        if (after == before) {
            return known;
        }
        return after == null ? null : ServiceNode.of(after, known, hasher);
    }

    public Optional<ServiceEntry> entry(ServiceKey key) {
        return Optional.ofNullable(tree.get(key, new Hasher())).map(ServiceNode::entry);
    }

    /** All entries, in key order; read-only. The first call on a table sorts it. */
    public SortedMap<ServiceKey, ServiceEntry> entries() {
        SortedMap<ServiceKey, ServiceEntry> known = sorted;
        if (known == null) {
            SortedMap<ServiceKey, ServiceEntry> all = new TreeMap<>();
            tree.forEach(service -> all.put(service.entry().key(), service.entry()));
            known = Collections.unmodifiableSortedMap(all);
            sorted = known;
        }
        return known;
    }

    /** Names each entry, in no particular order. */
    void forEach(Consumer<ServiceEntry> consumer) {
        tree.forEach(service -> consumer.accept(service.entry()));
    }

    /**
     * A table of the services whose {@link ServiceKey#text()} starts with {@code prefix}. Whole
     * namespaces and groups are taken over as they are, with their digests.
     */
    public RegistryTable under(String prefix) {
        return new RegistryTable(tree.under(prefix, new Hasher()));
    }

    public int serviceCount() {
        return tree.counts().services();
    }

    public int instanceCount() {
        return tree.counts().instances();
    }

    /** Number of services, clusters and instances together. */
    public int recordCount() {
        return tree.counts().records();
    }

    /**
     * Keys of the services that this table and the other hold differently, extras aside, in their
     * order. Skips what is equal by its digests: the first difference costs its path. If there are
     * more than asked for, which ones are answered depends on the tables alone.
     *
     * @param limit most keys answered
     */
    public List<ServiceKey> differing(RegistryTable other, int limit) {
        return tree.differing(other.tree, limit);
    }

    /**
     * The records that this table (left) and the other (right) hold differently, extras aside, in
     * no particular order. Costs as {@link #differing} does, and no more for a large service than
     * for a small one.
     *
     * @param limit most records answered
     */
    public List<RecordPair> differingRecords(RegistryTable other, int limit) {
        return tree.differingRecords(other.tree, limit);
    }

    /** Digest of everything. */
    public Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = new Digest(HexFormat.of().formatHex(tree.digest()));
            digest = known;
        }
        return known;
    }

    /** Digest of the services whose {@link ServiceKey#text()} starts with {@code prefix}. */
    public Digest digest(String prefix) {
        return prefix.isEmpty() ? digest() : under(prefix).digest();
    }
}
