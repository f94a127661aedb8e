package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Everything there is of one service, what operators have set included.
 *
 * @param key the service
 * @param entry what was registered; empty if nothing was
 * @param overrides what operators set, by instance, whether that is registered or not
 */
public record ServiceRecords(
        ServiceKey key,
        Optional<ServiceEntry> entry,
        SortedMap<InstanceKey, OverrideRecord> overrides) {

    /**
     * @throws IllegalArgumentException if a part is of another service
     */
    public ServiceRecords {
        requireNonNull(key, "key is null");
        entry.ifPresent(known -> require(known.key(), key));
        overrides = FrozenMap.copyOf(overrides);
        for (Map.Entry<InstanceKey, OverrideRecord> override : overrides.entrySet()) {
            require(override.getKey().service(), key);
        }
    }

    private static void require(ServiceKey part, ServiceKey whole) {
        if (!part.equals(whole)) {
            throw new IllegalArgumentException(part + " is not " + whole);
        }
    }

    /** Nothing of a service. */
    public static ServiceRecords none(ServiceKey key) {
        return new ServiceRecords(key, Optional.empty(), FrozenMap.empty());
    }

    public boolean isEmpty() {
        return entry.isEmpty() && overrides.isEmpty();
    }

    /** The service, its clusters, its instances, what operators set for them, in that order. */
    public Stream<RegistryRecord> records() {
        return Stream.concat(
                entry.stream().flatMap(ServiceEntry::records), overrides.values().stream());
    }

    /** The same with something else registered. */
    public ServiceRecords withEntry(Optional<ServiceEntry> other) {
        return new ServiceRecords(key, other, overrides);
    }

    /** The same with what an operator has set. */
    public ServiceRecords withOverride(OverrideRecord override) {
        return new ServiceRecords(
                key, entry, FrozenMap.copyOf(overrides).with(override.key(), override));
    }

    /** The same without what operators have set for an instance. */
    public ServiceRecords withoutOverride(InstanceKey instance) {
        return new ServiceRecords(key, entry, FrozenMap.copyOf(overrides).without(instance));
    }

    /** Names the records that are not the same objects as in earlier records of the service. */
    public void eachChange(ServiceRecords before, ServiceEntry.Change sink) {
        if (before.entry.isPresent() && entry.isPresent()) {
            entry.get().eachChange(before.entry.get(), sink);
        } else {
            before.entry.ifPresent(
                    gone -> gone.records().forEach(record -> sink.changed(record, null)));
            entry.ifPresent(come -> come.records().forEach(record -> sink.changed(null, record)));
        }
        FrozenMap.copyOf(overrides).eachChange(FrozenMap.copyOf(before.overrides), sink::changed);
    }
}
