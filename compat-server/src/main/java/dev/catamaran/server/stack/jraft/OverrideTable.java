package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.OverrideRecord;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What operators set for single instances, by instance. Immutable. */
final class OverrideTable {

    static final OverrideTable EMPTY = new OverrideTable(new TreeMap<>());

    private final SortedMap<InstanceKey, OverrideRecord> records;

    private OverrideTable(SortedMap<InstanceKey, OverrideRecord> records) {
        this.records = Collections.unmodifiableSortedMap(records);
    }

    static OverrideTable of(Collection<OverrideRecord> records) {
        SortedMap<InstanceKey, OverrideRecord> all = new TreeMap<>();
        records.forEach(record -> all.put(record.key(), record));
        return new OverrideTable(all);
    }

    OverrideTable with(OverrideRecord record) {
        SortedMap<InstanceKey, OverrideRecord> changed = new TreeMap<>(records);
        changed.put(record.key(), record);
        return new OverrideTable(changed);
    }

    OverrideTable without(InstanceKey key) {
        SortedMap<InstanceKey, OverrideRecord> changed = new TreeMap<>(records);
        changed.remove(key);
        return new OverrideTable(changed);
    }

    Optional<OverrideRecord> override(InstanceKey key) {
        return Optional.ofNullable(records.get(requireNonNull(key, "key is null")));
    }

    /** All overrides, in key order; read-only. */
    SortedMap<InstanceKey, OverrideRecord> records() {
        return records;
    }
}
