package dev.catamaran.registry.v2;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The object types that may stand in a 2.x payload, by the exact names real nodes use, with their
 * fields in the order real nodes write them (spec: jraft-groups 3 and 4.3). Nothing else is read or
 * written: the raft port of a real cluster is open to everybody.
 */
enum WireType {
    STORE_REQUEST(
            "com.alibaba.nacos.naming.core.v2.service.impl."
                    + "PersistentClientOperationServiceImpl$InstanceStoreRequest",
            "clientId",
            "service",
            "instance"),
    SERVICE(
            "com.alibaba.nacos.naming.core.v2.pojo.Service",
            "namespace",
            "group",
            "name",
            "ephemeral",
            "lastUpdatedTime",
            "revision"),
    INSTANCE(
            "com.alibaba.nacos.api.naming.pojo.Instance",
            "instanceId",
            "ip",
            "port",
            "weight",
            "healthy",
            "enabled",
            "ephemeral",
            "clusterName",
            "serviceName",
            "metadata"),
    OPERATION(
            "com.alibaba.nacos.naming.core.v2.metadata.MetadataOperation",
            "namespace",
            "group",
            "serviceName",
            "tag",
            "metadata"),
    SERVICE_METADATA(
            "com.alibaba.nacos.naming.core.v2.metadata.ServiceMetadata",
            "ephemeral",
            "protectThreshold",
            "selector",
            "extendData",
            "clusters"),
    CLUSTER_METADATA(
            "com.alibaba.nacos.naming.core.v2.metadata.ClusterMetadata",
            "healthyCheckPort",
            "healthyCheckType",
            "useInstancePortForCheck",
            "healthChecker",
            "extendData"),
    INSTANCE_METADATA(
            "com.alibaba.nacos.naming.core.v2.metadata.InstanceMetadata",
            "weight",
            "enabled",
            "extendData"),
    TCP("com.alibaba.nacos.api.naming.pojo.healthcheck.impl.Tcp", "type"),
    HTTP(
            "com.alibaba.nacos.api.naming.pojo.healthcheck.impl.Http",
            "path",
            "headers",
            "expectedResponseCode",
            "type"),
    MYSQL("com.alibaba.nacos.api.naming.pojo.healthcheck.impl.Mysql", "user", "pwd", "cmd", "type"),
    NONE_CHECKER(
            "com.alibaba.nacos.api.naming.pojo.healthcheck.AbstractHealthChecker$None", "type"),
    NONE_SELECTOR("com.alibaba.nacos.naming.selector.NoneSelector"),
    LABEL_SELECTOR("com.alibaba.nacos.naming.selector.LabelSelector", "expression", "labels"),
    CLIENT(
            "com.alibaba.nacos.naming.core.v2.client.ClientSyncData",
            "clientId",
            "attributes",
            "namespaces",
            "groupNames",
            "serviceNames",
            "instancePublishInfos",
            "batchInstanceData"),
    CLIENT_ATTRIBUTES(
            "com.alibaba.nacos.naming.core.v2.client.ClientAttributes", "clientAttributes"),
    CHECKED_PUBLISH_INFO(
            "com.alibaba.nacos.naming.core.v2.pojo.HealthCheckInstancePublishInfo",
            "lastHeartBeatTime",
            "ip",
            "port",
            "healthy",
            "cluster",
            "healthCheckStatus",
            "extendDatum"),
    PUBLISH_INFO(
            "com.alibaba.nacos.naming.core.v2.pojo.InstancePublishInfo",
            "ip",
            "port",
            "healthy",
            "cluster",
            "extendDatum"),
    CHECK_STATUS(
            "com.alibaba.nacos.naming.healthcheck.HealthCheckStatus",
            "checkRt",
            "isBeingChecked",
            "checkFailCount",
            "checkOkCount"),
    BATCH(
            "com.alibaba.nacos.naming.core.v2.pojo.BatchInstanceData",
            "namespaces",
            "groupNames",
            "serviceNames",
            "batchInstancePublishInfos"),
    ATOMIC_LONG("java.util.concurrent.atomic.AtomicLong", "value"),
    ATOMIC_INTEGER("java.util.concurrent.atomic.AtomicInteger", "value"),
    ATOMIC_BOOLEAN("java.util.concurrent.atomic.AtomicBoolean", "value");

    private static final Map<String, WireType> BY_NAME =
            Collections.unmodifiableMap(
                    Arrays.stream(values())
                            .collect(Collectors.toMap(WireType::wireName, Function.identity())));

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // shared by all objects of a payload
    private final String[] fields;

    WireType(String wireName, String... fields) {
        this.wireName = wireName;
        this.fields = fields;
    }

    String wireName() {
        return wireName;
    }

    /** Names of its fields in their order on the wire; not to be changed. */
    String[] fieldNames() {
        return fields;
    }

    static Optional<WireType> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }
}
