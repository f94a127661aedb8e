package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.convert.LegacyFields;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of a record as text, for people. Holds exactly what counts in the digest: in that of
 * tables, or in that of views.
 */
final class RecordFields {

    private static final String EXTRA = "extra.";

    /** Whether the field's value is not shown; see {@link Diff}. */
    static boolean isSecret(String field) {
        return field.equals("checker.pwd")
                || (field.startsWith(EXTRA)
                        && LegacyFields.isSecret(field.substring(EXTRA.length())));
    }

    private RecordFields() {}

    /** The record's name inside its service. */
    static String name(RegistryRecord record) {
        if (record instanceof ClusterRecord cluster) {
            return "cluster " + cluster.key().name();
        }
        if (record instanceof InstanceRecord instance) {
            return "instance " + instance.key().address() + "#" + instance.key().cluster();
        }
        if (record instanceof OverrideRecord override) {
            return "override of " + override.key().address() + "#" + override.key().cluster();
        }
        return record instanceof SwitchRecord ? "switches" : "service";
    }

    /** What counts in a view. */
    static SortedMap<String, String> whole(RegistryRecord record) {
        SortedMap<String, String> fields = of(record);
        if (record instanceof ServiceRecord service) {
            fields.put("ephemeral", Boolean.toString(service.ephemeral()));
            addExtras(service.extras(), fields);
        } else if (record instanceof ClusterRecord cluster) {
            addExtras(cluster.extras(), fields);
        } else if (record instanceof InstanceRecord instance) {
            addExtras(instance.extras(), fields);
        }
        return fields;
    }

    private static void addExtras(LegacyExtras extras, Map<String, String> fields) {
        LegacyFields.worth(extras).fields().forEach((name, json) -> fields.put(EXTRA + name, json));
    }

    /** What counts in a table. */
    static SortedMap<String, String> of(RegistryRecord record) {
        SortedMap<String, String> fields = new TreeMap<>();
        if (record instanceof ServiceRecord service) {
            fields.put("protectThreshold", Float.toString(service.protectThreshold()));
            addSelector(service.selector(), fields);
            addLabels(service.metadata(), fields);
        } else if (record instanceof ClusterRecord cluster) {
            fields.put("checkPort", Integer.toString(cluster.checkPort()));
            fields.put("useInstancePort", Boolean.toString(cluster.useInstancePort()));
            addChecker(cluster.checker(), fields);
            addLabels(cluster.metadata(), fields);
        } else if (record instanceof InstanceRecord instance) {
            fields.put("weight", Double.toString(instance.weight()));
            fields.put("enabled", Boolean.toString(instance.enabled()));
            fields.put("healthy", Boolean.toString(instance.healthy()));
            fields.put("ephemeral", Boolean.toString(instance.ephemeral()));
            fields.put("instanceId", instance.instanceId());
            addLabels(instance.metadata(), fields);
        } else if (record instanceof OverrideRecord override) {
            fields.put("weight", Double.toString(override.weight()));
            fields.put("enabled", Boolean.toString(override.enabled()));
            addLabels(override.metadata(), fields);
        } else if (record instanceof SwitchRecord switches) {
            for (SwitchField field : SwitchField.values()) {
                fields.put(field.jsonName(), switches.text(field));
            }
            fields.putAll(switches.others());
        } else {
            throw new AssertionError("no rule for " + record);
        }
        return fields;
    }

    private static void addLabels(Map<String, String> labels, Map<String, String> fields) {
        labels.forEach((name, value) -> fields.put("metadata." + name, value));
    }

    private static void addSelector(Selector selector, Map<String, String> fields) {
        if (selector instanceof Selector.Label label) {
            fields.put("selector.expression", label.expression());
            label.labels().forEach(name -> fields.put("selector.label." + name, "used"));
        } else {
            fields.put("selector", "none");
        }
    }

    private static void addChecker(HealthChecker checker, Map<String, String> fields) {
        fields.put("checker.type", checker.type());
        if (checker instanceof HealthChecker.Http http) {
            fields.put("checker.path", http.path());
            fields.put("checker.headers", http.headers());
            fields.put("checker.expectedResponseCode", "" + http.expectedResponseCode());
        } else if (checker instanceof HealthChecker.Mysql mysql) {
            fields.put("checker.user", mysql.user());
            fields.put("checker.pwd", mysql.pwd());
            fields.put("checker.cmd", mysql.cmd());
        }
    }
}
