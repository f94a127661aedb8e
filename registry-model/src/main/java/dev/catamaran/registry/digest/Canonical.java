package dev.catamaran.registry.digest;

import dev.catamaran.registry.convert.LegacyFields;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;

/**
 * The forms of each record that digests are made of. In tables everything counts that both worlds
 * can hold: not the 1.x extras and not the 2.x kind of a service. In views these count too, but for
 * what a 1.x server notes for itself. Two records have the same bytes if and only if they are
 * equal, the rest aside.
 */
final class Canonical {

    // What a hash is made of begins with one of these, so that no record can pass for a branch of
    // the tree or for a record of another sort.
    static final byte BRANCH = 0;
    private static final int SERVICE = 1;
    private static final int CLUSTER = 2;
    private static final int INSTANCE = 3;
    private static final int OVERRIDE = 4;
    private static final int SWITCHES = 5;
    private static final int VIEW = 6;

    /** Identity of what operators set for an instance, which has the identity of the instance. */
    record OverrideKey(InstanceKey instance) {}

    private Canonical() {}

    /** What counts of a record in a table. */
    static byte[] hash(RegistryRecord record, Hasher hasher) {
        write(record, hasher);
        return hasher.finish();
    }

    /** What counts of a record in a view. */
    static byte[] whole(RegistryRecord record, Hasher hasher) {
        write(record, hasher);
        if (record instanceof ServiceRecord service) {
            hasher.flag(service.ephemeral());
            extras(service.extras(), hasher);
        } else if (record instanceof ClusterRecord cluster) {
            extras(cluster.extras(), hasher);
        } else if (record instanceof InstanceRecord instance) {
            extras(instance.extras(), hasher);
        }
        return hasher.finish();
    }

    /** The digest of a view from that of its services and from its switches. */
    static byte[] view(byte[] services, SwitchRecord switches, Hasher hasher) {
        byte[] own = hash(switches, hasher).clone();
        return hasher.tag(VIEW).hash(services).hash(own).finish();
    }

    private static void extras(LegacyExtras extras, Hasher hasher) {
        hasher.labels(LegacyFields.worth(extras).fields());
    }

    private static void write(RegistryRecord record, Hasher hasher) {
        if (record instanceof ServiceRecord service) {
            write(service, hasher);
        } else if (record instanceof ClusterRecord cluster) {
            write(cluster, hasher);
        } else if (record instanceof InstanceRecord instance) {
            write(instance, hasher);
        } else if (record instanceof OverrideRecord override) {
            write(override, hasher);
        } else if (record instanceof SwitchRecord switches) {
            write(switches, hasher);
        } else {
            throw new AssertionError("no rule for " + record);
        }
    }

    /**
     * Identity of a record of a service: a {@code ServiceKey}, {@code ClusterKey}, {@code
     * InstanceKey} or {@code OverrideKey}.
     */
    static Object key(RegistryRecord record) {
        if (record instanceof ClusterRecord cluster) {
            return cluster.key();
        }
        if (record instanceof OverrideRecord override) {
            return new OverrideKey(override.key());
        }
        return record instanceof InstanceRecord instance ? instance.key() : record.service();
    }

    /** Where a record lies among those of its service. */
    static byte[] place(Object key, Hasher hasher) {
        if (key instanceof InstanceKey instance) {
            return address(instance, hasher.tag(INSTANCE)).finish();
        }
        if (key instanceof OverrideKey override) {
            return address(override.instance(), hasher.tag(OVERRIDE)).finish();
        }
        if (key instanceof ClusterKey cluster) {
            return hasher.tag(CLUSTER).text(cluster.name()).finish();
        }
        return hasher.tag(SERVICE).finish();
    }

    private static void write(ServiceRecord record, Hasher hasher) {
        owner(record.key(), hasher.tag(SERVICE));
        hasher.number(record.protectThreshold()).labels(record.metadata());
        if (record.selector() instanceof Selector.Label label) {
            hasher.tag(1).text(label.expression()).texts(label.labels());
        } else {
            hasher.tag(0);
        }
    }

    private static void write(ClusterRecord record, Hasher hasher) {
        owner(record.service(), hasher.tag(CLUSTER));
        hasher.text(record.key().name()).whole(record.checkPort()).flag(record.useInstancePort());
        hasher.labels(record.metadata()).text(record.checker().type());
        if (record.checker() instanceof HealthChecker.Http http) {
            hasher.text(http.path()).text(http.headers()).whole(http.expectedResponseCode());
        } else if (record.checker() instanceof HealthChecker.Mysql mysql) {
            hasher.text(mysql.user()).text(mysql.pwd()).text(mysql.cmd());
        }
    }

    private static void write(InstanceRecord record, Hasher hasher) {
        owner(record.service(), hasher.tag(INSTANCE));
        address(record.key(), hasher);
        hasher.number(record.weight()).flag(record.enabled()).flag(record.healthy());
        hasher.flag(record.ephemeral()).labels(record.metadata()).text(record.instanceId());
    }

    private static void write(OverrideRecord record, Hasher hasher) {
        owner(record.service(), hasher.tag(OVERRIDE));
        address(record.key(), hasher).number(record.weight()).flag(record.enabled());
        hasher.labels(record.metadata());
    }

    /** Whether a switch was written or is the default does not count: servers go by the same. */
    private static void write(SwitchRecord record, Hasher hasher) {
        hasher.tag(SWITCHES);
        for (SwitchField field : SwitchField.values()) {
            hasher.text(field.jsonName()).text(record.text(field));
        }
        hasher.labels(record.others());
    }

    private static Hasher address(InstanceKey key, Hasher hasher) {
        return hasher.text(key.ip()).whole(key.port()).text(key.cluster());
    }

    private static void owner(ServiceKey key, Hasher hasher) {
        hasher.text(key.namespace()).text(key.group()).text(key.name());
    }
}
