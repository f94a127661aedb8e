package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service in the table, with the digests of its records: a change of one record of a large
 * service hashes that record, not all.
 */
record ServiceNode(ServiceKey key, ServiceEntry entry, HashTrie<Object, RegistryRecord> records)
        implements Leaf {

    static final RecordKind RECORDS = Canonical::hash;

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
                before,
                (old, now) -> records.set(0, RecordKind.changed(records.get(0), old, now, hasher)));
        return new ServiceNode(known.key, after, records.get(0));
    }

    /**
     * The service with one instance put, which is found by its hash, or which comes anew; the same
     * object if it has an equal one.
     */
    ServiceNode with(InstanceRecord instance, Hasher hasher) {
        InstanceRecord[] known = {null};
        HashTrie<Object, RegistryRecord> changed =
                records.change(
                        instance.key(),
                        old -> {
                            known[0] = (InstanceRecord) old;
                            return instance.equals(old) ? old : instance;
                        },
                        hasher);
        if (changed.same(records)) {
            return this;
        }
        InstanceRecord old = known[0];
        return new ServiceNode(
                key,
                old == null ? entry.withInstance(instance) : entry.withInstance(instance, old),
                changed);
    }

    static ServiceNode of(ServiceEntry entry, Hasher hasher) {
        return new ServiceNode(
                entry.key(), entry, HashTrie.of(RECORDS, entry.records().toList(), hasher));
    }

    @Override
    public Counts counts() {
        int instances = entry.instances().size();
        return new Counts(1, instances, 1 + entry.clusters().size() + instances);
    }
}
