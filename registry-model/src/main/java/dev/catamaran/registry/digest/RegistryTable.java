package dev.catamaran.registry.digest;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All records of one stack, by service, with their digest kept up to date. Immutable: each change
 * gives a new table that shares what did not change, so a published table is a snapshot and costs
 * its readers no lock.
 *
 * <p>Holds no I/O and starts no thread.
 */
public final class RegistryTable {

    public static final RegistryTable EMPTY = new RegistryTable(new TreeMap<>());

    private final SortedMap<ServiceKey, ServiceEntry> entries;

    private RegistryTable(SortedMap<ServiceKey, ServiceEntry> entries) {
        this.entries = entries;
    }

    /** A table of these entries. */
    public static RegistryTable of(Collection<ServiceEntry> entries) {
        SortedMap<ServiceKey, ServiceEntry> all = new TreeMap<>();
        entries.forEach(entry -> all.put(entry.key(), entry));
        return new RegistryTable(all);
    }

    /** This table with one service replaced or added. */
    public RegistryTable with(ServiceEntry entry) {
        SortedMap<ServiceKey, ServiceEntry> changed = new TreeMap<>(entries);
        changed.put(entry.key(), entry);
        return new RegistryTable(changed);
    }

    /** This table without one service. */
    public RegistryTable without(ServiceKey key) {
        SortedMap<ServiceKey, ServiceEntry> changed = new TreeMap<>(entries);
        changed.remove(requireNonNull(key, "key is null"));
        return new RegistryTable(changed);
    }

    public Optional<ServiceEntry> entry(ServiceKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** All entries, in key order; read-only. */
    public SortedMap<ServiceKey, ServiceEntry> entries() {
        return java.util.Collections.unmodifiableSortedMap(entries);
    }

    public int serviceCount() {
        return entries.size();
    }

    public int instanceCount() {
        return entries.values().stream().mapToInt(entry -> entry.instances().size()).sum();
    }

    /** Number of services, clusters and instances together. */
    public int recordCount() {
        return entries.values().stream().mapToInt(entry -> (int) entry.records().count()).sum();
    }

    /** Keys of the services that this table and the other hold differently, extras aside. */
    public List<ServiceKey> differing(RegistryTable other, int limit) {
        SortedSet<ServiceKey> keys = new TreeSet<>(entries.keySet());
        keys.addAll(other.entries.keySet());
        return keys.stream()
                .filter(key -> !entry(key).equals(other.entry(key)))
                .limit(limit)
                .toList();
    }

    /** Digest of everything. */
    public Digest digest() {
        return digest("");
    }

    /** Digest of the services whose {@link ServiceKey#text()} starts with {@code prefix}. */
    public Digest digest(String prefix) {
        return new Digest(
                Integer.toHexString(
                        entries.entrySet().stream()
                                .filter(entry -> entry.getKey().text().startsWith(prefix))
                                .toList()
                                .hashCode()));
    }
}
