package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.tool.records.RecordWriter;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes single records to a server. Each write may be made twice. One that returns was
 * acknowledged by the server; one that throws may have been executed or not.
 */
public final class RegistryWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What one call created is known to the whole cluster a moment later, and until then other
     * members answer that it is not there.
     */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(8);

    private final LiveServer server;
    private final ServerKind kind;
    private final Interface by;

    RegistryWriter(LiveServer server, ServerKind kind, Interface by) {
        this.server = requireNonNull(server, "server is null");
        this.kind = requireNonNull(kind, "kind is null");
        this.by = requireNonNull(by, "by is null");
    }

    /**
     * Creates or replaces a service; its clusters and instances stay.
     *
     * @param exists whether the server is believed to have it; if that is wrong it is written all
     *     the same
     */
    public void put(ServiceRecord record, boolean exists) throws IOException {
        ServerReply reply = server.call(service(exists ? "PUT" : "POST", record));
        if (!isDone(reply) && (isThere(reply) || isNotThere(reply))) {
            reply = server.call(service(exists ? "POST" : "PUT", record));
        }
        demandDone(reply, record.key().text());
    }

    private ServerCall service(String method, ServiceRecord record) {
        ServerCall call =
                named(ServerCall.of(method, by.service()), record.key())
                        .with("protectThreshold", Float.toString(record.protectThreshold()))
                        .with("metadata", json(record.metadata()))
                        .with("selector", RecordWriter.selector(record.selector()).toString());
        return by.namesGrouped()
                ? call
                : call.with("ephemeral", Boolean.toString(record.ephemeral()));
    }

    /** Removes a service, which must have no instances. */
    public void remove(ServiceKey key) throws IOException {
        ServerReply reply =
                patiently(
                        () -> server.call(named(ServerCall.of("DELETE", by.service()), key)),
                        RegistryWriter::hasInstances);
        if (!isNotThere(reply)) {
            demandDone(reply, key.text());
        }
    }

    /** Configures a cluster of a service that exists. */
    public void put(ClusterRecord record) throws IOException {
        ServerReply reply =
                onceKnown(
                        () ->
                                server.call(
                                        named(ServerCall.of("PUT", by.cluster()), record.service())
                                                .with("clusterName", record.key().name())
                                                .with(
                                                        "checkPort",
                                                        Integer.toString(record.checkPort()))
                                                .with(
                                                        "useInstancePort4Check",
                                                        Boolean.toString(record.useInstancePort()))
                                                .with(
                                                        "healthChecker",
                                                        RecordWriter.checker(record.checker())
                                                                .toString())
                                                .with("metadata", json(record.metadata()))));
        demandDone(reply, record.key().toString());
    }

    /** Registers a persistent instance, or registers it anew with other fields. */
    public void put(InstanceRecord record) throws IOException {
        ServerReply reply =
                server.call(
                        fields(
                                ServerCall.of("POST", by.instance()),
                                record.key(),
                                record.weight(),
                                record.enabled(),
                                record.metadata()));
        demandDone(reply, record.key().toString());
    }

    /**
     * Lays an operator's weight, state and metadata over an instance. On servers that keep no
     * overrides it is the same as registering it so.
     */
    public void put(OverrideRecord record) throws IOException {
        String method = kind.keepsOverrides() ? "PUT" : "POST";
        ServerReply reply =
                onceKnown(
                        () ->
                                server.call(
                                        fields(
                                                ServerCall.of(method, by.instance()),
                                                record.key(),
                                                record.weight(),
                                                record.enabled(),
                                                record.metadata())));
        demandDone(reply, record.key().toString());
    }

    /** Deregisters a persistent instance; the service stays. */
    public void remove(InstanceKey key) throws IOException {
        ServerReply reply =
                server.call(
                        named(ServerCall.of("DELETE", by.instance()), key.service()).instance(key));
        if (!isNotThere(reply)) {
            demandDone(reply, key.toString());
        }
    }

    private ServerCall fields(
            ServerCall call,
            InstanceKey key,
            double weight,
            boolean enabled,
            Map<String, String> metadata) {
        return named(call, key.service())
                .instance(key)
                .with("weight", Double.toString(weight))
                .with("enabled", Boolean.toString(enabled))
                .with("healthy", "true")
                .with("metadata", json(metadata));
    }

    private ServerCall named(ServerCall call, ServiceKey key) {
        // clusters have no v2 path, and v1 wants the grouped name
        return by.namesGrouped() || call.toString().contains(" /v1/")
                ? call.grouped(key)
                : call.apart(key);
    }

    private static String json(Map<String, String> labels) {
        return JSON.writeValueAsString(labels);
    }

    private interface Attempt {
        ServerReply run() throws IOException;
    }

    private ServerReply onceKnown(Attempt attempt) throws IOException {
        return patiently(attempt, RegistryWriter::isNotThere);
    }

    private ServerReply patiently(
            Attempt attempt, dev.failsafe.function.CheckedPredicate<ServerReply> again)
            throws IOException {
        RetryPolicy<ServerReply> policy =
                RetryPolicy.<ServerReply>builder()
                        .abortOn(IOException.class)
                        .handleResultIf(again)
                        .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(1))
                        .withMaxAttempts(-1)
                        .withMaxDuration(UNTIL_KNOWN)
                        .build();
        try {
            return Failsafe.with(policy).get(attempt::run);
        } catch (dev.failsafe.FailsafeException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw e;
        }
    }

    private static boolean isDone(ServerReply reply) {
        return reply.isOk()
                && (reply.text().strip().equals("ok")
                        || reply.anyJson().path("code").asInt(-1) == 0);
    }

    private static void demandDone(ServerReply reply, String key) throws IOException {
        if (!isDone(reply)) {
            throw new IOException(
                    key
                            + " was not written: "
                            + reply.call()
                            + " answered "
                            + reply.status()
                            + ": "
                            + reply.shown());
        }
    }

    /** Spec: jraft-groups 8.1 for the codes, legacy-raft 8.4 for the texts. */
    private static boolean isThere(ServerReply reply) {
        return reply.anyJson().path("code").asInt(0) == 21007
                || (reply.status() >= 400 && reply.text().contains("already exists"));
    }

    private static boolean isNotThere(ServerReply reply) {
        int code = reply.anyJson().path("code").asInt(0);
        return code == 21008
                || code == 20004
                || code == 21003
                || (reply.status() >= 400
                        && (reply.text().contains("not found")
                                || reply.text().contains("not exist")));
    }

    private static boolean hasInstances(ServerReply reply) {
        return reply.anyJson().path("code").asInt(0) == 21009
                || (reply.status() >= 400
                        && (reply.text().contains("has instances")
                                || reply.text().contains("not empty")));
    }
}
