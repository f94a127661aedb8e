package dev.catamaran.tool.records;

import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes records as lines of JSON, in the form members answer to {@code GET /catamaran/v1/records}:
 * a service before its clusters, those before its instances, overrides last. All fields are there,
 * secrets of health checkers included, or the records could not be restored from the lines.
 */
public final class RecordWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecordWriter() {}

    /**
     * Writes one line for each record of the set.
     *
     * @throws IOException if {@code out} cannot be written
     */
    public static void write(RecordSet records, Appendable out) throws IOException {
        for (ServiceEntry entry : records.table().entries().values()) {
            for (Iterator<RegistryRecord> all = entry.records().iterator(); all.hasNext(); ) {
                out.append(line(all.next())).append('\n');
            }
        }
        for (OverrideRecord override : records.overrides().values()) {
            out.append(line(override)).append('\n');
        }
    }

    /** One record as a line, without its end. */
    public static String line(RegistryRecord record) {
        if (record instanceof ServiceRecord service) {
            return service(service).toString();
        }
        if (record instanceof ClusterRecord cluster) {
            return cluster(cluster).toString();
        }
        if (record instanceof InstanceRecord instance) {
            return instance(instance).toString();
        }
        throw new AssertionError("no line for " + record);
    }

    /** One override as a line, without its end. */
    public static String line(OverrideRecord override) {
        ObjectNode node = node(RecordForm.OVERRIDE, override.key().service());
        address(override.key(), node);
        node.put("weight", override.weight());
        node.put("enabled", override.enabled());
        node.set("metadata", labels(override.metadata()));
        return node.toString();
    }

    private static ObjectNode service(ServiceRecord service) {
        ObjectNode node = node(RecordForm.SERVICE, service.key());
        node.put("protectThreshold", service.protectThreshold());
        node.set("metadata", labels(service.metadata()));
        node.set("selector", selector(service.selector()));
        if (service.ephemeral()) {
            node.put("ephemeral", true);
        }
        extras(service.extras(), node);
        return node;
    }

    private static ObjectNode cluster(ClusterRecord cluster) {
        ObjectNode node = node(RecordForm.CLUSTER, cluster.service());
        node.put("cluster", cluster.key().name());
        node.set("checker", checker(cluster.checker()));
        node.put("checkPort", cluster.checkPort());
        node.put("useInstancePort", cluster.useInstancePort());
        node.set("metadata", labels(cluster.metadata()));
        extras(cluster.extras(), node);
        return node;
    }

    private static ObjectNode instance(InstanceRecord instance) {
        ObjectNode node = node(RecordForm.INSTANCE, instance.service());
        address(instance.key(), node);
        node.put("weight", instance.weight());
        node.put("enabled", instance.enabled());
        node.put("healthy", instance.healthy());
        node.put("ephemeral", instance.ephemeral());
        node.set("metadata", labels(instance.metadata()));
        node.put("instanceId", instance.instanceId());
        extras(instance.extras(), node);
        return node;
    }

    private static ObjectNode node(String kind, ServiceKey service) {
        ObjectNode node = JSON.createObjectNode();
        node.put("kind", kind);
        node.put("namespace", service.namespace());
        node.put("group", service.group());
        node.put("service", service.name());
        return node;
    }

    private static void address(InstanceKey key, ObjectNode node) {
        node.put("ip", key.ip());
        node.put("port", key.port());
        node.put("cluster", key.cluster());
    }

    private static ObjectNode labels(Map<String, String> labels) {
        ObjectNode node = JSON.createObjectNode();
        labels.forEach(node::put);
        return node;
    }

    /** Absent when there are none, which is what members answer. */
    private static void extras(LegacyExtras extras, ObjectNode node) {
        if (!extras.fields().isEmpty()) {
            node.set("extras", labels(extras.fields()));
        }
    }

    /** The selector as servers of both worlds write it. */
    public static ObjectNode selector(Selector selector) {
        ObjectNode node = JSON.createObjectNode();
        if (selector instanceof Selector.Label label) {
            node.put("type", "label");
            node.put("expression", label.expression());
            label.labels().forEach(node.putArray("labels")::add);
        } else {
            node.put("type", "none");
        }
        return node;
    }

    /** The health checker as servers of both worlds write it, its secret included. */
    public static ObjectNode checker(HealthChecker checker) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", checker.type());
        if (checker instanceof HealthChecker.Http http) {
            node.put("path", http.path());
            node.put("headers", http.headers());
            node.put("expectedResponseCode", http.expectedResponseCode());
        } else if (checker instanceof HealthChecker.Mysql mysql) {
            node.put("user", mysql.user());
            node.put("pwd", mysql.pwd());
            node.put("cmd", mysql.cmd());
        }
        return node;
    }
}
