package dev.catamaran.registry.v2;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.ServiceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services and instances between records and wire objects (spec: jraft-groups 3.2, 4.3). */
final class InstanceMapping {

    static final int MAX_PORT = 65_535;

    /** Longest address taken: a DNS name. */
    private static final int MAX_IP_LENGTH = 255;

    /** Longest namespace, group or service name taken, as on real 2.x servers. */
    private static final int MAX_NAME_LENGTH = 512;

    private static final String PERSISTENT = "#false";
    private static final String CUSTOM_ID = "customInstanceId";
    private static final String WEIGHT = "publishInstanceWeight";
    private static final String ENABLED = "publishInstanceEnable";

    /** Labels with a meaning of their own in a published instance; no user may carry them. */
    static final List<String> RESERVED_LABELS = List.of(CUSTOM_ID, WEIGHT, ENABLED);

    private InstanceMapping() {}

    static WireObject service(ServiceKey key, boolean ephemeral, long updatedAtMs) {
        return new WireObject(WireType.SERVICE)
                .set("namespace", key.namespace())
                .set("group", key.group())
                .set("name", key.name())
                .set("ephemeral", ephemeral)
                .set("lastUpdatedTime", updatedAtMs)
                .set("revision", new WireObject(WireType.ATOMIC_LONG).set("value", 0L));
    }

    static ServiceKey service(WireObject service) {
        return serviceKey(service.text("namespace"), service.text("group"), service.text("name"));
    }

    /** A key whose parts are there and no longer than real servers take. */
    static ServiceKey serviceKey(String namespace, String group, String name) {
        for (String part : List.of(namespace, group, name)) {
            if (part.isBlank() || part.length() > MAX_NAME_LENGTH) {
                throw new DecodeException("is blank or longer than " + MAX_NAME_LENGTH, "service");
            }
        }
        return new ServiceKey(namespace, group, name);
    }

    static WireObject instance(InstanceRecord record) {
        return new WireObject(WireType.INSTANCE)
                .set("instanceId", record.instanceId())
                .set("ip", record.key().ip())
                .set("port", record.key().port())
                .set("weight", record.weight())
                .set("healthy", record.healthy())
                .set("enabled", record.enabled())
                .set("ephemeral", record.ephemeral())
                .set("clusterName", record.key().cluster())
                .set("serviceName", record.service().grouped())
                .set("metadata", new HashMap<>(record.metadata()));
    }

    static InstanceRecord instance(ServiceKey service, WireObject instance) {
        return new InstanceRecord(
                new InstanceKey(
                        service,
                        ip(instance.text("ip")),
                        instance.whole("port", MAX_PORT),
                        instance.text("clusterName", "")),
                instance.number("weight"),
                instance.flag("enabled", false),
                instance.flag("healthy", false),
                // the client's id says the kind, and this group has no others
                false,
                // real servers put their own fields among the labels, and take these for them
                instance.labels("metadata", RESERVED_LABELS),
                instance.text("instanceId", ""),
                LegacyExtras.NONE);
    }

    /** An instance as the applied state and snapshots hold it. */
    static WireObject publishInfo(InstanceRecord record) {
        Map<String, Object> extend = new HashMap<>(record.metadata());
        extend.keySet().removeAll(RESERVED_LABELS);
        extend.put(CUSTOM_ID, record.instanceId());
        if (record.weight() != 1.0) {
            extend.put(WEIGHT, record.weight());
        }
        if (!record.enabled()) {
            extend.put(ENABLED, false);
        }
        return new WireObject(WireType.CHECKED_PUBLISH_INFO)
                .set("lastHeartBeatTime", 0L)
                .set("ip", record.key().ip())
                .set("port", record.key().port())
                .set("healthy", record.healthy())
                .set("cluster", record.key().cluster())
                .set("healthCheckStatus", checkStatus())
                .set("extendDatum", extend);
    }

    /** The status of an instance that was never probed; real nodes start anew on load. */
    private static WireObject checkStatus() {
        return new WireObject(WireType.CHECK_STATUS)
                .set("checkRt", -1L)
                .set("isBeingChecked", new WireObject(WireType.ATOMIC_BOOLEAN).set("value", 0))
                .set("checkFailCount", new WireObject(WireType.ATOMIC_INTEGER).set("value", 0))
                .set("checkOkCount", new WireObject(WireType.ATOMIC_INTEGER).set("value", 0));
    }

    static InstanceRecord publishInfo(ServiceKey service, WireObject info) {
        Map<?, ?> extend = info.map("extendDatum");
        return new InstanceRecord(
                new InstanceKey(
                        service,
                        ip(info.text("ip")),
                        info.whole("port", MAX_PORT),
                        info.text("cluster", "")),
                weight(info, extend.get(WEIGHT)),
                enabled(info, extend.get(ENABLED)),
                info.flag("healthy", false),
                false,
                info.labels("extendDatum", RESERVED_LABELS),
                id(info, extend.get(CUSTOM_ID)),
                LegacyExtras.NONE);
    }

    private static double weight(WireObject info, @Nullable Object value) {
        if (value == null) {
            return 1.0;
        }
        if (value instanceof Double weight && Double.isFinite(weight)) {
            return weight + 0.0;
        }
        throw info.notA("finite number", WEIGHT);
    }

    private static boolean enabled(WireObject info, @Nullable Object value) {
        if (value == null) {
            return true;
        }
        if (value instanceof Boolean enabled) {
            return enabled;
        }
        throw info.notA("truth value", ENABLED);
    }

    private static String id(WireObject info, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof String id) {
            return id;
        }
        throw info.notA("text", CUSTOM_ID);
    }

    static String clientId(InstanceKey key) {
        return key.address() + PERSISTENT;
    }

    /** The address inside a client id {@code ip:port#false}. */
    static InstanceAddress address(ServiceKey service, String clientId) {
        int colon = clientId.lastIndexOf(':');
        if (!clientId.endsWith(PERSISTENT) || colon < 1) {
            throw new DecodeException("is not of the form ip:port#false", "clientId");
        }
        String port = clientId.substring(colon + 1, clientId.length() - PERSISTENT.length());
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw new DecodeException("names no port", "clientId");
        }
        String ip = ip(clientId.substring(0, colon));
        return new InstanceAddress(service, ip, Integer.parseInt(port));
    }

    private static String ip(String ip) {
        if (ip.length() > MAX_IP_LENGTH) {
            throw new DecodeException("is longer than " + MAX_IP_LENGTH, "ip");
        }
        return ip;
    }
}
