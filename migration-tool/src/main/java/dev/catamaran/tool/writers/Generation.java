package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The records that are written between two checkpoints. A new generation takes over after each
 * checkpoint; the old one rests as it was left, so that it is also seen whether what nobody touches
 * any more survives the phases that follow.
 */
final class Generation {

    /** Records of one generation; several share a service, as 1.x keeps them in one list. */
    static final int RECORDS = 48;

    /** All services lie here, so that nothing of the home's own data is touched. */
    static final String GROUP = "REHEARSAL_GROUP";

    static final List<String> NAMESPACES = List.of("public", "rehearsal-namespace");

    private static final int SERVICES = 6;
    private static final List<String> CLUSTERS = List.of("DEFAULT", "EAST");

    private Generation() {}

    static List<InstanceKey> records(int generation) {
        return IntStream.range(0, RECORDS).mapToObj(i -> record(generation, i)).toList();
    }

    static List<ServiceKey> services() {
        return IntStream.range(0, SERVICES).mapToObj(Generation::service).toList();
    }

    private static InstanceKey record(int generation, int i) {
        String ip = "10.77." + generation + "." + (1 + i);
        String cluster = CLUSTERS.get(i / SERVICES % CLUSTERS.size());
        return new InstanceKey(service(i % SERVICES), ip, 8000 + i, cluster);
    }

    private static ServiceKey service(int i) {
        return new ServiceKey(NAMESPACES.get(i % NAMESPACES.size()), GROUP, "rehearsal-" + i);
    }
}
