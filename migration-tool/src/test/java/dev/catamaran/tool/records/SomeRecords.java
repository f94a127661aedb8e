package dev.catamaran.tool.records;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records with every kind of field, for tests. */
public final class SomeRecords {

    public static final ServiceKey RICH = new ServiceKey("staging", "GRP_A", "orders");
    public static final ServiceKey BARE = new ServiceKey("public", "DEFAULT_GROUP", "empty");
    public static final InstanceKey OVERRIDDEN = new InstanceKey(RICH, "10.0.0.1", 80, "C2");

    private SomeRecords() {}

    /** Two services, four clusters with one checker each, two instances, one override. */
    public static RecordSet rich() {
        ServiceEntry rich =
                ServiceEntry.of(
                        new ServiceRecord(
                                RICH,
                                0.3f,
                                labels("owner", "a+b % & = , 中文 \"q\" \\ \n x"),
                                new Selector.Label("CONSUMER.label.z = PROVIDER.z", Set.of("z")),
                                extras("owners", "[\"me\"]")));
        List<HealthChecker> checkers =
                List.of(
                        new HealthChecker.Tcp(),
                        new HealthChecker.Http("/ok?a=b&c=d", "H:v|I:w", 204),
                        new HealthChecker.Mysql("root", "s3cret & more", "select 1 + 1"),
                        new HealthChecker.None());
        for (int i = 0; i < checkers.size(); i++) {
            rich =
                    rich.withCluster(
                            new ClusterRecord(
                                    new ClusterKey(RICH, "C" + i),
                                    checkers.get(i),
                                    8080 + i,
                                    i % 2 == 0,
                                    labels("cm", "c" + i),
                                    LegacyExtras.NONE));
        }
        rich = rich.withInstance(instance(OVERRIDDEN, 2.0, true, Map.of("k", "v", "l", "w")));
        rich =
                rich.withInstance(
                        instance(
                                new InstanceKey(RICH, "10.0.0.2", 81, "C0"), 7.5, false, Map.of()));
        ServiceEntry bare = ServiceEntry.of(ServiceRecord.of(BARE, 0.25f, Map.of("o", "p")));
        return RecordSet.of(
                RegistryTable.of(List.of(rich, bare)),
                List.of(new OverrideRecord(OVERRIDDEN, 9.0, false, labels("k", "laid over"))));
    }

    /**
     * Plain services with two instances each, as many as wanted; the second cluster has its own
     * health checker and the last service has no instance.
     */
    public static RecordSet many(int services) {
        List<ServiceEntry> entries = new ArrayList<>();
        for (int s = 0; s < services; s++) {
            ServiceKey key =
                    new ServiceKey(
                            s % 3 == 0 ? "staging" : "public",
                            "G" + s % 2,
                            "svc-%05d".formatted(s));
            ServiceEntry entry =
                    ServiceEntry.of(ServiceRecord.of(key, 0.1f * (s % 10), Map.of("n", "" + s)));
            if (s < services - 1) {
                ClusterKey c2 = new ClusterKey(key, "C2");
                entry =
                        entry.withCluster(
                                new ClusterRecord(
                                        c2,
                                        new HealthChecker.None(),
                                        8080 + s % 100,
                                        false,
                                        labels("cm", "c" + s),
                                        LegacyExtras.NONE));
                InstanceKey first = new InstanceKey(key, "10.1." + s % 250 + ".1", 9000, "C2");
                InstanceKey second =
                        new InstanceKey(key, "10.1." + s % 250 + ".2", 9001, "DEFAULT");
                entry = entry.withInstance(instance(first, 7.5, s % 4 != 0, Map.of("k", "v0")));
                entry = entry.withInstance(instance(second, 1.0, true, Map.of("k", "v1")));
            }
            entries.add(entry);
        }
        return RecordSet.of(RegistryTable.of(entries));
    }

    private static InstanceRecord instance(
            InstanceKey key, double weight, boolean enabled, Map<String, String> metadata) {
        return InstanceRecord.persistent(key, weight, enabled, metadata);
    }

    private static SortedMap<String, String> labels(String key, String value) {
        return new TreeMap<>(Map.of(key, value));
    }

    private static LegacyExtras extras(String key, String json) {
        return new LegacyExtras(labels(key, json));
    }
}
