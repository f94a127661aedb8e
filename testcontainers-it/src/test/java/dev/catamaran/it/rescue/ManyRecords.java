package dev.catamaran.it.rescue;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.tool.records.ExportFile;
import dev.catamaran.tool.records.ExportHeader;
import dev.catamaran.tool.records.RecordSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many services alike, for counting what a second carries. */
final class ManyRecords {

    private ManyRecords() {}

    static String name(int service) {
        return "many-%05d".formatted(service);
    }

    static String ip(int service, int instance) {
        return "10." + (service / 250) + "." + (service % 250) + "." + (instance + 1);
    }

    /** Writes an export file with so many services of so many instances. */
    static Path export(Path file, String namespace, int services, int instances)
            throws IOException {
        List<ServiceEntry> entries = new ArrayList<>();
        for (int s = 0; s < services; s++) {
            ServiceKey key = ServiceKey.of(namespace, "DEFAULT_GROUP", name(s));
            ServiceEntry entry =
                    ServiceEntry.of(ServiceRecord.of(key, 0.5f, Map.of("owner", "team")))
                            .withCluster(
                                    new ClusterRecord(
                                            new ClusterKey(key, "C2"),
                                            new HealthChecker.None(),
                                            8080,
                                            false,
                                            new TreeMap<>(Map.of("c", "m")),
                                            LegacyExtras.NONE));
            for (int i = 0; i < instances; i++) {
                entry =
                        entry.withInstance(
                                InstanceRecord.persistent(
                                        new InstanceKey(key, ip(s, i), 9000, "C2"),
                                        2,
                                        true,
                                        Map.of("k", "v")));
            }
            entries.add(entry);
        }
        RecordSet records = RecordSet.of(RegistryTable.of(entries));
        ExportFile.write(records, ExportHeader.of(records, "many", ""), file);
        return file;
    }
}
