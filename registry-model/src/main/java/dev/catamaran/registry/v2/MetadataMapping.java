package dev.catamaran.registry.v2;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Service, cluster and instance metadata between records and wire objects (spec: 3.3, 3.4). */
final class MetadataMapping {

    /** Largest status code: any whole number that still reads as one. */
    private static final int MAX_CODE = 999_999;

    /** Fields of the selectors of 2.0.0 to 2.0.3, whose parent class has a type. */
    private static final String[] TYPED_NONE_FIELDS = {"type"};

    private static final String[] TYPED_LABEL_FIELDS = {"type", "expression", "labels"};

    private MetadataMapping() {}

    static WireObject service(
            ServiceRecord record, Collection<ClusterRecord> clusters, ServerVersion version) {
        Map<String, Object> named = new ConcurrentHashMap<>();
        clusters.forEach(cluster -> named.put(cluster.key().name(), cluster(cluster)));
        return new WireObject(WireType.SERVICE_METADATA)
                .set("ephemeral", record.ephemeral())
                .set("protectThreshold", (double) record.protectThreshold())
                .set("selector", selector(record.selector(), version))
                .set("extendData", new LinkedHashMap<>(record.metadata()))
                .set("clusters", named);
    }

    static ServiceEntry service(ServiceKey key, WireObject metadata) {
        float threshold = (float) metadata.number("protectThreshold");
        if (!Float.isFinite(threshold)) {
            throw metadata.notA("finite number", "protectThreshold");
        }
        ServiceRecord record =
                new ServiceRecord(
                        key,
                        threshold,
                        metadata.labels("extendData", List.of()),
                        selector(metadata),
                        metadata.flag("ephemeral", false),
                        LegacyExtras.NONE);
        SortedMap<String, ClusterRecord> clusters = new TreeMap<>();
        for (Map.Entry<?, ?> named : metadata.map("clusters").entrySet()) {
            if (!(named.getKey() instanceof String name
                    && named.getValue() instanceof WireObject cluster
                    && cluster.type() == WireType.CLUSTER_METADATA)) {
                throw metadata.notA("map from names to clusters", "clusters");
            }
            ClusterRecord read = cluster(new ClusterKey(key, name), cluster);
            clusters.put(read.key().name(), read);
        }
        return new ServiceEntry(record, clusters, new TreeMap<>());
    }

    private static WireObject cluster(ClusterRecord record) {
        return new WireObject(WireType.CLUSTER_METADATA)
                .set("healthyCheckPort", record.checkPort())
                .set("healthyCheckType", record.checker().type())
                .set("useInstancePortForCheck", record.useInstancePort())
                .set("healthChecker", checker(record.checker()))
                .set("extendData", new ConcurrentHashMap<>(record.metadata()));
    }

    private static ClusterRecord cluster(ClusterKey key, WireObject cluster) {
        return new ClusterRecord(
                key,
                checker(cluster),
                cluster.whole("healthyCheckPort", InstanceMapping.MAX_PORT),
                cluster.flag("useInstancePortForCheck", false),
                cluster.labels("extendData", List.of()),
                LegacyExtras.NONE);
    }

    private static WireObject checker(HealthChecker checker) {
        if (checker instanceof HealthChecker.Tcp) {
            return new WireObject(WireType.TCP).set("type", checker.type());
        }
        if (checker instanceof HealthChecker.Http http) {
            return new WireObject(WireType.HTTP)
                    .set("path", http.path())
                    .set("headers", http.headers())
                    .set("expectedResponseCode", http.expectedResponseCode())
                    .set("type", checker.type());
        }
        if (checker instanceof HealthChecker.Mysql mysql) {
            return new WireObject(WireType.MYSQL)
                    .set("user", mysql.user())
                    .set("pwd", mysql.pwd())
                    .set("cmd", mysql.cmd())
                    .set("type", checker.type());
        }
        return new WireObject(WireType.NONE_CHECKER).set("type", checker.type());
    }

    private static HealthChecker checker(WireObject cluster) {
        if (cluster.isNull("healthChecker")) {
            return HealthChecker.DEFAULT;
        }
        WireObject checker =
                cluster.object(
                        "healthChecker",
                        WireType.TCP,
                        WireType.HTTP,
                        WireType.MYSQL,
                        WireType.NONE_CHECKER);
        if (checker.type() == WireType.TCP) {
            return new HealthChecker.Tcp();
        }
        if (checker.type() == WireType.HTTP) {
            return new HealthChecker.Http(
                    checker.text("path", ""),
                    checker.text("headers", ""),
                    checker.whole("expectedResponseCode", MAX_CODE));
        }
        if (checker.type() == WireType.MYSQL) {
            return new HealthChecker.Mysql(
                    checker.text("user", ""), checker.text("pwd", ""), checker.text("cmd", ""));
        }
        return new HealthChecker.None();
    }

    private static WireObject selector(Selector selector, ServerVersion version) {
        boolean typed = !version.has(ServerVersion.Feature.TYPELESS_SELECTORS);
        if (selector instanceof Selector.Label label) {
            WireObject object =
                    typed
                            ? new WireObject(WireType.LABEL_SELECTOR, TYPED_LABEL_FIELDS)
                                    .set("type", "label")
                            : new WireObject(WireType.LABEL_SELECTOR);
            return object.set("expression", label.expression())
                    .set("labels", new HashSet<>(label.labels()));
        }
        return typed
                ? new WireObject(WireType.NONE_SELECTOR, TYPED_NONE_FIELDS).set("type", "none")
                : new WireObject(WireType.NONE_SELECTOR);
    }

    private static Selector selector(WireObject metadata) {
        if (metadata.isNull("selector")) {
            return new Selector.None();
        }
        WireObject selector =
                metadata.object("selector", WireType.NONE_SELECTOR, WireType.LABEL_SELECTOR);
        if (selector.type() == WireType.NONE_SELECTOR) {
            return new Selector.None();
        }
        Set<String> labels = new TreeSet<>();
        for (Object label : selector.elements("labels")) {
            if (!(label instanceof String name)) {
                throw selector.notA("set of text", "labels");
            }
            labels.add(name);
        }
        return new Selector.Label(selector.text("expression", ""), labels);
    }

    static WireObject override(OverrideRecord record) {
        return new WireObject(WireType.INSTANCE_METADATA)
                .set("weight", record.weight())
                .set("enabled", record.enabled())
                .set("extendData", new ConcurrentHashMap<String, Object>(record.metadata()));
    }

    static OverrideRecord override(InstanceKey key, WireObject metadata) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (Map.Entry<?, ?> entry : metadata.map("extendData").entrySet()) {
            Object value = entry.getValue();
            boolean plain =
                    value instanceof String || value instanceof Number || value instanceof Boolean;
            if (!(entry.getKey() instanceof String name) || !plain) {
                throw metadata.notA("map from text to plain values", "extendData");
            }
            labels.put(name, value.toString());
        }
        double weight = metadata.number("weight");
        return new OverrideRecord(key, weight, metadata.flag("enabled", false), labels);
    }

    /**
     * {@code ip:port:cluster}, by which 2.x names an instance to override.
     *
     * @throws IllegalArgumentException if that would be the name of another instance
     */
    static String tag(InstanceKey key) {
        if (key.cluster().indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "2.x has no name of its own for the override of " + key);
        }
        return key.address() + ":" + key.cluster();
    }

    static InstanceKey instance(ServiceKey service, String tag) {
        int second = tag.lastIndexOf(':');
        int first = second < 1 ? -1 : tag.lastIndexOf(':', second - 1);
        if (first < 1) {
            throw new DecodeException("is not of the form ip:port:cluster", "tag");
        }
        String port = tag.substring(first + 1, second);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > InstanceMapping.MAX_PORT) {
            throw new DecodeException("names no port", "tag");
        }
        return new InstanceKey(
                service,
                tag.substring(0, first),
                Integer.parseInt(port),
                tag.substring(second + 1));
    }
}
