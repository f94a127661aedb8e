package dev.catamaran.server.stack.jraft;

import dev.catamaran.judgement.Fence;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.Move;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON of the log entries and of the snapshot of {@code catamaran_transition}. A snapshot is the
 * last entry with those before it inside.
 */
final class TransitionEntries {

    private final JsonMapper mapper = JsonMapper.builder().build();

    private static final String HISTORY = "history";

    byte[] encode(Move move) {
        return mapper.writeValueAsBytes(json(move));
    }

    /** The snapshot of some moves, oldest first; there must be one. */
    byte[] encodeAll(List<Move> moves) {
        ObjectNode json = json(moves.get(moves.size() - 1));
        ArrayNode before = json.putArray(HISTORY);
        moves.subList(0, moves.size() - 1).forEach(move -> before.add(json(move)));
        return mapper.writeValueAsBytes(json);
    }

    private ObjectNode json(Move move) {
        TransitionState state = move.state();
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
        json.put("at", move.atMs());
        json.put("by", move.by());
        return json;
    }

    /** The inverse; fails for what is no move. Fields it does not know are ignored. */
    Move decode(byte[] bytes) throws IOException {
        List<Move> moves = decodeAll(bytes);
        return moves.get(moves.size() - 1);
    }

    /** The inverse of {@link #encodeAll}. */
    List<Move> decodeAll(byte[] bytes) throws IOException {
        try {
            JsonNode json = mapper.readTree(bytes);
            List<Move> moves = new ArrayList<>();
            json.path(HISTORY).forEach(before -> moves.add(move(before)));
            moves.add(move(json));
            return List.copyOf(moves);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("not a transition state: " + e.getMessage(), e);
        }
    }

    private static Move move(JsonNode json) {
        TransitionState state =
                new TransitionState(
                        json.required("clusterId").asString(),
                        json.required("revision").longValue(),
                        upgrade(json),
                        position(json.required("readFrom")),
                        json.required("digest").asString(),
                        json.required("because").asString());
        return new Move(state, json.path("at").asLong(0), json.path("by").asString(""));
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
