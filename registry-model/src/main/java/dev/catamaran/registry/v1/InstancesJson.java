package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The 1.x form of a service's persistent instances (spec: legacy-raft 2.4). */
public final class InstancesJson {

    /** Most instances of one service that are taken. */
    static final int MAX_INSTANCES = 100_000;

    /** Longest address taken: a DNS name. */
    static final int MAX_IP_LENGTH = 255;

    static final List<String> EXTRAS = List.of("lastBeat", "marked", "app", "tenant");

    private static final String LIST = "instanceList";
    private static final double DEFAULT_WEIGHT = 1.0;

    private InstancesJson() {}

    /**
     * Reads the value of an instance-list datum; also the bare array of 0.8.
     *
     * @param key the service, from the datum's key; names inside the value do not count
     * @return the instances by key, read-only
     */
    public static Decoded<SortedMap<InstanceKey, InstanceRecord>> decode(
            ServiceKey key, String json) {
        return Decoded.of(() -> Collections.unmodifiableSortedMap(read(key, json)));
    }

    private static SortedMap<InstanceKey, InstanceRecord> read(ServiceKey key, String json) {
        JsonNode value = Json.readTyped(json, "value");
        FastjsonReferences.resolve(value);
        JsonNode list = value.isArray() ? value : Json.object(value, "value").path(LIST);
        SortedMap<InstanceKey, InstanceRecord> instances = new TreeMap<>();
        if (list.isMissingNode() || list.isNull()) {
            return instances;
        }
        if (!list.isArray() || list.size() > MAX_INSTANCES) {
            throw new DecodeException("is no list of up to " + MAX_INSTANCES + " elements", LIST);
        }
        for (int i = 0; i < list.size(); i++) {
            try {
                InstanceRecord instance = instance(key, Json.object(list.get(i), ""));
                instances.merge(instance.key(), instance, InstancesJson::second);
            } catch (DecodeException e) {
                throw new DecodeException(e.refusal().in(LIST + "[" + i + "]"));
            }
        }
        return instances;
    }

    /**
     * The later of two that are one instance counts; that there was another is kept with it, also
     * when the later one is listed once more.
     */
    private static InstanceRecord second(InstanceRecord first, InstanceRecord second) {
        boolean alike = second.withExtras(first.extras()).equals(first);
        @Nullable String other =
                alike
                        ? first.extras().fields().get(LegacyExtras.DUPLICATE)
                        : instance(first).toString();
        return other == null
                ? second
                : second.withExtras(second.extras().with(LegacyExtras.DUPLICATE, other));
    }

    private static InstanceRecord instance(ServiceKey service, ObjectNode json) {
        String ip = Json.text(json, "ip", "");
        if (ip.isBlank() || ip.length() > MAX_IP_LENGTH) {
            throw new DecodeException("is blank or longer than " + MAX_IP_LENGTH, "ip");
        }
        String cluster = Json.text(json, "clusterName", ClusterKey.DEFAULT_CLUSTER);
        return new InstanceRecord(
                new InstanceKey(service, ip, Json.port(json, "port", 0), cluster),
                Json.number(json, "weight", DEFAULT_WEIGHT),
                Json.flag(json, "enabled", true),
                // 0.8 has no other name for it, later ones write both or this one
                Json.flag(json, "healthy", Json.flag(json, "valid", true)),
                Json.flag(json, "ephemeral", false),
                Json.labels(json, "metadata"),
                Json.text(json, "instanceId", ""),
                Json.extras(json, EXTRAS));
    }

    /** The value of the service's instance-list datum, with every field that 1.4 writes. */
    public static String encode(Collection<InstanceRecord> instances) {
        ObjectNode json = Json.newObject();
        ArrayNode list = json.putArray(LIST);
        instances.forEach(instance -> list.add(instance(instance)));
        return json.toString();
    }

    private static ObjectNode instance(InstanceRecord record) {
        ObjectNode json = Json.newObject();
        json.put("instanceId", record.instanceId());
        json.put("ip", record.key().ip());
        json.put("port", record.key().port());
        json.put("weight", record.weight());
        json.put("healthy", record.healthy());
        json.put("enabled", record.enabled());
        json.put("ephemeral", record.ephemeral());
        json.put("clusterName", record.key().cluster());
        json.put("serviceName", record.service().grouped());
        json.set("metadata", Json.labels(record.metadata(), record.extras()));
        ServiceJson.put(json, record.extras(), "lastBeat", "0");
        ServiceJson.put(json, record.extras(), "marked", "false");
        ServiceJson.put(json, record.extras(), "app", "\"DEFAULT\"");
        ServiceJson.put(json, record.extras(), "tenant");
        json.put("instanceHeartBeatInterval", preserved(record, "heart.beat.interval", 5_000));
        json.put("instanceHeartBeatTimeOut", preserved(record, "heart.beat.timeout", 15_000));
        json.put("ipDeleteTimeout", preserved(record, "ip.delete.timeout", 30_000));
        return json;
    }

    /** A time in ms that 1.x derives from a label of the instance. */
    private static long preserved(InstanceRecord record, String label, long missing) {
        String text = record.metadata().getOrDefault("preserved." + label, "");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : missing;
    }
}
