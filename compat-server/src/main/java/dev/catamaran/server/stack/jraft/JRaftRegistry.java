package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v2.InstanceAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the three groups of the registry have applied on this member, as one table of canonical
 * records. Each group's state machine thread changes its own part; the table is published after
 * each change. A service that only instances name is implied with defaults.
 */
final class JRaftRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(JRaftRegistry.class);

    private final List<Consumer<ServiceKey>> listeners = new CopyOnWriteArrayList<>();

    /** Services that have metadata of their own, as opposed to implied ones. */
    private final Set<ServiceKey> explicit = new HashSet<>();

    private volatile RegistryTable table = RegistryTable.EMPTY;
    private volatile OverrideTable overrides = OverrideTable.EMPTY;

    RegistryTable table() {
        return table;
    }

    OverrideTable overrides() {
        return overrides;
    }

    void onChange(Consumer<ServiceKey> listener) {
        listeners.add(requireNonNull(listener, "listener is null"));
    }

    /** The service with its metadata; empty when it has none, even if it has instances. */
    synchronized Optional<ServiceEntry> explicitEntry(ServiceKey key) {
        return explicit.contains(key) ? table.entry(key) : Optional.empty();
    }

    /** The instance at an address, whatever its cluster. */
    Optional<InstanceRecord> instanceAt(InstanceAddress address) {
        return table.entry(address.service()).flatMap(entry -> instanceAt(entry, address));
    }

    private static Optional<InstanceRecord> instanceAt(ServiceEntry entry, InstanceAddress at) {
        // Keys sort by address before cluster, so the first key from here on is the only candidate.
        InstanceKey first = new InstanceKey(at.service(), at.ip(), at.port(), "\u0000");
        SortedMap<InstanceKey, InstanceRecord> from = entry.instances().tailMap(first);
        if (from.isEmpty()) {
            return Optional.empty();
        }
        InstanceRecord found = requireNonNull(from.get(from.firstKey()));
        boolean same = found.key().ip().equals(at.ip()) && found.key().port() == at.port();
        return same ? Optional.of(found) : Optional.empty();
    }

    /**
     * CHANGE: new metadata, but the kind and the clusters that are there stay; stored as sent when
     * there is none.
     */
    void changeService(ServiceEntry sent) {
        synchronized (this) {
            Optional<ServiceEntry> now = table.entry(sent.key());
            boolean known = explicit.contains(sent.key()) && now.isPresent();
            ServiceEntry after =
                    known
                            ? now.get()
                                    .withService(
                                            sent.service()
                                                    .withEphemeral(now.get().service().ephemeral()))
                            : withInstancesOf(now, sent);
            put(after);
        }
        tell(sent.key());
    }

    /** ADD: adds or replaces the clusters sent; stored as sent when there is no metadata. */
    void addClusters(ServiceEntry sent) {
        synchronized (this) {
            Optional<ServiceEntry> now = table.entry(sent.key());
            boolean known = explicit.contains(sent.key()) && now.isPresent();
            ServiceEntry after = known ? now.get() : withInstancesOf(now, sent);
            if (known) {
                SortedMap<String, dev.catamaran.registry.records.ClusterRecord> clusters =
                        new TreeMap<>(after.clusters());
                clusters.putAll(sent.clusters());
                after = new ServiceEntry(after.service(), clusters, after.instances());
            }
            put(after);
        }
        tell(sent.key());
    }

    private static ServiceEntry withInstancesOf(Optional<ServiceEntry> now, ServiceEntry sent) {
        return now.map(
                        entry ->
                                new ServiceEntry(
                                        sent.service(), sent.clusters(), entry.instances()))
                .orElse(sent);
    }

    private void put(ServiceEntry entry) {
        explicit.add(entry.key());
        table = table.with(entry);
    }

    /** DELETE of a service's metadata; its instances stay and then imply it. */
    void deleteService(ServiceKey key) {
        synchronized (this) {
            if (!explicit.remove(key)) {
                return;
            }
            Optional<ServiceEntry> now = table.entry(key);
            table =
                    now.isEmpty() || now.get().instances().isEmpty()
                            ? table.without(key)
                            : table.with(implied(key, now.get()));
        }
        tell(key);
    }

    private static ServiceEntry implied(ServiceKey key, ServiceEntry now) {
        return new ServiceEntry(ServiceRecord.ofDefaults(key), new TreeMap<>(), now.instances());
    }

    /** ADD of an instance: replaces the one at its address, whatever cluster that is in. */
    void putInstance(InstanceRecord instance) {
        synchronized (this) {
            ServiceEntry now =
                    table.entry(instance.service())
                            .orElseGet(
                                    () ->
                                            ServiceEntry.of(
                                                    ServiceRecord.ofDefaults(instance.service())));
            InstanceKey key = instance.key();
            Optional<InstanceRecord> before =
                    instanceAt(now, new InstanceAddress(key.service(), key.ip(), key.port()));
            if (before.isPresent() && !before.get().key().equals(key)) {
                now = now.withoutInstance(before.get().key());
            }
            table = table.with(now.withInstance(instance));
        }
        tell(instance.service());
    }

    /** DELETE of the instance at an address; nothing happens when there is none. */
    void deleteInstance(InstanceAddress address) {
        synchronized (this) {
            Optional<ServiceEntry> now = table.entry(address.service());
            Optional<InstanceRecord> before = now.flatMap(entry -> instanceAt(entry, address));
            if (now.isEmpty() || before.isEmpty()) {
                return;
            }
            ServiceEntry after = now.get().withoutInstance(before.get().key());
            boolean gone = after.instances().isEmpty() && !explicit.contains(address.service());
            table = gone ? table.without(address.service()) : table.with(after);
        }
        tell(address.service());
    }

    void putOverride(OverrideRecord override) {
        synchronized (this) {
            overrides = overrides.with(override);
        }
    }

    void deleteOverride(InstanceKey key) {
        synchronized (this) {
            overrides = overrides.without(key);
        }
    }

    synchronized Collection<ServiceEntry> explicitEntries() {
        return explicit.stream().map(table::entry).flatMap(Optional::stream).toList();
    }

    /** Replaces all metadata of services by a snapshot's. */
    void loadServices(Collection<ServiceEntry> services) {
        RegistryTable before;
        RegistryTable after;
        synchronized (this) {
            before = table;
            Map<ServiceKey, ServiceEntry> entries = new HashMap<>();
            for (ServiceEntry entry : before.entries().values()) {
                if (!entry.instances().isEmpty()) {
                    entries.put(entry.key(), implied(entry.key(), entry));
                }
            }
            explicit.clear();
            for (ServiceEntry sent : services) {
                explicit.add(sent.key());
                entries.put(
                        sent.key(),
                        withInstancesOf(Optional.ofNullable(entries.get(sent.key())), sent));
            }
            after = RegistryTable.of(entries.values());
            table = after;
        }
        tellDifferences(before, after);
    }

    /** Replaces all instances by a snapshot's. */
    void loadInstances(Collection<InstanceRecord> instances) {
        RegistryTable before;
        RegistryTable after;
        synchronized (this) {
            before = table;
            Map<ServiceKey, SortedMap<InstanceKey, InstanceRecord>> byService = new HashMap<>();
            for (InstanceRecord instance : instances) {
                byService
                        .computeIfAbsent(instance.service(), key -> new TreeMap<>())
                        .put(instance.key(), instance);
            }
            Map<ServiceKey, ServiceEntry> entries = new HashMap<>();
            for (ServiceKey key : explicit) {
                before.entry(key)
                        .map(
                                now ->
                                        new ServiceEntry(
                                                now.service(), now.clusters(), new TreeMap<>()))
                        .ifPresent(bare -> entries.put(key, bare));
            }
            byService.forEach(
                    (key, those) -> {
                        ServiceEntry bare =
                                entries.getOrDefault(
                                        key, ServiceEntry.of(ServiceRecord.ofDefaults(key)));
                        entries.put(key, new ServiceEntry(bare.service(), bare.clusters(), those));
                    });
            after = RegistryTable.of(entries.values());
            table = after;
        }
        tellDifferences(before, after);
    }

    synchronized void loadOverrides(Collection<OverrideRecord> loaded) {
        overrides = OverrideTable.of(loaded);
    }

    private void tellDifferences(RegistryTable before, RegistryTable after) {
        SortedSet<ServiceKey> keys = new TreeSet<>(before.entries().keySet());
        keys.addAll(after.entries().keySet());
        for (ServiceKey key : keys) {
            if (!before.entry(key).equals(after.entry(key))) {
                tell(key);
            }
        }
    }

    private void tell(ServiceKey service) {
        for (Consumer<ServiceKey> listener : listeners) {
            try {
                listener.accept(service);
            } catch (RuntimeException e) {
                // The state machine must go on; a full pass finds what a listener missed.
                LOG.error("change listener failed service={}", service, e);
            }
        }
    }
}
