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

/** Reads 3.x by its administrators' interface (spec: jraft-groups 8.5). */
final class AdminReader implements RegistryReader {

    /** The most a 3.x server gives at once. */
    private static final int PAGE = 500;

    private final LiveServer server;
    private final Set<String> alsoNamespaces;

    AdminReader(LiveServer server, Set<String> alsoNamespaces) {
        this.server = server;
        this.alsoNamespaces = Set.copyOf(alsoNamespaces);
    }

    @Override
    public Collection<ServiceKey> services() throws IOException {
        SortedSet<String> namespaces = new TreeSet<>(alsoNamespaces);
        namespaces.add(ServiceKey.DEFAULT_NAMESPACE);
        new Namespaces(server, true).listed().ifPresent(all -> namespaces.addAll(all));
        SortedSet<ServiceKey> keys = new TreeSet<>();
        for (String namespace : namespaces) {
            addServices(namespace, keys);
        }
        return keys;
    }

    private void addServices(String namespace, SortedSet<ServiceKey> keys) throws IOException {
        int listed = 0;
        int count = 0;
        for (int page = 1; page == 1 || listed < count; page++) {
            JsonNode data =
                    server.call(
                                    ServerCall.of("GET", "/v3/admin/ns/service/list")
                                            .with("namespaceId", namespace)
                                            .with("groupNameParam", "")
                                            .with("serviceNameParam", "")
                                            .with("ignoreEmptyService", "false")
                                            .with("withInstances", "false")
                                            .with("pageNo", Integer.toString(page))
                                            .with("pageSize", Integer.toString(PAGE)))
                            .data();
            count = data.path("totalCount").asInt();
            JsonNode items = data.path("pageItems");
            for (JsonNode view : items) {
                keys.add(
                        ServiceKey.of(
                                namespace,
                                view.path("groupName").asString(""),
                                view.path("name").asString("")));
            }
            listed += items.size();
            if (items.isEmpty()) {
                return;
            }
        }
    }

    @Override
    public Optional<ServiceEntry> read(ServiceKey key) throws IOException {
        ServerReply reply = server.call(ServerCall.of("GET", "/v3/admin/ns/service").apart(key));
        if (isMissing(reply)) {
            return Optional.empty();
        }
        ServiceEntry service = EntryForm.ofV3(key, reply.data());
        List<JsonNode> instances = new ArrayList<>();
        // asked for no cluster, a real 3.1.0 lists DEFAULT alone
        for (String cluster : service.clusters().keySet()) {
            ServerReply list =
                    server.call(
                            ServerCall.of("GET", "/v3/admin/ns/instance/list")
                                    .apart(key)
                                    .with("clusterName", cluster)
                                    .with("healthyOnly", "false"));
            if (!isMissing(list)) {
                list.data().forEach(instances::add);
            }
        }
        return EntryForm.persistent(service, EntryForm.instances(key, instances));
    }

    /** 20004 and 21008 are the codes for what is not there (spec: jraft-groups 8.1). */
    private static boolean isMissing(ServerReply reply) {
        int code = reply.anyJson().path("code").asInt(0);
        return code == 20004 || code == 21008 || reply.text().contains("not found");
    }
}
