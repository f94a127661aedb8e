package dev.catamaran.tool.home;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the datums of the 1.x store together: a service and its instances are two of them. */
final class LegacyTable {

    private final Map<ServiceKey, ServiceEntry> entries = new TreeMap<>();
    private Optional<String> switches = Optional.empty();

    /**
     * Adds a datum; one without a value adds nothing.
     *
     * @throws dev.catamaran.registry.decode.DecodeException if it holds no record
     */
    void add(LegacyDatum datum) {
        LegacyKey key = LegacyKey.parse(datum.key()).orThrow();
        if (datum.value().isEmpty()) {
            return;
        }
        if (key instanceof LegacyKey.Service service) {
            ServiceEntry entry = ServiceJson.decode(service.key(), datum.value()).orThrow();
            entries.merge(service.key(), entry, (old, now) -> withInstances(now, old));
        } else if (key instanceof LegacyKey.Instances list) {
            SortedMap<InstanceKey, InstanceRecord> instances =
                    InstancesJson.decode(list.key(), datum.value()).orThrow();
            entries.merge(
                    list.key(),
                    new ServiceEntry(
                            ServiceRecord.ofDefaults(list.key()), new TreeMap<>(), instances),
                    LegacyTable::withInstances);
        } else {
            switches = Optional.of(datum.value());
        }
    }

    private static ServiceEntry withInstances(ServiceEntry service, ServiceEntry instances) {
        return new ServiceEntry(service.service(), service.clusters(), instances.instances());
    }

    RegistryTable table() {
        return RegistryTable.of(entries.values());
    }

    /** The switches as JSON, if there was a datum of them. */
    Optional<String> switches() {
        return switches;
    }
}
