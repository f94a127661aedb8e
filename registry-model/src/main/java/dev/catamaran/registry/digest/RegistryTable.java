package dev.catamaran.registry.digest;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All records of one stack, by service, with their digest. Immutable: each change gives a new table
 * that shares what did not change, so a published table is a snapshot and costs its readers no
 * lock.
 *
 * <p>The digest covers every field of every record but the 1.x extras. Equal tables have equal
 * digests whatever their histories; different ones have different digests unless SHA-256 is broken,
 * also if somebody chose the records to that end. What changed since a digest was last asked for is
 * hashed when it is asked for again.
 *
 * <p>Holds no I/O and starts no thread.
 */
public final class RegistryTable {

    public static final RegistryTable EMPTY =
            new RegistryTable(DigestTrie.empty(ServiceNode.content()));

    private final DigestTrie<ServiceNode> services;

    /** Made when first asked for; two threads make the same. */
    private volatile @Nullable SortedMap<ServiceKey, ServiceEntry> sorted;

    private RegistryTable(DigestTrie<ServiceNode> services) {
        this.services = services;
    }

    /** A table of these entries; of two with the same key the later counts. */
    public static RegistryTable of(Collection<ServiceEntry> entries) {
        DigestTrie<ServiceNode> all = EMPTY.services;
        for (ServiceEntry entry : entries) {
            all = put(all, ServiceNode.of(entry));
        }
        return new RegistryTable(all);
    }

    /** This table with one service replaced or added. */
    public RegistryTable with(ServiceEntry entry) {
        ServiceNode known = services.get(ServiceNode.key(entry.key()));
        return new RegistryTable(
                put(services, known == null ? ServiceNode.of(entry) : known.changedTo(entry)));
    }

    private static DigestTrie<ServiceNode> put(DigestTrie<ServiceNode> services, ServiceNode node) {
        return services.with(
                ServiceNode.key(node.entry().key()),
                node,
                node.entry().instances().size(),
                node.records().size());
    }

    /** This table without one service. */
    public RegistryTable without(ServiceKey key) {
        byte[] trieKey = ServiceNode.key(requireNonNull(key, "key is null"));
        return services.get(trieKey) == null ? this : new RegistryTable(services.without(trieKey));
    }

    public Optional<ServiceEntry> entry(ServiceKey key) {
        return Optional.ofNullable(services.get(ServiceNode.key(key))).map(ServiceNode::entry);
    }

    /** All entries, in key order; read-only. The first call on a table sorts it. */
    public SortedMap<ServiceKey, ServiceEntry> entries() {
        SortedMap<ServiceKey, ServiceEntry> known = sorted;
        if (known == null) {
            SortedMap<ServiceKey, ServiceEntry> all = new TreeMap<>();
            services.forEach(node -> all.put(node.entry().key(), node.entry()));
            known = Collections.unmodifiableSortedMap(all);
            sorted = known;
        }
        return known;
    }

    /**
     * Gives each entry whose {@link ServiceKey#text()} starts with {@code prefix} to the consumer,
     * in the order of these texts. Costs no more than the entries given.
     */
    public void forEach(String prefix, Consumer<ServiceEntry> consumer) {
        services.under(CanonicalBytes.utf8(prefix)).forEach(node -> consumer.accept(node.entry()));
    }

    public int serviceCount() {
        return services.size();
    }

    public int instanceCount() {
        return services.instances();
    }

    /** Number of services, clusters and instances together. */
    public int recordCount() {
        return services.records();
    }

    /**
     * Keys of the services that this table and the other hold differently, extras aside, in the
     * order of their texts. Skips what is equal by its digests.
     *
     * @param limit most keys answered
     */
    public List<ServiceKey> differing(RegistryTable other, int limit) {
        return TrieDifference.between(services, other.services, limit).stream()
                .map(node -> node.entry().key())
                .toList();
    }

    /** Digest of everything. */
    public Digest digest() {
        return hex(services.digest());
    }

    /** Digest of the services whose {@link ServiceKey#text()} starts with {@code prefix}. */
    public Digest digest(String prefix) {
        return hex(services.under(CanonicalBytes.utf8(prefix)).digest());
    }

    private static Digest hex(byte[] digest) {
        return new Digest(HexFormat.of().formatHex(digest));
    }
}
