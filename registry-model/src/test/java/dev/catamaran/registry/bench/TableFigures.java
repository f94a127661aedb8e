package dev.catamaran.registry.bench;

import dev.catamaran.registry.digest.Digest;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ServiceEntry;
import java.util.List;

/**
 * What a table of 1,000,000 instances takes to build and to hold: figures that are read once, not
 * timed over and over.
 */
public final class TableFigures {

    private TableFigures() {}

    public static void main(String[] args) {
        long empty = usedBytes();
        List<ServiceEntry> entries = World.entries();
        long withRecords = usedBytes();
        long begun = System.nanoTime();
        RegistryTable table = RegistryTable.of(entries);
        long built = System.nanoTime();
        Digest digest = table.digest();
        long digested = System.nanoTime();
        long withTable = usedBytes();
        long instances = (long) World.SERVICES * World.INSTANCES_EACH;
        System.out.printf(
                "instances %d, services %d%n"
                        + "build %d ms, first digest %d ms (%s)%n"
                        + "heap per instance: records %d bytes, table and digests %d bytes%n",
                instances,
                World.SERVICES,
                (built - begun) / 1_000_000,
                (digested - built) / 1_000_000,
                digest,
                (withRecords - empty) / instances,
                (withTable - withRecords) / instances);
        if (table.entries().size() != entries.size()) {
            throw new IllegalStateException("the table does not hold the world");
        }
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
