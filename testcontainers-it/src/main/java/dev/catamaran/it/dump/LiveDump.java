package dev.catamaran.it.dump;

import dev.catamaran.it.server.NacosApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a running server for its whole registry. The catalog of the v1 API is the one place that
 * every version from 1.1 to 2.5 has and that shows disabled instances and clusters too; the v2 API,
 * which clients of 2.2 and later use, is asked separately.
 */
public final class LiveDump {

    /** One page holds more than these suites load; a full one is refused, not cut. */
    private static final int PAGE = 500;

    private final NacosApi api;
    private final List<String> groups;

    /** Asks for the services of these groups in the public namespace. */
    public LiveDump(NacosApi api, List<String> groups) {
        this.api = api;
        this.groups = List.copyOf(groups);
    }

    /**
     * Everything, by the v1 API.
     *
     * @throws IOException if an answer is missing or is an error
     */
    public RegistryDump read() throws IOException {
        DumpFields fields = new DumpFields();
        for (String group : groups) {
            JsonNode list =
                    ask(
                            "/v1/ns/service/list",
                            Map.of("pageNo", "1", "pageSize", "" + PAGE, "groupName", group));
            for (String name : names(list.path("doms"))) {
                service(fields, group, name);
            }
        }
        return fields.dump();
    }

    private void service(DumpFields fields, String group, String name) throws IOException {
        String service = group + "@@" + name;
        Map<String, String> asked = Map.of("serviceName", name, "groupName", group);
        fields.service(service, ask("/v1/ns/service", asked));
        Set<String> clusters = new LinkedHashSet<>(List.of("DEFAULT", "C2"));
        for (JsonNode cluster : ask("/v1/ns/catalog/service", asked).path("clusters")) {
            String called =
                    cluster.has("name")
                            ? cluster.path("name").asString("")
                            : cluster.path("clusterName").asString("");
            clusters.add(called);
            fields.cluster(service, called, cluster);
        }
        for (String cluster : clusters) {
            for (JsonNode instance : catalog(service, group, cluster)) {
                fields.instance(service, cluster, instance);
            }
        }
        seen(fields, service, ask("/v1/ns/instance/list", asked).path("hosts"));
    }

    private JsonNode catalog(String service, String group, String cluster) throws IOException {
        NacosApi.Reply reply =
                api.get(
                        "/v1/ns/catalog/instances",
                        Map.of(
                                "serviceName", service,
                                "groupName", group,
                                "clusterName", cluster,
                                "pageNo", "1",
                                "pageSize", "" + PAGE));
        if (!reply.isOk() && reply.text().contains("is not found")) {
            return JsonMapper.shared().createArrayNode();
        }
        JsonNode list = json("/v1/ns/catalog/instances", reply).path("list");
        if (list.size() >= PAGE) {
            throw new IOException(service + " has more than one page of instances");
        }
        return list;
    }

    /**
     * What the v2 API says: services with their own fields, and the instances that clients get.
     * Exists from 2.2 on.
     *
     * @throws IOException if an answer is missing or is an error
     */
    public RegistryDump readV2() throws IOException {
        DumpFields fields = new DumpFields();
        for (String group : groups) {
            JsonNode list =
                    ask(
                            "/v2/ns/service/list",
                            Map.of("pageNo", "1", "pageSize", "" + PAGE, "groupName", group));
            for (String name : names(list.path("data").path("services"))) {
                String service = group + "@@" + name;
                Map<String, String> asked = Map.of("serviceName", name, "groupName", group);
                fields.service(service, ask("/v2/ns/service", asked).path("data"));
                seen(
                        fields,
                        service,
                        ask("/v2/ns/instance/list", asked).path("data").path("hosts"));
            }
        }
        return fields.dump();
    }

    /** Whether the v2 API speaks of this field as well. */
    public static boolean isInV2(String path) {
        return path.contains("/service/") || path.contains("/visible/");
    }

    private static void seen(DumpFields fields, String service, JsonNode hosts) {
        for (JsonNode host : hosts) {
            fields.visible(
                    service,
                    host.path("ip").asString("") + ":" + host.path("port").asInt(-1),
                    host.path("clusterName").asString(""));
        }
    }

    private static List<String> names(JsonNode list) throws IOException {
        if (list.size() >= PAGE) {
            throw new IOException("more than one page of services");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : list) {
            names.add(name.asString("").replaceFirst(".*@@", ""));
        }
        return names;
    }

    private JsonNode ask(String path, Map<String, String> parameters) throws IOException {
        return json(path + " " + parameters, api.get(path, parameters));
    }

    private JsonNode json(String asked, NacosApi.Reply reply) throws IOException {
        if (!reply.isOk()) {
            throw new IOException(api.address() + " answered " + asked + " with " + reply);
        }
        try {
            return JsonMapper.shared().readTree(reply.text());
        } catch (JacksonException e) {
            throw new IOException(
                    api.address() + " answered no JSON to " + asked + ": " + reply, e);
        }
    }
}
