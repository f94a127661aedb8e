package dev.catamaran.registry.records;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cluster-wide switches that real servers know, in the order in which 1.4 writes them, with
 * what they take when a switch is missing (spec: legacy-raft 8.6, jraft-groups 3.5).
 */
public enum SwitchField {
    MASTERS("masters", Kind.TREE, "null"),
    AD_WEIGHTS("adWeightMap", Kind.TREE, "{}"),
    DEFAULT_PUSH_CACHE_MILLIS("defaultPushCacheMillis", Kind.WHOLE, "10000"),
    CLIENT_BEAT_INTERVAL("clientBeatInterval", Kind.WHOLE, "5000"),
    DEFAULT_CACHE_MILLIS("defaultCacheMillis", Kind.WHOLE, "3000"),
    DISTRO_THRESHOLD("distroThreshold", Kind.NUMBER, "0.7"),
    HEALTH_CHECK_ENABLED("healthCheckEnabled", Kind.FLAG, "true"),
    AUTO_CHANGE_HEALTH_CHECK_ENABLED("autoChangeHealthCheckEnabled", Kind.FLAG, "true"),
    DISTRO_ENABLED("distroEnabled", Kind.FLAG, "true"),
    ENABLE_STANDALONE("enableStandalone", Kind.FLAG, "true"),
    PUSH_ENABLED("pushEnabled", Kind.FLAG, "true"),
    CHECK_TIMES("checkTimes", Kind.WHOLE, "3"),
    HTTP_HEALTH_PARAMS("httpHealthParams", Kind.TREE, "{\"max\":5000,\"min\":500,\"factor\":0.85}"),
    TCP_HEALTH_PARAMS("tcpHealthParams", Kind.TREE, "{\"max\":5000,\"min\":1000,\"factor\":0.75}"),
    MYSQL_HEALTH_PARAMS(
            "mysqlHealthParams", Kind.TREE, "{\"max\":3000,\"min\":2000,\"factor\":0.65}"),
    INCREMENTAL_LIST("incrementalList", Kind.TREE, "[]"),
    SERVER_STATUS_PERIOD_MILLIS("serverStatusSynchronizationPeriodMillis", Kind.WHOLE, "2000"),
    SERVICE_STATUS_PERIOD_MILLIS("serviceStatusSynchronizationPeriodMillis", Kind.WHOLE, "5000"),
    DISABLE_ADD_IP("disableAddIP", Kind.FLAG, "false"),
    SEND_BEAT_ONLY("sendBeatOnly", Kind.FLAG, "false"),
    LIGHT_BEAT_ENABLED("lightBeatEnabled", Kind.FLAG, "true"),
    /** Of 2.0 and 2.1 only: the way into 2.x and, when false, the end of the way back. */
    DOUBLE_WRITE_ENABLED("doubleWriteEnabled", Kind.FLAG, "true"),
    LIMITED_URLS("limitedUrlMap", Kind.TREE, "{}"),
    DISTRO_SERVER_EXPIRED_MILLIS("distroServerExpiredMillis", Kind.WHOLE, "10000"),
    PUSH_GO_VERSION("pushGoVersion", Kind.TEXT, "0.1.0"),
    PUSH_JAVA_VERSION("pushJavaVersion", Kind.TEXT, "0.1.0"),
    PUSH_PYTHON_VERSION("pushPythonVersion", Kind.TEXT, "0.4.3"),
    PUSH_C_VERSION("pushCVersion", Kind.TEXT, "1.0.12"),
    PUSH_CSHARP_VERSION("pushCSharpVersion", Kind.TEXT, "0.9.0"),
    ENABLE_AUTHENTICATION("enableAuthentication", Kind.FLAG, "false"),
    OVERRIDDEN_SERVER_STATUS("overriddenServerStatus", Kind.TEXT, ""),
    DEFAULT_INSTANCE_EPHEMERAL("defaultInstanceEphemeral", Kind.FLAG, "true"),
    HEALTH_CHECK_WHITE_LIST("healthCheckWhiteList", Kind.TREE, "[]"),
    NAME("name", Kind.TEXT, "00-00---000-NACOS_SWITCH_DOMAIN-000---00-00"),
    CHECKSUM("checksum", Kind.TEXT, "");

    /** What a switch holds. */
    public enum Kind {
        /** {@code true} or {@code false}. */
        FLAG,
        /** A whole number; times are in milliseconds. */
        WHOLE,
        /** A finite number. */
        NUMBER,
        /** Text. */
        TEXT,
        /** A JSON object or array, which this product hands on and does not read. */
        TREE
    }

    private static final Map<String, SwitchField> BY_NAME =
            Collections.unmodifiableMap(
                    Arrays.stream(values())
                            .collect(Collectors.toMap(SwitchField::jsonName, Function.identity())));

    private final String jsonName;
    private final Kind kind;
    private final String missing;

    SwitchField(String jsonName, Kind kind, String missing) {
        this.jsonName = jsonName;
        this.kind = kind;
        this.missing = missing;
    }

    /** The field's name in JSON. */
    public String jsonName() {
        return jsonName;
    }

    public Kind kind() {
        return kind;
    }

    /** What holds when it is missing: plain text, or JSON for a {@link Kind#TREE}. */
    public String missing() {
        return missing;
    }

    /** The switch of that name in JSON; empty if no version checked has it. */
    public static Optional<SwitchField> named(String jsonName) {
        return Optional.ofNullable(BY_NAME.get(jsonName));
    }
}
