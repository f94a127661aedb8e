package dev.catamaran.registry.v2;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code WriteRequest.data} of the three naming groups (spec: jraft-groups 3.2 to 3.4). Which
 * payload belongs to which operation stands at each method; the operation itself is a field of the
 * request, not of the payload.
 */
public final class GroupPayloads {

    public static final String INSTANCES = "naming_persistent_service_v2";
    public static final String SERVICE_METADATA = "naming_service_metadata";
    public static final String INSTANCE_METADATA = "naming_instance_metadata";

    /**
     * Labels under which real servers keep an instance's id, weight and state; an instance that
     * carries one is read without it (spec: jraft-groups 3.2).
     */
    public static final List<String> RESERVED_LABELS = InstanceMapping.RESERVED_LABELS;

    public static final String ADD = "ADD";
    public static final String CHANGE = "CHANGE";
    public static final String DELETE = "DELETE";

    /** Longest payload taken. */
    public static final int MAX_BYTES = Hessian.Limits.PAYLOAD.maxBytes();

    private GroupPayloads() {}

    /**
     * The operation of {@value #INSTANCES} that replaces an instance and brings back none that was
     * removed meanwhile; before there was one, {@value #ADD} had to do.
     */
    public static String replacing(ServerVersion version) {
        return version.has(ServerVersion.Feature.CHANGE_INSTANCE) ? CHANGE : ADD;
    }

    /**
     * {@value #INSTANCES}, {@value #ADD} and {@value #CHANGE}: registers or replaces.
     *
     * @param updatedAtMs wall clock of the writer; real nodes judge the age of empty services by it
     */
    public static byte[] encodeInstance(InstanceRecord record, long updatedAtMs) {
        return Hessian.write(
                new WireObject(WireType.STORE_REQUEST)
                        .set("clientId", InstanceMapping.clientId(record.key()))
                        .set(
                                "service",
                                InstanceMapping.service(record.service(), false, updatedAtMs))
                        .set("instance", InstanceMapping.instance(record)));
    }

    /** Reads {@link #encodeInstance}'s form; the cluster of a record with none is the default. */
    public static Decoded<InstanceRecord> decodeInstance(byte[] data) {
        return Decoded.of(
                () -> {
                    WireObject request =
                            Hessian.read(data, Hessian.Limits.PAYLOAD, WireType.STORE_REQUEST);
                    InstanceAddress address = address(request);
                    InstanceRecord record =
                            InstanceMapping.instance(
                                    address.service(),
                                    request.object("instance", WireType.INSTANCE));
                    if (!record.key().ip().equals(address.ip())
                            || record.key().port() != address.port()) {
                        throw new DecodeException("names another address", "clientId");
                    }
                    return record;
                });
    }

    /** {@value #INSTANCES}, {@value #DELETE}: deregisters. */
    public static byte[] encodeInstanceRemoval(InstanceRecord record, long updatedAtMs) {
        return encodeInstance(record, updatedAtMs);
    }

    /** Reads {@link #encodeInstanceRemoval}'s form, of which only service and address count. */
    public static Decoded<InstanceAddress> decodeInstanceRemoval(byte[] data) {
        return Decoded.of(
                () -> address(Hessian.read(data, Hessian.Limits.PAYLOAD, WireType.STORE_REQUEST)));
    }

    private static InstanceAddress address(WireObject request) {
        ServiceKey service = InstanceMapping.service(request.object("service", WireType.SERVICE));
        return InstanceMapping.address(service, request.text("clientId"));
    }

    /**
     * {@value #SERVICE_METADATA}, {@value #CHANGE}: creates the service, with these clusters, or
     * updates it; a real node then keeps the clusters it has and ignores these.
     */
    public static byte[] encodeService(ServiceRecord record, Collection<ClusterRecord> clusters) {
        return encodeService(record, clusters, ServerVersion.NEWEST);
    }

    /** As above, in the form of a version. */
    public static byte[] encodeService(
            ServiceRecord record, Collection<ClusterRecord> clusters, ServerVersion version) {
        return operation(record.key(), null, MetadataMapping.service(record, clusters, version));
    }

    /**
     * {@value #SERVICE_METADATA}, {@value #ADD}: adds or replaces one cluster. If the service has
     * no metadata yet it gets that of {@code service}.
     */
    public static byte[] encodeCluster(ServiceRecord service, ClusterRecord cluster) {
        return encodeService(service, List.of(cluster));
    }

    /** Reads both forms: a service without instances, with the clusters that were sent. */
    public static Decoded<ServiceEntry> decodeService(byte[] data) {
        return Decoded.of(
                () -> {
                    WireObject operation =
                            Hessian.read(data, Hessian.Limits.PAYLOAD, WireType.OPERATION);
                    return MetadataMapping.service(
                            service(operation),
                            operation.object("metadata", WireType.SERVICE_METADATA));
                });
    }

    /** {@value #SERVICE_METADATA}, {@value #DELETE}. */
    public static byte[] encodeServiceRemoval(ServiceKey key) {
        return operation(key, null, null);
    }

    public static Decoded<ServiceKey> decodeServiceRemoval(byte[] data) {
        return Decoded.of(
                () -> service(Hessian.read(data, Hessian.Limits.PAYLOAD, WireType.OPERATION)));
    }

    /** {@value #INSTANCE_METADATA}, {@value #ADD} and {@value #CHANGE}: both put. */
    public static byte[] encodeOverride(OverrideRecord record) {
        return operation(
                record.key().service(),
                MetadataMapping.tag(record.key()),
                MetadataMapping.override(record));
    }

    public static Decoded<OverrideRecord> decodeOverride(byte[] data) {
        return tagged(
                data,
                (key, operation) ->
                        MetadataMapping.override(
                                key, operation.object("metadata", WireType.INSTANCE_METADATA)));
    }

    /** {@value #INSTANCE_METADATA}, {@value #DELETE}. */
    public static byte[] encodeOverrideRemoval(InstanceKey key) {
        return operation(key.service(), MetadataMapping.tag(key), null);
    }

    public static Decoded<InstanceKey> decodeOverrideRemoval(byte[] data) {
        return tagged(data, (key, operation) -> key);
    }

    private static <T> Decoded<T> tagged(
            byte[] data, BiFunction<InstanceKey, WireObject, T> reader) {
        return Decoded.of(
                () -> {
                    WireObject operation =
                            Hessian.read(data, Hessian.Limits.PAYLOAD, WireType.OPERATION);
                    InstanceKey key =
                            MetadataMapping.instance(service(operation), operation.text("tag"));
                    return reader.apply(key, operation);
                });
    }

    private static ServiceKey service(WireObject operation) {
        return InstanceMapping.serviceKey(
                operation.text("namespace"),
                operation.text("group"),
                operation.text("serviceName"));
    }

    private static byte[] operation(
            ServiceKey key, @Nullable String tag, @Nullable WireObject metadata) {
        return Hessian.write(
                new WireObject(WireType.OPERATION)
                        .set("namespace", key.namespace())
                        .set("group", key.group())
                        .set("serviceName", key.name())
                        .set("tag", tag)
                        .set("metadata", metadata));
    }
}
