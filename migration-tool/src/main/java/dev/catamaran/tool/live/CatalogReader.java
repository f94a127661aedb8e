package dev.catamaran.tool.live;

import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Reads 1.x and 2.x by v1: the pages of their console (spec: legacy-raft 8.4, jraft-groups 8.2).
 */
final class CatalogReader implements RegistryReader {

    private static final int PAGE = 500;

    /** Lists that change while they are read are read again, but not for ever. */
    private static final int MAX_READINGS = 5;

    private final LiveServer server;
    private final Set<String> alsoNamespaces;

    /**
     * @param alsoNamespaces namespaces to read even if the server lists no service in them
     */
    CatalogReader(LiveServer server, Set<String> alsoNamespaces) {
        this.server = server;
        this.alsoNamespaces = Set.copyOf(alsoNamespaces);
    }

    @Override
    public Collection<ServiceKey> services() throws IOException {
        SortedSet<ServiceKey> keys = new TreeSet<>();
        for (String namespace : namespaces()) {
            keys.addAll(services(namespace));
        }
        return keys;
    }

    /** Those that have services, those that the console knows, and those that were asked for. */
    private SortedSet<String> namespaces() throws IOException {
        SortedSet<String> namespaces = new TreeSet<>(alsoNamespaces);
        namespaces.add(ServiceKey.DEFAULT_NAMESPACE);
        ServerReply names = server.call(ServerCall.of("GET", "/v1/ns/service/names"));
        if (names.isOk()) {
            names.json().path("services").properties().forEach(ns -> namespaces.add(ns.getKey()));
        }
        new Namespaces(server, false).listed().ifPresent(all -> namespaces.addAll(all));
        return namespaces;
    }

    private SortedSet<ServiceKey> services(String namespace) throws IOException {
        SortedSet<ServiceKey> found = new TreeSet<>();
        for (int reading = 0; reading < MAX_READINGS; reading++) {
            int listed = 0;
            int count = 0;
            for (int page = 1; page == 1 || listed < count; page++) {
                JsonNode json = page(namespace, page);
                count = json.path("count").asInt();
                JsonNode list = json.path("serviceList");
                for (JsonNode view : list) {
                    found.add(
                            ServiceKey.of(
                                    namespace,
                                    view.path("groupName").asString(""),
                                    view.path("name").asString("")));
                }
                listed += list.size();
                if (list.isEmpty()) {
                    break;
                }
            }
            if (found.size() >= count) {
                return found;
            }
        }
        throw new IOException(
                server.address()
                        + " counts more services in namespace "
                        + namespace
                        + " than its pages hold, "
                        + MAX_READINGS
                        + " times over. Try again when fewer services come and go");
    }

    private JsonNode page(String namespace, int page) throws IOException {
        return server.call(
                        ServerCall.of("GET", "/v1/ns/catalog/services")
                                .with("namespaceId", namespace)
                                .with("withInstances", "false")
                                .with("hasIpCount", "false")
                                .with("serviceNameParam", "")
                                .with("groupNameParam", "")
                                .with("pageNo", Integer.toString(page))
                                .with("pageSize", Integer.toString(PAGE)))
                .json();
    }

    @Override
    public Optional<ServiceEntry> read(ServiceKey key) throws IOException {
        ServerReply reply =
                server.call(ServerCall.of("GET", "/v1/ns/catalog/service").grouped(key));
        if (isMissing(reply)) {
            return Optional.empty();
        }
        JsonNode detail = reply.json();
        ServiceEntry service = EntryForm.ofCatalog(key, detail);
        List<JsonNode> instances = new ArrayList<>();
        for (String cluster : service.clusters().keySet()) {
            addInstances(key, cluster, instances);
        }
        return EntryForm.persistent(service, EntryForm.instances(key, instances));
    }

    private void addInstances(ServiceKey key, String cluster, List<JsonNode> instances)
            throws IOException {
        int listed = 0;
        int count = 0;
        for (int page = 1; page == 1 || listed < count; page++) {
            ServerReply reply =
                    server.call(
                            ServerCall.of("GET", "/v1/ns/catalog/instances")
                                    .grouped(key)
                                    .with("clusterName", cluster)
                                    .with("pageNo", Integer.toString(page))
                                    .with("pageSize", Integer.toString(PAGE)));
            if (isMissing(reply)) {
                return;
            }
            JsonNode json = reply.json();
            count = json.path("count").asInt();
            JsonNode list = json.path("list");
            list.forEach(instances::add);
            listed += list.size();
            if (list.isEmpty()) {
                return;
            }
        }
    }

    /** An unknown service or cluster: 404, or 500 in the packaged 1.4 (legacy-raft 1.5). */
    private static boolean isMissing(ServerReply reply) {
        return (reply.status() == 404 || reply.status() == 500 || reply.status() == 400)
                && reply.text().contains("not found");
    }
}
