package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceKey;

/** A service in a {@link ServiceTree}, with the digests of its records. */
interface Leaf extends Counts.Counted {
    ServiceKey key();

    /** At least one record. */
    HashTrie<Object, RegistryRecord> records();
}
