package dev.catamaran.it.raft;

import dev.catamaran.it.server.NacosApi;
import dev.catamaran.it.server.ServerNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A member of the 1.x raft, real or ours, seen through what both answer. */
final class RaftSeat {

    private static final String LIST = "com.alibaba.nacos.naming.iplist.public##DEFAULT_GROUP@@";

    private final ServerNode node;

    RaftSeat(ServerNode node) {
        this.node = node;
    }

    ServerNode node() {
        return node;
    }

    String address() {
        return node.address();
    }

    /** Whom it takes for the leader; empty while it knows none or does not answer. */
    Optional<String> leader() {
        try {
            NacosApi.Reply reply = node.api().get("/v1/ns/raft/leader", Map.of());
            if (!reply.isOk()) {
                return Optional.empty();
            }
            JsonMapper mapper = JsonMapper.shared();
            JsonNode peer =
                    mapper.readTree(mapper.readTree(reply.text()).path("leader").asString("null"));
            boolean leads = peer.path("state").asString("").equals("LEADER");
            return leads ? Optional.of(peer.path("ip").asString("")) : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** The term it is in. */
    long term() throws IOException {
        String peer = node.api().get("/v1/ns/raft/peer", Map.of()).text();
        return JsonMapper.shared().readTree(peer).path("term").asLong(-1);
    }

    /** Registers or removes one instance; the answer, or nothing if none came. */
    Optional<NacosApi.Reply> change(String method, String service, String ip) {
        Map<String, String> parameters =
                Map.of(
                        "serviceName",
                        service,
                        "ip",
                        ip,
                        "port",
                        "80",
                        "ephemeral",
                        "false",
                        "metadata",
                        "{\"note\":\"a+b %41 50%\"}");
        try {
            return Optional.of(node.api().send(method, "/v1/ns/instance", parameters));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What its raft holds of these services: metadata by address, by service. */
    Map<String, Map<String, String>> holds(List<String> services) throws IOException {
        List<String> keys = services.stream().map(service -> LIST + service).toList();
        NacosApi.Reply reply =
                node.api().get("/v1/ns/raft/datum", Map.of("keys", String.join(",", keys)));
        if (!reply.isOk()) {
            throw new IOException(address() + " answered " + reply);
        }
        Map<String, Map<String, String>> held = new TreeMap<>();
        services.forEach(service -> held.put(service, new TreeMap<>()));
        for (JsonNode datum : JsonMapper.shared().readTree(reply.text())) {
            Map<String, String> list = held.get(datum.path("key").asString("").replace(LIST, ""));
            for (JsonNode instance : datum.path("value").path("instanceList")) {
                if (list != null) {
                    list.put(
                            instance.path("ip").asString(""),
                            instance.path("metadata").toString()
                                    + instance.path("weight").asDouble(0));
                }
            }
        }
        return held;
    }

    /** Addresses a client of this member gets. */
    List<String> served(String service) throws IOException {
        NacosApi.Reply reply =
                node.api().get("/v1/ns/instance/list", Map.of("serviceName", service));
        List<String> ips = new ArrayList<>();
        for (JsonNode host : JsonMapper.shared().readTree(reply.text()).path("hosts")) {
            ips.add(host.path("ip").asString(""));
        }
        return ips;
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
