package dev.catamaran.tool.live;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.tool.live.FakeNacos.Answer;
import dev.catamaran.tool.live.FakeNacos.Kind;
import dev.catamaran.tool.records.RecordSet;
import dev.catamaran.tool.records.RecordWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a {@link FakeNacos} answers to readers. */
final class FakePages {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeNacos server;

    FakePages(FakeNacos server) {
        this.server = server;
    }

    Answer answer(String path, Map<String, String> params) {
        boolean console = server.kind == Kind.V1_CATALOG || server.kind == Kind.V2;
        boolean v1 = server.kind != Kind.V3;
        boolean v3 = server.kind == Kind.V3;
        if (path.equals("/v1/console/server/state") && console) {
            return Answer.ok(
                    server.kind == Kind.V2
                            ? "{\"version\":\"2.4.1\"}"
                            : "{\"function_mode\":null,\"standalone_mode\":\"cluster\","
                                    + "\"version\":\"1.4.2\"}");
        }
        if (path.equals("/v1/core/cluster/self") && console) {
            return self(200, server.kind == Kind.V2 ? "2.4.1" : "1.4.2");
        }
        if (path.equals("/v3/admin/core/state") && v3) {
            // without its console it shows no version there
            return data(JSON.createObjectNode());
        }
        if (path.equals("/v3/admin/core/cluster/node/self") && v3) {
            return self(0, "3.1.0");
        }
        if (path.equals("/v1/ns/raft/state")) {
            return server.kind == Kind.V1_RAFT
                    ? Answer.ok("{\"services\":1,\"peers\":[{\"ip\":\"127.0.0.1:8848\"}]}")
                    : server.kind == Kind.V1_CATALOG
                            ? new Answer(500, "caused: old raft protocol already stop;")
                            : new Answer(
                                    501,
                                    "{\"status\":501,\"error\":\"Not Implemented\",\"message\":"
                                            + "\"no such api:GET:/nacos/v1/ns/raft/state\"}");
        }
        if (v3) {
            return admin(path, params);
        }
        return switch (path) {
            case "/v1/ns/service/names" ->
                    !server.listsNamespaces ? notFound() : v1 ? names() : gone();
            case "/v1/console/namespaces" ->
                    console && server.listsNamespaces ? namespaces() : notFound();
            case "/v1/ns/catalog/services" -> services(params);
            case "/v1/ns/catalog/service" -> service(params);
            case "/v1/ns/catalog/instances" -> instances(params);
            case "/v1/ns/raft/datum" -> datums(params);
            case "/v1/ns/operator/metrics" -> Answer.ok("{\"status\":\"UP\"}");
            default -> notFound();
        };
    }

    private Answer admin(String path, Map<String, String> params) {
        return switch (path) {
            case "/v3/admin/core/namespace/list" -> {
                ArrayNode list = JSON.createArrayNode();
                server.namespaces.forEach(id -> list.addObject().put("namespace", id));
                yield data(list);
            }
            case "/v3/admin/ns/service/list" -> {
                ObjectNode page = JSON.createObjectNode();
                page.put("totalCount", keys(params).size());
                ArrayNode items = page.putArray("pageItems");
                page(keys(params), params)
                        .forEach(
                                key ->
                                        items.addObject()
                                                .put("name", key.name())
                                                .put("groupName", key.group()));
                yield data(page);
            }
            case "/v3/admin/ns/service" -> {
                Optional<ServiceEntry> entry = shown().entry(key(params));
                yield entry.isEmpty() ? missing() : data(detail(entry.get()));
            }
            case "/v3/admin/ns/instance/list" -> {
                String asked = params.getOrDefault("clusterName", "");
                String cluster = asked.isEmpty() ? "DEFAULT" : asked;
                ArrayNode list = JSON.createArrayNode();
                shown().entry(key(params)).stream()
                        .flatMap(entry -> entry.instances().values().stream())
                        .filter(instance -> instance.key().cluster().equals(cluster))
                        .forEach(instance -> list.add(instance(instance)));
                yield data(list);
            }
            default -> gone();
        };
    }

    private ObjectNode detail(ServiceEntry entry) {
        ObjectNode node = JSON.createObjectNode();
        node.put("namespaceId", entry.key().namespace());
        node.put("serviceName", entry.key().name());
        node.put("protectThreshold", entry.service().protectThreshold());
        node.set("metadata", labels(entry.service().metadata()));
        node.set("selector", RecordWriter.selector(entry.service().selector()));
        ObjectNode map = node.putObject("clusterMap");
        clusters(entry)
                .forEach(
                        (name, cluster) -> {
                            ObjectNode one = map.putObject(name);
                            one.put("clusterName", name);
                            one.set("healthChecker", RecordWriter.checker(cluster.checker()));
                            one.put("healthyCheckPort", cluster.checkPort());
                            one.put("useInstancePortForCheck", cluster.useInstancePort());
                            one.set("metadata", labels(cluster.metadata()));
                        });
        return node;
    }

    private static Answer self(int code, String version) {
        ObjectNode node = JSON.createObjectNode().put("code", code);
        ObjectNode self = node.putObject("data");
        self.put("ip", "127.0.0.1").put("port", 8848).put("state", "UP");
        self.putObject("extendInfo").put("version", version);
        return Answer.ok(node.toString());
    }

    static Answer data(tools.jackson.databind.JsonNode data) {
        ObjectNode node = JSON.createObjectNode();
        node.put("code", 0);
        node.put("message", "success");
        node.set("data", data);
        return Answer.ok(node.toString());
    }

    /** How v2 and v3 say no. */
    static Answer failure(int code, String message, String data) {
        ObjectNode node = JSON.createObjectNode();
        node.put("code", code).put("message", message).put("data", data);
        return new Answer(400, node.toString());
    }

    private static Answer missing() {
        return failure(21008, "service not exist", "service not found");
    }

    private static Answer gone() {
        return new Answer(
                410,
                "{\"status\":410,\"error\":\"Gone\",\"message\":\"Current API will be"
                        + " deprecated\"}");
    }

    private static Answer notFound() {
        return new Answer(404, "{\"status\":404,\"error\":\"Not Found\"}");
    }

    /** With overrides laid over, as 2.x and 3.x show it. */
    private RegistryTable shown() {
        return new RecordSet(server.table, server.overrides).effective();
    }

    private Answer names() {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode services = node.putObject("services");
        for (ServiceKey key : shown().entries().keySet()) {
            // 1.x strips the group, so this list is good for namespaces only
            services.withArray(key.namespace())
                    .add(server.kind == Kind.V2 ? key.grouped() : key.name());
        }
        return Answer.ok(node.put("count", services.size()).toString());
    }

    private Answer namespaces() {
        ObjectNode node = JSON.createObjectNode().put("code", 200);
        ArrayNode list = node.putArray("data");
        for (String id : server.namespaces) {
            list.addObject()
                    .put("namespace", id.equals("public") ? "" : id)
                    .put("namespaceShowName", id);
        }
        return Answer.ok(node.toString());
    }

    private List<ServiceKey> keys(Map<String, String> params) {
        return shown().entries().keySet().stream()
                .filter(key -> key.namespace().equals(params.get("namespaceId")))
                .toList();
    }

    private static <T> Stream<T> page(List<T> all, Map<String, String> params) {
        int page = Integer.parseInt(params.get("pageNo"));
        int size = Integer.parseInt(params.get("pageSize"));
        return all.stream().skip((page - 1L) * size).limit(size);
    }

    private Answer services(Map<String, String> params) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode list = node.putArray("serviceList");
        page(keys(params), params)
                .forEach(
                        key ->
                                list.addObject()
                                        .put("name", key.name())
                                        .put("groupName", key.group()));
        return Answer.ok(node.put("count", keys(params).size()).toString());
    }

    static ServiceKey key(Map<String, String> params) {
        return ServiceKey.of(
                params.getOrDefault("namespaceId", ""),
                params.getOrDefault("groupName", ""),
                params.get("serviceName"));
    }

    private Answer service(Map<String, String> params) {
        Optional<ServiceEntry> entry = shown().entry(key(params));
        if (entry.isEmpty()) {
            return new Answer(500, "caused: service " + key(params).grouped() + " is not found!;");
        }
        ObjectNode node = JSON.createObjectNode();
        ServiceRecord service = entry.get().service();
        ObjectNode inner = node.putObject("service");
        inner.put("name", service.key().name());
        inner.put("groupName", service.key().group());
        inner.put("protectThreshold", service.protectThreshold());
        inner.set("metadata", labels(service.metadata()));
        inner.set("selector", RecordWriter.selector(service.selector()));
        ArrayNode list = node.putArray("clusters");
        clusters(entry.get())
                .forEach(
                        (name, cluster) -> {
                            ObjectNode one = list.addObject();
                            one.put("name", name);
                            one.set("healthChecker", RecordWriter.checker(cluster.checker()));
                            one.put("defaultPort", 80);
                            one.put("useIPPort4Check", cluster.useInstancePort());
                            one.set("metadata", labels(cluster.metadata()));
                            if (server.kind == Kind.V2) {
                                one.put("defaultCheckPort", cluster.checkPort());
                            } else {
                                one.put("defaultCheckPort", 80);
                                one.put("defCkport", cluster.checkPort());
                            }
                        });
        return Answer.ok(node.toString());
    }

    /** 1.x shows what it has configured; 2.x and 3.x what has instances. */
    private SortedMap<String, ClusterRecord> clusters(ServiceEntry entry) {
        SortedMap<String, ClusterRecord> clusters = new TreeMap<>();
        if (server.kind == Kind.V1_CATALOG || server.kind == Kind.V1_RAFT) {
            clusters.putAll(entry.clusters());
        }
        for (InstanceRecord instance : entry.instances().values()) {
            String name = instance.key().cluster();
            clusters.put(
                    name,
                    entry.clusters()
                            .getOrDefault(
                                    name,
                                    ClusterRecord.ofDefaults(new ClusterKey(entry.key(), name))));
        }
        return clusters;
    }

    private Answer instances(Map<String, String> params) {
        ServiceEntry entry = shown().entry(key(params)).orElseThrow();
        String cluster = params.get("clusterName");
        if (!clusters(entry).containsKey(cluster)) {
            return server.kind == Kind.V1_RAFT
                    ? new Answer(404, "cluster " + cluster + " is not found!")
                    : new Answer(500, "caused: cluster " + cluster + " is not found!;");
        }
        List<InstanceRecord> all =
                entry.instances().values().stream()
                        .filter(instance -> instance.key().cluster().equals(cluster))
                        .toList();
        ObjectNode node = JSON.createObjectNode();
        ArrayNode list = node.putArray("list");
        page(all, params).forEach(instance -> list.add(instance(instance)));
        return Answer.ok(node.put("count", all.size()).toString());
    }

    private ObjectNode instance(InstanceRecord instance) {
        ObjectNode node = JSON.createObjectNode();
        if (server.kind != Kind.V3) {
            node.put("instanceId", instance.instanceId());
        }
        node.put("ip", instance.key().ip());
        node.put("port", instance.key().port());
        node.put("weight", instance.weight());
        node.put("healthy", false);
        node.put("enabled", instance.enabled());
        node.put("ephemeral", instance.ephemeral());
        node.put("clusterName", instance.key().cluster());
        node.put("serviceName", instance.service().grouped());
        node.set("metadata", labels(instance.metadata()));
        return node;
    }

    static ObjectNode labels(Map<String, String> labels) {
        ObjectNode node = JSON.createObjectNode();
        labels.forEach(node::put);
        return node;
    }

    private Answer datums(Map<String, String> params) {
        if (server.kind != Kind.V1_RAFT) {
            return new Answer(500, "caused: old raft protocol already stop;");
        }
        ArrayNode list = JSON.createArrayNode();
        String keys = URLDecoder.decode(params.get("keys"), StandardCharsets.UTF_8);
        for (String text : keys.split(",", -1)) {
            LegacyKey key;
            try {
                key = LegacyKey.parse(text).orThrow();
            } catch (DecodeException e) {
                list.addNull();
                continue;
            }
            Optional<String> value =
                    key instanceof LegacyKey.Service service
                            ? server.table.entry(service.key()).map(ServiceJson::encode)
                            : server.table
                                    .entry(((LegacyKey.Instances) key).key())
                                    .map(entry -> InstancesJson.encode(entry.instances().values()));
            if (value.isEmpty()) {
                list.addNull();
            } else {
                list.add(JSON.readTree(new LegacyDatum(text, 1, value.get()).encode()));
            }
        }
        return Answer.ok(list.toString());
    }
}
