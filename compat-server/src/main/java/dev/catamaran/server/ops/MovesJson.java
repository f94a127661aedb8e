package dev.catamaran.server.ops;

import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.transition.Move;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What moved the cluster, as {@code GET /catamaran/v1/history} tells it. */
final class MovesJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MovesJson() {}

    /** An object with the moves, oldest first. */
    static String of(List<Move> moves) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode array = node.putArray("moves");
        moves.forEach(move -> put(array.addObject(), move));
        return node.toString();
    }

    private static void put(ObjectNode one, Move move) {
        UpgradeState upgrade = move.state().upgrade();
        one.put("revision", move.state().revision());
        one.put("at", move.atMs() == 0 ? null : Instant.ofEpochMilli(move.atMs()).toString());
        one.put("by", move.by());
        one.put("phase", upgrade.phase().name());
        one.put("epoch", upgrade.epoch());
        upgrade.fence()
                .ifPresent(
                        fence -> {
                            one.put("from", fence.from().name());
                            one.put("to", fence.to().name());
                        });
        one.put("held", upgrade.held());
        one.put("holdReason", upgrade.holdReason());
        one.put("because", move.state().because());
    }
}
