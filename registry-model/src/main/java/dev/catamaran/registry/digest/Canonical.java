package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
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
public final class Canonical {

    private static final int SERVICE = 1;
    private static final int CLUSTER = 2;
    private static final int INSTANCE = 3;

    private Canonical() {}

    public static byte[] bytes(RegistryRecord record) {
        CanonicalBytes bytes = new CanonicalBytes();
        if (record instanceof ServiceRecord service) {
            write(service, bytes);
        } else if (record instanceof ClusterRecord cluster) {
            write(cluster, bytes);
        } else if (record instanceof InstanceRecord instance) {
            write(instance, bytes);
        } else {
            throw new AssertionError("no rule for " + record);
        }
        return bytes.toBytes();
    }

    private static void write(ServiceRecord record, CanonicalBytes bytes) {
        key(record.key(), bytes.tag(SERVICE));
        bytes.number(record.protectThreshold()).labels(record.metadata());
        if (record.selector() instanceof Selector.Label label) {
            bytes.tag(1).text(label.expression()).texts(label.labels());
        } else {
            bytes.tag(0);
        }
    }

    private static void write(ClusterRecord record, CanonicalBytes bytes) {
        key(record.service(), bytes.tag(CLUSTER));
        bytes.text(record.key().name()).whole(record.checkPort()).flag(record.useInstancePort());
        bytes.labels(record.metadata()).text(record.checker().type());
        if (record.checker() instanceof HealthChecker.Http http) {
            bytes.text(http.path()).text(http.headers()).whole(http.expectedResponseCode());
        } else if (record.checker() instanceof HealthChecker.Mysql mysql) {
            bytes.text(mysql.user()).text(mysql.pwd()).text(mysql.cmd());
        }
    }

    private static void write(InstanceRecord record, CanonicalBytes bytes) {
        key(record.service(), bytes.tag(INSTANCE));
        bytes.text(record.key().ip()).whole(record.key().port()).text(record.key().cluster());
        bytes.number(record.weight()).flag(record.enabled()).flag(record.healthy());
        bytes.flag(record.ephemeral()).labels(record.metadata()).text(record.instanceId());
    }

    private static void key(ServiceKey key, CanonicalBytes bytes) {
        bytes.text(key.namespace()).text(key.group()).text(key.name());
    }
}
