package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;

/**
 * The one form of each record that digests are made of. Everything counts but the 1.x extras and
 * the 2.x kind of a service. Two records have the same bytes if and only if they are equal, these
 * aside.
 */
final class Canonical {

    // What a hash is made of begins with one of these, so that no record can pass for a branch of
    // the tree or for a record of another sort.
    static final byte BRANCH = 0;
    private static final int SERVICE = 1;
    private static final int CLUSTER = 2;
    private static final int INSTANCE = 3;

    private Canonical() {}

    static byte[] hash(RegistryRecord record, Hasher hasher) {
        if (record instanceof ServiceRecord service) {
            write(service, hasher);
        } else if (record instanceof ClusterRecord cluster) {
            write(cluster, hasher);
        } else if (record instanceof InstanceRecord instance) {
            write(instance, hasher);
        } else {
            throw new AssertionError("no rule for " + record);
        }
        return hasher.finish();
    }

    /** Identity of a record: a {@code ServiceKey}, {@code ClusterKey} or {@code InstanceKey}. */
    static Object key(RegistryRecord record) {
        if (record instanceof ClusterRecord cluster) {
            return cluster.key();
        }
        return record instanceof InstanceRecord instance ? instance.key() : record.service();
    }

    /** Where a record lies among those of its service. */
    static byte[] place(Object key, Hasher hasher) {
        if (key instanceof InstanceKey instance) {
            hasher.tag(INSTANCE).text(instance.ip()).whole(instance.port());
            return hasher.text(instance.cluster()).finish();
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
        hasher.text(record.key().ip()).whole(record.key().port()).text(record.key().cluster());
        hasher.number(record.weight()).flag(record.enabled()).flag(record.healthy());
        hasher.flag(record.ephemeral()).labels(record.metadata()).text(record.instanceId());
    }

    private static void owner(ServiceKey key, Hasher hasher) {
        hasher.text(key.namespace()).text(key.group()).text(key.name());
    }
}
