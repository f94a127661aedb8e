package dev.catamaran.server.stack.jraft;

import dev.catamaran.judgement.Fence;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON of a transition state: the log entries and the snapshot of {@code catamaran_transition}. */
final class TransitionEntries {

    private final JsonMapper mapper = JsonMapper.builder().build();

    byte[] encode(TransitionState state) {
        ObjectNode json = mapper.createObjectNode();
        json.put("clusterId", state.clusterId());
        json.put("revision", state.revision());
        UpgradeState upgrade = state.upgrade();
        json.put("phase", upgrade.phase().name());
        json.put("epoch", upgrade.epoch());
        upgrade.fence()
                .ifPresent(
                        fence -> {
                            json.put("fenceFrom", fence.from().name());
                            json.put("fenceTo", fence.to().name());
                        });
        json.put("held", upgrade.held());
        json.put("holdReason", upgrade.holdReason());
        ObjectNode readFrom = json.putObject("readFrom");
        state.readFrom().groups().forEach(readFrom::put);
        json.put("digest", state.digest());
        json.put("because", state.because());
        return mapper.writeValueAsBytes(json);
    }

    /** The inverse; fails for what is no transition state. Fields it does not know are ignored. */
    TransitionState decode(byte[] bytes) throws IOException {
        try {
            JsonNode json = mapper.readTree(bytes);
            return new TransitionState(
                    json.required("clusterId").asString(),
                    json.required("revision").longValue(),
                    upgrade(json),
                    position(json.required("readFrom")),
                    json.required("digest").asString(),
                    json.required("because").asString());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("not a transition state: " + e.getMessage(), e);
        }
    }

    private static UpgradeState upgrade(JsonNode json) {
        Optional<Fence> fence =
                json.has("fenceFrom")
                        ? Optional.of(new Fence(phase(json, "fenceFrom"), phase(json, "fenceTo")))
                        : Optional.empty();
        return new UpgradeState(
                phase(json, "phase"),
                json.required("epoch").longValue(),
                fence,
                json.required("held").booleanValue(),
                json.required("holdReason").asString());
    }

    private static Phase phase(JsonNode json, String field) {
        return Phase.valueOf(json.required(field).asString());
    }

    private static StackPosition position(JsonNode json) {
        SortedMap<String, Long> groups = new TreeMap<>();
        json.properties()
                .forEach(entry -> groups.put(entry.getKey(), entry.getValue().longValue()));
        return new StackPosition(groups);
    }
}
