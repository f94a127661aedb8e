package dev.catamaran.tool.live;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads a 1.x server by its raft: whole records, as its files should hold them, with the fields
 * that the catalog leaves out (spec: legacy-raft 1.1). What was not written through the raft is not
 * persistent and not read.
 */
final class DatumReader implements RegistryReader {

    private final LiveServer server;
    private final RegistryReader catalog;

    /**
     * @param catalog says which services there are
     */
    DatumReader(LiveServer server, RegistryReader catalog) {
        this.server = server;
        this.catalog = catalog;
    }

    /** Whether the server still runs this raft; 1.4 stops it after its own switch. */
    static boolean isServedBy(LiveServer server) throws IOException {
        ServerReply reply = server.once(ServerCall.of("GET", "/v1/ns/raft/state"));
        return reply.isOk() && reply.anyJson().path("peers").isArray();
    }

    @Override
    public Collection<ServiceKey> services() throws IOException {
        return catalog.services();
    }

    @Override
    public Optional<ServiceEntry> read(ServiceKey key) throws IOException {
        String keys = new LegacyKey.Service(key).text() + "," + new LegacyKey.Instances(key).text();
        JsonNode data =
                server.call(
                                ServerCall.of("GET", "/v1/ns/raft/datum")
                                        // decoded once more than usual (legacy-raft 1.4)
                                        .with(
                                                "keys",
                                                URLEncoder.encode(keys, StandardCharsets.UTF_8)))
                        .json();
        Optional<LegacyDatum> service = datum(key, data.path(0));
        Optional<LegacyDatum> instances = datum(key, data.path(1));
        if (service.isEmpty() && instances.isEmpty()) {
            return Optional.empty();
        }
        try {
            ServiceEntry entry =
                    service.isPresent()
                            ? ServiceJson.decode(key, service.get().value()).orThrow()
                            : ServiceEntry.of(ServiceRecord.ofDefaults(key));
            SortedMap<InstanceKey, InstanceRecord> list =
                    instances.isPresent()
                            ? InstancesJson.decode(key, instances.get().value()).orThrow()
                            : new TreeMap<>();
            return EntryForm.persistent(entry, list);
        } catch (DecodeException e) {
            throw new IOException("the record of " + key + " is not understood: " + e.refusal(), e);
        }
    }

    private static Optional<LegacyDatum> datum(ServiceKey key, JsonNode node) throws IOException {
        if (!node.isObject()) {
            return Optional.empty();
        }
        try {
            LegacyDatum datum = LegacyDatum.decode(node.toString()).orThrow();
            return datum.value().isEmpty() ? Optional.empty() : Optional.of(datum);
        } catch (DecodeException e) {
            throw new IOException("the record of " + key + " is not understood: " + e.refusal(), e);
        }
    }
}
