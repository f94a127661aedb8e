package dev.catamaran.tool.live;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.ServiceJson;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers about a service, brought into the form of a 1.x datum and decoded by its codec: the
 * interfaces of all generations use the same names inside.
 */
final class EntryForm {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EntryForm() {}

    /** A service with its configured clusters from {@code {"service":…,"clusters":[…]}} of v1. */
    static ServiceEntry ofCatalog(ServiceKey key, JsonNode detail) throws IOException {
        ObjectNode service = copy(detail.path("service"));
        ObjectNode clusters = service.putObject("clusterMap");
        for (JsonNode cluster : detail.path("clusters")) {
            String name = cluster.path("name").asString(cluster.path("clusterName").asString(""));
            clusters.set(name, cluster);
        }
        return decode(key, service);
    }

    /** A service with its clusters from the data of {@code GET /v3/admin/ns/service}. */
    static ServiceEntry ofV3(ServiceKey key, JsonNode data) throws IOException {
        ObjectNode service = copy(data);
        ObjectNode clusters = service.putObject("clusterMap");
        data.path("clusterMap")
                .properties()
                .forEach(
                        named -> {
                            ObjectNode cluster = clusters.putObject(named.getKey());
                            JsonNode from = named.getValue();
                            cluster.set("healthChecker", from.path("healthChecker"));
                            cluster.set("metadata", from.path("metadata"));
                            cluster.set("defaultCheckPort", from.path("healthyCheckPort"));
                            cluster.set("useIPPort4Check", from.path("useInstancePortForCheck"));
                        });
        return decode(key, service);
    }

    private static ObjectNode copy(JsonNode node) {
        ObjectNode copy = JSON.createObjectNode();
        node.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        return copy;
    }

    private static ServiceEntry decode(ServiceKey key, ObjectNode service) throws IOException {
        try {
            return ServiceJson.decode(key, service.toString()).orThrow();
        } catch (DecodeException e) {
            throw new IOException(
                    "the answer about service " + key + " is not understood: " + e.refusal(), e);
        }
    }

    static SortedMap<InstanceKey, InstanceRecord> instances(
            ServiceKey key, Collection<JsonNode> answers) throws IOException {
        ArrayNode list = JSON.createArrayNode();
        answers.forEach(list::add);
        try {
            return InstancesJson.decode(key, list.toString()).orThrow();
        } catch (DecodeException e) {
            throw new IOException(
                    "the answer about instances of " + key + " is not understood: " + e.refusal(),
                    e);
        }
    }

    /**
     * The service with those of its instances that are persistent. Empty if it has only ephemeral
     * ones and nothing that anybody configured: its clients will bring it along themselves.
     */
    static Optional<ServiceEntry> persistent(
            ServiceEntry service, SortedMap<InstanceKey, InstanceRecord> instances) {
        SortedMap<InstanceKey, InstanceRecord> kept = new TreeMap<>();
        instances.forEach(
                (key, instance) -> {
                    if (!instance.ephemeral()) {
                        kept.put(key, instance);
                    }
                });
        boolean onlyEphemeral = kept.isEmpty() && !instances.isEmpty();
        ServiceEntry entry =
                new ServiceEntry(
                        onlyEphemeral ? ofEphemeral(service) : service.service(),
                        service.clusters(),
                        kept);
        return onlyEphemeral && isUntouched(entry) ? Optional.empty() : Optional.of(entry);
    }

    private static ServiceRecord ofEphemeral(ServiceEntry service) {
        ServiceRecord record = service.service();
        return new ServiceRecord(
                record.key(),
                record.protectThreshold(),
                record.metadata(),
                record.selector(),
                true,
                record.extras());
    }

    private static boolean isUntouched(ServiceEntry entry) {
        return entry.service().protectThreshold() == 0f
                && entry.service().metadata().isEmpty()
                && entry.service().selector() instanceof Selector.None
                && entry.clusters().values().stream().allMatch(VisibleRecords::isDefault);
    }
}
