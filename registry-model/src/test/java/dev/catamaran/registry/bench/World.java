package dev.catamaran.registry.bench;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A registry as large companies have it: services in 10 namespaces of 3 groups each, every one with
 * {@link #INSTANCES_EACH} persistent instances of two labels. Nothing is shared between two worlds,
 * so that what a benchmark finds equal is not equal by being the same object.
 */
final class World {

    static final int SERVICES = Integer.getInteger("bench.services", 100_000);
    static final int INSTANCES_EACH = 10;

    private World() {}

    static List<ServiceEntry> entries() {
        List<ServiceEntry> entries = new ArrayList<>(SERVICES);
        for (int i = 0; i < SERVICES; i++) {
            entries.add(entry(i, 1));
        }
        return entries;
    }

    static ServiceKey key(int service) {
        return ServiceKey.of(
                "team-" + service % 10,
                "GROUP_" + service % 3,
                "com.example.orders.api.OrderService%05d".formatted(service));
    }

    static ServiceEntry entry(int service, double weight) {
        ServiceKey key = key(service);
        TreeMap<InstanceKey, InstanceRecord> instances = new TreeMap<>();
        for (int i = 0; i < INSTANCES_EACH; i++) {
            InstanceRecord instance = instance(key, service, i, weight);
            instances.put(instance.key(), instance);
        }
        return new ServiceEntry(ServiceRecord.ofDefaults(key), new TreeMap<>(), instances);
    }

    static InstanceRecord instance(ServiceKey key, int service, int instance, double weight) {
        String ip = "10." + (service >> 8) % 256 + "." + service % 256 + "." + (10 + instance);
        return InstanceRecord.persistent(
                new InstanceKey(key, ip, 8080, "DEFAULT"),
                weight,
                true,
                Map.of("zone", "az-" + instance % 3, "version", "1.4." + service % 50));
    }
}
