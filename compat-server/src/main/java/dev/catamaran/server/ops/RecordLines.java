package dev.catamaran.server.ops;

import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Canonical records as one line of JSON each: the same for both stacks, all fields that count in
 * the digest and no others.
 */
final class RecordLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecordLines() {}

    static String line(RegistryRecord record) {
        ObjectNode node = JSON.createObjectNode();
        if (record instanceof ServiceRecord service) {
            node.put("kind", "service");
            identify(service, node);
            node.put("protectThreshold", service.protectThreshold());
            node.set("metadata", labels(service.metadata()));
            node.set("selector", selector(service.selector()));
        } else if (record instanceof ClusterRecord cluster) {
            node.put("kind", "cluster");
            identify(cluster, node);
            node.put("cluster", cluster.key().name());
            node.set("checker", checker(cluster.checker()));
            node.put("checkPort", cluster.checkPort());
            node.put("useInstancePort", cluster.useInstancePort());
            node.set("metadata", labels(cluster.metadata()));
        } else if (record instanceof InstanceRecord instance) {
            node.put("kind", "instance");
            identify(instance, node);
            node.put("ip", instance.key().ip());
            node.put("port", instance.key().port());
            node.put("cluster", instance.key().cluster());
            node.put("weight", instance.weight());
            node.put("enabled", instance.enabled());
            node.put("healthy", instance.healthy());
            node.put("ephemeral", instance.ephemeral());
            node.set("metadata", labels(instance.metadata()));
            node.put("instanceId", instance.instanceId());
        } else {
            throw new AssertionError("no line for " + record);
        }
        return node.toString();
    }

    private static void identify(RegistryRecord record, ObjectNode node) {
        node.put("namespace", record.service().namespace());
        node.put("group", record.service().group());
        node.put("service", record.service().name());
    }

    private static ObjectNode labels(Map<String, String> labels) {
        ObjectNode node = JSON.createObjectNode();
        labels.forEach(node::put);
        return node;
    }

    private static ObjectNode selector(Selector selector) {
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

    private static ObjectNode checker(HealthChecker checker) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", checker.type());
        if (checker instanceof HealthChecker.Http http) {
            node.put("path", http.path());
            node.put("headers", http.headers());
            node.put("expectedResponseCode", http.expectedResponseCode());
        } else if (checker instanceof HealthChecker.Mysql mysql) {
            node.put("user", mysql.user());
            node.put("pwd", "***");
            node.put("cmd", mysql.cmd());
        }
        return node;
    }
}
