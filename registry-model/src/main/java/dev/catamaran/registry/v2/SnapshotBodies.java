package dev.catamaran.registry.v2;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What stands inside the snapshots of the three naming groups (spec: jraft-groups 4.3, 4.4). {@link
 * SnapshotArchive} makes files of these.
 */
public final class SnapshotBodies {

    /** Longest body taken. */
    public static final int MAX_BYTES = Hessian.Limits.SNAPSHOT.maxBytes();

    /** Fields of a client before 2.1.1. */
    private static final String[] WITHOUT_BATCH = {
        "clientId", "attributes", "namespaces", "groupNames", "serviceNames", "instancePublishInfos"
    };

    private SnapshotBodies() {}

    /** Body of {@code persistent_instance.zip}. */
    public static byte[] encodeInstances(Collection<InstanceRecord> instances) {
        return encodeInstances(instances, ServerVersion.NEWEST);
    }

    /** As above, in the form of a version. */
    public static byte[] encodeInstances(
            Collection<InstanceRecord> instances, ServerVersion version) {
        SortedMap<String, List<InstanceRecord>> byClient = new TreeMap<>();
        for (InstanceRecord instance : instances) {
            byClient.computeIfAbsent(
                            InstanceMapping.clientId(instance.key()), id -> new ArrayList<>())
                    .add(instance);
        }
        Map<String, Object> clients = new ConcurrentHashMap<>();
        byClient.forEach((id, published) -> clients.put(id, client(id, published, version)));
        return Hessian.write(clients);
    }

    @SuppressWarnings("JdkObsolete") // the type's name is part of the form
    private static WireObject client(
            String id, List<InstanceRecord> published, ServerVersion version) {
        LinkedList<Object> namespaces = new LinkedList<>();
        LinkedList<Object> groups = new LinkedList<>();
        LinkedList<Object> names = new LinkedList<>();
        LinkedList<Object> infos = new LinkedList<>();
        for (InstanceRecord instance : published) {
            namespaces.add(instance.service().namespace());
            groups.add(instance.service().group());
            names.add(instance.service().name());
            infos.add(InstanceMapping.publishInfo(instance));
        }
        HashMap<String, Object> attributes = new HashMap<>();
        if (version.has(ServerVersion.Feature.CLIENT_REVISION)) {
            attributes.put("revision", 0L);
        }
        WireObject client =
                version.has(ServerVersion.Feature.BATCH_DATA)
                        ? new WireObject(WireType.CLIENT)
                                .set("batchInstanceData", new WireObject(WireType.BATCH))
                        : new WireObject(WireType.CLIENT, WITHOUT_BATCH);
        return client.set("clientId", id)
                .set(
                        "attributes",
                        new WireObject(WireType.CLIENT_ATTRIBUTES)
                                .set("clientAttributes", attributes))
                .set("namespaces", namespaces)
                .set("groupNames", groups)
                .set("serviceNames", names)
                .set("instancePublishInfos", infos);
    }

    public static Decoded<List<InstanceRecord>> decodeInstances(byte[] body) {
        return Decoded.of(
                () -> {
                    List<InstanceRecord> instances = new ArrayList<>();
                    for (Map.Entry<?, ?> entry : map(body, "instances").entrySet()) {
                        if (!(entry.getValue() instanceof WireObject client
                                && client.type() == WireType.CLIENT)) {
                            throw new DecodeException("holds no client", "" + entry.getKey());
                        }
                        addPublished(client, instances);
                    }
                    return instances;
                });
    }

    private static void addPublished(WireObject client, List<InstanceRecord> instances) {
        List<?> namespaces = new ArrayList<>(client.elements("namespaces"));
        List<?> groups = new ArrayList<>(client.elements("groupNames"));
        List<?> names = new ArrayList<>(client.elements("serviceNames"));
        List<?> infos = new ArrayList<>(client.elements("instancePublishInfos"));
        int count = infos.size();
        if (namespaces.size() != count || groups.size() != count || names.size() != count) {
            throw client.notA("set of parallel lists", "instancePublishInfos");
        }
        String id = client.text("clientId");
        Set<ServiceKey> named = new HashSet<>();
        for (int i = 0; i < count; i++) {
            if (!(namespaces.get(i) instanceof String namespace
                    && groups.get(i) instanceof String group
                    && names.get(i) instanceof String name
                    && infos.get(i) instanceof WireObject info
                    && isPublishInfo(info))) {
                throw client.notA("list of instances of services", "instancePublishInfos");
            }
            ServiceKey service = InstanceMapping.serviceKey(namespace, group, name);
            InstanceRecord instance = InstanceMapping.publishInfo(service, info);
            if (!InstanceMapping.clientId(instance.key()).equals(id)) {
                throw client.notA("client with this address: " + instance.key(), "clientId");
            }
            if (!named.add(service)) {
                throw client.notA("client with one instance of " + service, "serviceNames");
            }
            instances.add(instance);
        }
    }

    private static boolean isPublishInfo(WireObject info) {
        return info.type() == WireType.CHECKED_PUBLISH_INFO || info.type() == WireType.PUBLISH_INFO;
    }

    /**
     * Body of {@code service_metadata.zip}.
     *
     * @param services their instances do not count
     */
    public static byte[] encodeServices(Collection<ServiceEntry> services, long updatedAtMs) {
        return encodeServices(services, updatedAtMs, ServerVersion.NEWEST);
    }

    /** As above, in the form of a version. */
    public static byte[] encodeServices(
            Collection<ServiceEntry> services, long updatedAtMs, ServerVersion version) {
        Map<Object, Object> metadata = new ConcurrentHashMap<>();
        for (ServiceEntry entry : services) {
            metadata.put(
                    InstanceMapping.service(entry.key(), entry.service().ephemeral(), updatedAtMs),
                    MetadataMapping.service(entry.service(), entry.clusters().values(), version));
        }
        return Hessian.write(metadata);
    }

    /** Services with their clusters, without instances. */
    public static Decoded<List<ServiceEntry>> decodeServices(byte[] body) {
        return Decoded.of(
                () -> {
                    List<ServiceEntry> services = new ArrayList<>();
                    for (Map.Entry<?, ?> entry : map(body, "services").entrySet()) {
                        ServiceKey key = service(entry.getKey());
                        if (!(entry.getValue() instanceof WireObject metadata
                                && metadata.type() == WireType.SERVICE_METADATA)) {
                            throw new DecodeException("has no metadata", key.text());
                        }
                        services.add(MetadataMapping.service(key, metadata));
                    }
                    return services;
                });
    }

    /** Body of {@code instance_metadata.zip}. */
    public static byte[] encodeOverrides(Collection<OverrideRecord> overrides, long updatedAtMs) {
        SortedMap<ServiceKey, Map<Object, Object>> byService = new TreeMap<>();
        for (OverrideRecord override : overrides) {
            byService
                    .computeIfAbsent(override.key().service(), key -> new ConcurrentHashMap<>())
                    .put(MetadataMapping.tag(override.key()), MetadataMapping.override(override));
        }
        Map<Object, Object> metadata = new ConcurrentHashMap<>();
        byService.forEach(
                (key, tagged) ->
                        metadata.put(InstanceMapping.service(key, false, updatedAtMs), tagged));
        return Hessian.write(metadata);
    }

    public static Decoded<List<OverrideRecord>> decodeOverrides(byte[] body) {
        return Decoded.of(
                () -> {
                    List<OverrideRecord> overrides = new ArrayList<>();
                    for (Map.Entry<?, ?> entry : map(body, "overrides").entrySet()) {
                        ServiceKey key = service(entry.getKey());
                        if (!(entry.getValue() instanceof Map<?, ?> tagged)) {
                            throw new DecodeException("has no map of overrides", key.text());
                        }
                        tagged.forEach((tag, metadata) -> overrides.add(one(key, tag, metadata)));
                    }
                    return overrides;
                });
    }

    private static OverrideRecord one(ServiceKey key, Object tag, Object metadata) {
        if (!(tag instanceof String text
                && metadata instanceof WireObject object
                && object.type() == WireType.INSTANCE_METADATA)) {
            throw new DecodeException("has something else than an override", key.text());
        }
        return MetadataMapping.override(MetadataMapping.instance(key, text), object);
    }

    private static Map<?, ?> map(byte[] body, String where) {
        Hessian.Limits limits = Hessian.Limits.SNAPSHOT.within(body.length);
        if (Hessian.read(body, limits, where) instanceof Map<?, ?> map) {
            return map;
        }
        throw new DecodeException("is no map", where);
    }

    private static ServiceKey service(Object key) {
        if (key instanceof WireObject service && service.type() == WireType.SERVICE) {
            return InstanceMapping.service(service);
        }
        throw new DecodeException("has a key that is no service", "metadata");
    }
}
