package dev.catamaran.it.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a real server serves. HTTP opens before the groups have leaders, and a server without
 * leaders answers 503 to every naming request, reads included. A single server now and then never
 * shows one of its groups, because it missed its own event (seen with 2.0.4); the groups must be
 * complete only in the sum of all members.
 */
final class NacosReadiness {

    private static final String SELF = "/v1/core/cluster/self";

    /** 3.x answers 410 to the former. */
    private static final String SELF_SINCE_3 = "/v3/admin/core/cluster/node/self";

    /** Groups that every 2.x server of these suites has; there may be more. */
    private static final List<String> GROUPS =
            List.of(
                    "naming_persistent_service_v2",
                    "naming_service_metadata",
                    "naming_instance_metadata");

    private NacosReadiness() {}

    static Optional<String> whyNotUp(Seat seat, NacosApi api, boolean legacyRaft) {
        try {
            NacosApi.Reply metrics = api.get("/v1/ns/operator/metrics", Map.of());
            if (!metrics.isOk()) {
                return Optional.of("metrics answered " + metrics);
            }
            NacosApi.Reply self = self(api);
            if (!self.isOk()) {
                return Optional.of("self answered " + self);
            }
            Optional<String> groups = whyNotLed(seat, self.text());
            if (groups.isPresent() || !legacyRaft) {
                return groups;
            }
            NacosApi.Reply leader = api.get("/v1/ns/raft/leader", Map.of());
            return leader.isOk() && leader.text().contains("LEADER")
                    ? Optional.empty()
                    : Optional.of("the raft of 1.x has no leader: " + leader);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static NacosApi.Reply self(NacosApi api) throws IOException {
        NacosApi.Reply self = api.get(SELF, Map.of());
        return self.status() == 410 ? api.get(SELF_SINCE_3, Map.of()) : self;
    }

    private static Optional<String> whyNotLed(Seat seat, String self) {
        Map<String, String> leaders = leaders(self);
        if (leaders.isEmpty()) {
            return Optional.of(seat.address() + ": no raft group");
        }
        List<String> unled =
                leaders.entrySet().stream()
                        .filter(group -> group.getValue().isBlank())
                        .map(Map.Entry::getKey)
                        .toList();
        return unled.isEmpty()
                ? Optional.empty()
                : Optional.of(seat.address() + ": no leader of " + String.join(", ", unled));
    }

    /** The groups of 2.x that none of these servers says to be led. */
    static List<String> unledGroups(List<NacosApi> servers) throws IOException {
        List<String> unled = new ArrayList<>(GROUPS);
        for (NacosApi server : servers) {
            leaders(self(server).text())
                    .forEach(
                            (group, leader) -> {
                                if (!leader.isBlank()) {
                                    unled.remove(group);
                                }
                            });
        }
        return unled;
    }

    /** Leader of each group as the server sees it, empty where it sees none. */
    private static Map<String, String> leaders(String self) {
        Map<String, String> leaders = new TreeMap<>();
        try {
            JsonNode groups =
                    JsonMapper.shared()
                            .readTree(self)
                            .path("data")
                            .path("extendInfo")
                            .path("raftMetaData")
                            .path("metaDataMap");
            for (Map.Entry<String, JsonNode> group : groups.properties()) {
                leaders.put(group.getKey(), group.getValue().path("leader").asString(""));
            }
        } catch (JacksonException e) {
            return Map.of();
        }
        return leaders;
    }
}
