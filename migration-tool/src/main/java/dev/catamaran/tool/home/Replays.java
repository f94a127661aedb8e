package dev.catamaran.tool.home;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v2.GroupPayloads;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The states of all naming groups of one home. */
record Replays(
        InstancesReplay instances,
        ServicesReplay services,
        OverridesReplay overrides,
        KeyValueReplay keyValues) {

    /** The state of one group; empty if it holds no records. */
    Optional<GroupReplay> of(String group) {
        return switch (group) {
            case GroupPayloads.INSTANCES -> Optional.of(instances);
            case GroupPayloads.SERVICE_METADATA -> Optional.of(services);
            case GroupPayloads.INSTANCE_METADATA -> Optional.of(overrides);
            case BatchRequests.GROUP -> Optional.of(keyValues);
            default -> Optional.empty();
        };
    }

    /** The 2.x services: those with metadata, and those that an instance implies. */
    RegistryTable table() {
        RegistryTable table = RegistryTable.of(services.services().values());
        for (ServiceKey key : instances.services()) {
            ServiceEntry entry =
                    table.entry(key)
                            .orElseGet(() -> ServiceEntry.of(ServiceRecord.ofDefaults(key)));
            SortedMap<InstanceKey, InstanceRecord> published = new TreeMap<>();
            instances.instances(key).forEach(one -> published.put(one.key(), one));
            table = table.with(new ServiceEntry(entry.service(), entry.clusters(), published));
        }
        return table;
    }
}
