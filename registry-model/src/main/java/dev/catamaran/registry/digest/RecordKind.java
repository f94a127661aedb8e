package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.RegistryRecord;
import org.jspecify.annotations.Nullable;

/** Records of one service by their keys; what of them counts in the digest is to be said. */
interface RecordKind extends HashTrie.Kind<Object, RegistryRecord> {

    @Override
    default Object key(RegistryRecord record) {
        return Canonical.key(record);
    }

    @Override
    default byte[] place(Object key, Hasher hasher) {
        return Canonical.place(key, hasher);
    }

    /** The records with one put or taken away. */
    static HashTrie<Object, RegistryRecord> changed(
            HashTrie<Object, RegistryRecord> records,
            @Nullable RegistryRecord old,
            @Nullable RegistryRecord now,
            Hasher hasher) {
        if (now != null) {
            return records.with(now, hasher);
        }
        return old == null ? records : records.without(Canonical.key(old), hasher);
    }
}
