package dev.catamaran.legacyraft.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The RaftPeer object of a real server: mutable, and shared as theirs is (2.2). */
final class RealPeer {

    static final JsonMapper MAPPER = JsonMapper.shared();

    final String ip;
    String voteFor = "";
    long term;
    long leaderDueMs;
    long heartbeatDueMs;
    String state = "FOLLOWER";

    RealPeer(String ip) {
        this.ip = ip;
    }

    static RealPeer of(JsonNode json) {
        RealPeer peer = new RealPeer(json.path("ip").asString(""));
        peer.voteFor = json.path("voteFor").asString("");
        peer.term = json.path("term").asLong(0);
        peer.leaderDueMs = json.path("leaderDueMs").asLong(0);
        peer.heartbeatDueMs = json.path("heartbeatDueMs").asLong(0);
        peer.state = json.path("state").asString("FOLLOWER");
        return peer;
    }

    static RealPeer of(String json) {
        return of(MAPPER.readTree(json));
    }

    ObjectNode json() {
        ObjectNode json = MAPPER.createObjectNode().put("ip", ip);
        if (!voteFor.isEmpty()) {
            json.put("voteFor", voteFor);
        }
        return json.put("term", term)
                .put("leaderDueMs", leaderDueMs)
                .put("heartbeatDueMs", heartbeatDueMs)
                .put("state", state);
    }

    /** What real receivers do to bodies that nobody encoded (1.4). */
    static String decode(String text, int times) {
        String decoded = text;
        for (int i = 0; i < times; i++) {
            decoded = URLDecoder.decode(decoded, StandardCharsets.UTF_8);
        }
        return decoded;
    }
}
