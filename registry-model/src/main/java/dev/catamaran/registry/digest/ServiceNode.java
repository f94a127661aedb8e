package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.Counts.Counted;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service in the table, with the digests of its records: a change of one record of a large
 * service hashes that record, not all.
 */
record ServiceNode(ServiceEntry entry, HashTrie<Object, RegistryRecord> records)
        implements Counted {

    static final HashTrie.Kind<Object, RegistryRecord> RECORDS =
            new HashTrie.Kind<>() {
                @Override
                public Object key(RegistryRecord record) {
                    return Canonical.key(record);
                }

                @Override
                public byte[] place(Object key, Hasher hasher) {
                    return Canonical.place(key, hasher);
                }

                @Override
                public byte[] digest(RegistryRecord record, Hasher hasher) {
                    return Canonical.hash(record, hasher);
                }
            };

    static final HashTrie.Kind<String, ServiceNode> SERVICES =
            new HashTrie.Kind<>() {
                @Override
                public String key(ServiceNode service) {
                    return service.entry.key().name();
                }

                @Override
                public byte[] place(String name, Hasher hasher) {
                    return hasher.text(name).finish();
                }

                @Override
                public byte[] digest(ServiceNode service, Hasher hasher) {
                    return service.records.digest();
                }
            };

    static final HashTrie.Kind<String, Scope<ServiceNode>> GROUPS = Scope.kind();
    static final HashTrie.Kind<String, Scope<Scope<ServiceNode>>> NAMESPACES = Scope.kind();

    /**
     * A service that may have been here before; what of its records is equal stays and keeps its
     * digest.
     */
    @SuppressWarnings("ReferenceEquality") // what is shared need not be looked at
    static ServiceNode of(ServiceEntry entry, @Nullable ServiceNode known, Hasher hasher) {
        if (known == null) {
            return of(entry, hasher);
        }
        ServiceEntry before = known.entry;
        ServiceEntry after = entry.sharing(before);
        if (after == before) {
            return known;
        }
        List<HashTrie<Object, RegistryRecord>> records = new ArrayList<>(List.of(known.records));
        after.eachChange(
                before, (old, now) -> records.set(0, changed(records.get(0), old, now, hasher)));
        return new ServiceNode(after, records.get(0));
    }

    private static HashTrie<Object, RegistryRecord> changed(
            HashTrie<Object, RegistryRecord> records,
            @Nullable RegistryRecord old,
            @Nullable RegistryRecord now,
            Hasher hasher) {
        if (now != null) {
            return records.with(now, hasher);
        }
        return old == null ? records : records.without(Canonical.key(old), hasher);
    }

    static ServiceNode of(ServiceEntry entry, Hasher hasher) {
        return new ServiceNode(entry, HashTrie.of(RECORDS, entry.records().toList(), hasher));
    }

    @Override
    public Counts counts() {
        int instances = entry.instances().size();
        return new Counts(1, instances, 1 + entry.clusters().size() + instances);
    }
}
