package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.server.stack.legacy.LegacyStack;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** This member in the 1.x raft, and what a leader wants deleted there that was held back. */
@RestController
@RequestMapping("/catamaran/v1/legacy")
final class LegacyOps {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyOps.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Keys that are named; the rest is counted. */
    private static final int MAX_NAMED = 100;

    private static final int MAX_BODY = 1_024;

    private final LegacyStack stack;

    LegacyOps(LegacyStack stack) {
        this.stack = requireNonNull(stack, "stack is null");
    }

    @GetMapping
    ResponseEntity<String> show() {
        ObjectNode node = JSON.createObjectNode();
        node.put("rules", stack.rules().name().toLowerCase(java.util.Locale.ROOT));
        node.put("runs", stack.state().isPresent());
        stack.state().ifPresent(state -> describe(node, state));
        node.put("writtenAgain", stack.writtenAgain());
        return json(OpsAnswer.OK, node);
    }

    private static void describe(ObjectNode node, MemberState state) {
        RaftPeer peer = state.peer();
        node.put("role", peer.state().name()).put("term", peer.term());
        node.put("leader", state.leader().orElse("")).put("leaderIsReal", state.followsReal());
        node.put("takesWrites", state.isServing());
        node.put("keys", state.held().datums().size());
        SortedSet<String> held = state.heldBack();
        node.put("heldBackCount", held.size());
        ArrayNode named = node.putArray("heldBack");
        held.stream().limit(MAX_NAMED).forEach(named::add);
    }

    /** What a real leader's beats do not list any more goes, on this member. */
    @PostMapping("/allow-deletes")
    ResponseEntity<String> allow(HttpServletRequest request) throws IOException {
        int held = stack.state().map(state -> state.heldBack().size()).orElse(0);
        if (held == 0) {
            return refused("nothing is held back", "look at GET /catamaran/v1/legacy");
        }
        String body =
                new String(request.getInputStream().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        if (!DeleteConfirmation.confirmed(body)) {
            return refused(
                    held + " deletions are held back",
                    "look at GET /catamaran/v1/legacy, then repeat with the body"
                            + " {\"confirm\":true}");
        }
        stack.allowDeletes();
        LOG.info("legacy-deletes-allowed held={}", held);
        return json(OpsAnswer.OK, JSON.createObjectNode().put("allowed", held));
    }

    private static ResponseEntity<String> refused(String evidence, String change) {
        return ResponseEntity.status(OpsAnswer.REFUSED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Reasons.one("confirm-needed", evidence, change).toString());
    }

    private static ResponseEntity<String> json(int status, ObjectNode node) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(node.toString());
    }
}
