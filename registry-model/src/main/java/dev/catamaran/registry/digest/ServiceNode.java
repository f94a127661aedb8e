package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.Counts.Counted;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
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
        Merge merge = new Merge(known.records, hasher);
        if (after.service() != before.service()) {
            merge.put(after.service());
        }
        merge.all(before.clusters(), after.clusters());
        merge.all(before.instances(), after.instances());
        return new ServiceNode(after, merge.records);
    }

    static ServiceNode of(ServiceEntry entry, Hasher hasher) {
        return new ServiceNode(entry, HashTrie.of(RECORDS, entry.records().toList(), hasher));
    }

    @Override
    public Counts counts() {
        int instances = entry.instances().size();
        return new Counts(1, instances, 1 + entry.clusters().size() + instances);
    }

    /** Carries what differs between two entries over to the records of the first. */
    private static final class Merge {
        private HashTrie<Object, RegistryRecord> records;
        private final Hasher hasher;

        Merge(HashTrie<Object, RegistryRecord> records, Hasher hasher) {
            this.records = records;
            this.hasher = hasher;
        }

        void put(RegistryRecord record) {
            records = records.with(record, hasher);
        }

        /** Walks both maps at once, as both are sorted. */
        @SuppressWarnings("ReferenceEquality") // what is shared need not be looked at
        <K extends Comparable<K>, R extends RegistryRecord> void all(
                SortedMap<K, R> before, SortedMap<K, R> after) {
            if (before == after) {
                return;
            }
            Iterator<Map.Entry<K, R>> olds = before.entrySet().iterator();
            Iterator<Map.Entry<K, R>> news = after.entrySet().iterator();
            Map.@Nullable Entry<K, R> old = next(olds);
            Map.@Nullable Entry<K, R> now = next(news);
            while (old != null || now != null) {
                if (old != null && now != null && old.getValue() == now.getValue()) {
                    old = next(olds);
                    now = next(news);
                    continue;
                }
                int order = order(old, now);
                if (order < 0 && old != null) {
                    records = records.without(Canonical.key(old.getValue()), hasher);
                    old = next(olds);
                } else if (now != null) {
                    put(now.getValue());
                    old = order == 0 ? next(olds) : old;
                    now = next(news);
                }
            }
        }

        private static <K extends Comparable<K>, R> int order(
                Map.@Nullable Entry<K, R> old, Map.@Nullable Entry<K, R> now) {
            if (old == null || now == null) {
                return old == null ? 1 : -1;
            }
            return old.getKey().compareTo(now.getKey());
        }

        private static <T> @Nullable T next(Iterator<T> iterator) {
            return iterator.hasNext() ? iterator.next() : null;
        }
    }
}
