package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything of a service in a view, with the digests of its records. */
record ViewNode(ServiceRecords all, HashTrie<Object, RegistryRecord> records) implements Leaf {

    private static final RecordKind RECORDS = Canonical::whole;

    static ViewNode of(ServiceRecords all, Hasher hasher) {
        return new ViewNode(all, HashTrie.of(RECORDS, all.records().toList(), hasher));
    }

    /** What has been here before keeps its digest; nothing if there is nothing left. */
    static @Nullable ViewNode of(ServiceRecords after, @Nullable ViewNode known, Hasher hasher) {
        if (after.isEmpty()) {
            return null;
        }
        if (known == null) {
            return of(after, hasher);
        }
        List<HashTrie<Object, RegistryRecord>> records = new ArrayList<>(List.of(known.records));
        after.eachChange(
                known.all,
                (old, now) -> records.set(0, RecordKind.changed(records.get(0), old, now, hasher)));
        return new ViewNode(after, records.get(0));
    }

    @Override
    public ServiceKey key() {
        return all.key();
    }

    @Override
    public Counts counts() {
        int overrides = all.overrides().size();
        if (all.entry().isEmpty()) {
            return new Counts(0, 0, overrides);
        }
        ServiceEntry entry = all.entry().get();
        int instances = entry.instances().size();
        return new Counts(1, instances, 1 + entry.clusters().size() + instances + overrides);
    }
}
