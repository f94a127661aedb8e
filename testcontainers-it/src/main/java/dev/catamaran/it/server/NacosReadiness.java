package dev.catamaran.it.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a real server serves. HTTP opens before the groups have leaders, and a server without
 * leaders answers 503 to every naming request, reads included.
 */
final class NacosReadiness {

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
            NacosApi.Reply self = api.get("/v1/core/cluster/self", Map.of());
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

    private static Optional<String> whyNotLed(Seat seat, String self) {
        JsonNode groups;
        try {
            groups =
                    JsonMapper.shared()
                            .readTree(self)
                            .path("data")
                            .path("extendInfo")
                            .path("raftMetaData")
                            .path("metaDataMap");
        } catch (JacksonException e) {
            return Optional.of("self is not JSON: " + self);
        }
        List<String> wrong = new ArrayList<>();
        for (String group : GROUPS) {
            if (!groups.has(group)) {
                wrong.add("no group " + group);
            }
        }
        for (Map.Entry<String, JsonNode> group : groups.properties()) {
            if (group.getValue().path("leader").asString("").isBlank()) {
                wrong.add("no leader of " + group.getKey());
            }
        }
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(seat.address() + ": " + String.join(", ", wrong));
    }
}
