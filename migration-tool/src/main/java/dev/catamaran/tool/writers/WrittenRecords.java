package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records that writers have taken on, by service. Each is written a few times and then rests as
 * it was left, so that a single lost write shows, and so does what decays while nobody touches it.
 * After each checkpoint new services are used. Safe for use by many threads.
 */
final class WrittenRecords {

    /** All services lie here, so that nothing of the homes' own data is touched. */
    static final String GROUP = "REHEARSAL_GROUP";

    static final List<String> NAMESPACES = List.of("public", "rehearsal-namespace");

    /** Several records share a service, as 1.x keeps them in one list. */
    private static final int SERVICES = 6;

    private static final List<String> CLUSTERS = List.of("DEFAULT", "EAST");
    private static final int HOSTS = 250;

    private final Map<ServiceKey, List<InstanceKey>> byService = new TreeMap<>();
    private final List<ServiceKey> services = new ArrayList<>();
    private int generation;
    private int serial;

    WrittenRecords() {
        addServices();
    }

    /** A record nobody has written before. */
    synchronized InstanceKey take() {
        int i = serial++;
        ServiceKey service = services.get(services.size() - SERVICES + i % SERVICES);
        InstanceKey record =
                new InstanceKey(
                        service,
                        "10.77." + i / HOSTS % HOSTS + "." + (1 + i % HOSTS),
                        8000 + generation,
                        CLUSTERS.get(i / SERVICES % CLUSTERS.size()));
        byService.computeIfAbsent(service, key -> new ArrayList<>()).add(record);
        return record;
    }

    /** Goes on with new services. */
    synchronized void nextGeneration() {
        generation++;
        addServices();
    }

    /** Every record taken so far. */
    synchronized List<InstanceKey> all() {
        return byService.values().stream().flatMap(List::stream).toList();
    }

    /** The records of one service taken so far. */
    synchronized List<InstanceKey> of(ServiceKey service) {
        return List.copyOf(byService.getOrDefault(service, List.of()));
    }

    synchronized List<ServiceKey> services() {
        return List.copyOf(services);
    }

    private void addServices() {
        for (int i = 0; i < SERVICES; i++) {
            services.add(
                    new ServiceKey(
                            NAMESPACES.get(i % NAMESPACES.size()),
                            GROUP,
                            "rehearsal-" + generation + "-" + i));
        }
    }
}
