package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The datums of this member's copy as records, published after each change. */
final class LegacyTable {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyTable.class);

    private final List<Consumer<ServiceKey>> listeners = new CopyOnWriteArrayList<>();
    private volatile RegistryTable table = RegistryTable.EMPTY;
    private volatile Set<ServiceKey> unreadable = Set.of();

    RegistryTable table() {
        return table;
    }

    /** Services whose datums cannot be read as records: the table is not complete. */
    Set<ServiceKey> unreadable() {
        return unreadable;
    }

    void onChange(Consumer<ServiceKey> listener) {
        listeners.add(listener);
    }

    /** Makes the table anew. */
    void load(Held held) {
        Set<ServiceKey> services = new TreeSet<>();
        held.datums()
                .forEach((key, datum) -> LegacyRecords.serviceOf(key).ifPresent(services::add));
        List<ServiceEntry> entries = new ArrayList<>();
        Set<ServiceKey> broken = new TreeSet<>();
        for (ServiceKey service : services) {
            read(held, service, broken).ifPresent(entries::add);
        }
        Set<ServiceKey> before = new TreeSet<>(table.entries().keySet());
        table = RegistryTable.of(entries);
        unreadable = Set.copyOf(broken);
        before.addAll(services);
        before.forEach(this::tell);
    }

    /** Takes over what changed. */
    void update(Held held, Set<String> keys) {
        Set<ServiceKey> services = new TreeSet<>();
        keys.forEach(key -> LegacyRecords.serviceOf(key).ifPresent(services::add));
        RegistryTable next = table;
        Set<ServiceKey> broken = new TreeSet<>(unreadable);
        for (ServiceKey service : services) {
            broken.remove(service);
            Optional<ServiceEntry> entry = read(held, service, broken);
            next = entry.isPresent() ? next.with(entry.get()) : next.without(service);
        }
        table = next;
        unreadable = Set.copyOf(broken);
        services.forEach(this::tell);
    }

    private static Optional<ServiceEntry> read(
            Held held, ServiceKey service, Set<ServiceKey> broken) {
        Decoded<Optional<ServiceEntry>> entry = LegacyRecords.read(held, service);
        LegacyRecords.refusal(entry)
                .ifPresent(
                        refusal -> {
                            broken.add(service);
                            LOG.warn("service-unreadable service={} because={}", service, refusal);
                        });
        return entry.value().flatMap(read -> read);
    }

    private void tell(ServiceKey service) {
        for (Consumer<ServiceKey> listener : listeners) {
            try {
                listener.accept(service);
            } catch (RuntimeException e) {
                LOG.error("listener-failed service={}", service, e);
            }
        }
    }
}
