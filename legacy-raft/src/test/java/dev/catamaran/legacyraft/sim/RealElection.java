package dev.catamaran.legacyraft.sim;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Votes and beats of a real server (spec: legacy-raft 3.2 to 3.6). */
final class RealElection {

    private static final int LEADER_TIMEOUT_MS = 15_000;
    private static final int RANDOM_MS = 5_000;
    private static final int HEARTBEAT_MS = 5_000;

    private final RealMember self;

    RealElection(RealMember self) {
        this.self = self;
    }

    void resetLeaderDue() {
        self.local().leaderDueMs = LEADER_TIMEOUT_MS + self.random(RANDOM_MS);
    }

    private void resetHeartbeatDue() {
        self.local().heartbeatDueMs = HEARTBEAT_MS;
    }

    void tick(long elapsedMs) {
        RealPeer local = self.local();
        local.leaderDueMs -= elapsedMs;
        if (local.leaderDueMs <= 0) {
            resetLeaderDue();
            resetHeartbeatDue();
            campaign();
        }
        local.heartbeatDueMs -= elapsedMs;
        if (local.heartbeatDueMs <= 0) {
            resetHeartbeatDue();
            sendBeats();
        }
    }

    private void campaign() {
        self.leader = null;
        self.peers.values().forEach(peer -> peer.voteFor = "");
        RealPeer local = self.local();
        local.term++;
        local.voteFor = self.name();
        local.state = "CANDIDATE";
        self.fleet().happened(self, "campaigns in term " + local.term);
        byte[] vote = local.json().toString().getBytes(StandardCharsets.UTF_8);
        for (String other : self.others()) {
            self.call(
                    other,
                    Request.Route.VOTE,
                    vote,
                    answer -> {
                        if (answer.status() == 200) {
                            decideLeader(RealPeer.of(answer.text()));
                        }
                    },
                    () -> {});
        }
    }

    Response.Wire onVote(String body) {
        RealPeer remote = RealPeer.of(body);
        RealPeer local = self.local();
        if (!self.peers.containsKey(remote.ip)) {
            return Response.Wire.of(500, "caused: can not find peer: " + remote.ip + ";");
        }
        if (remote.term <= local.term) {
            if (local.voteFor.isEmpty()) {
                local.voteFor = local.ip;
            }
            return Response.Wire.of(200, local.json().toString());
        }
        resetLeaderDue();
        local.state = "FOLLOWER";
        local.voteFor = remote.ip;
        local.term = remote.term;
        return Response.Wire.of(200, local.json().toString());
    }

    /** Counts whatever stands in the map, of whatever term (3.4). */
    private void decideLeader(RealPeer answered) {
        self.peers.put(answered.ip, answered);
        Map<String, Integer> votes = new HashMap<>();
        for (RealPeer peer : self.peers.values()) {
            if (!peer.voteFor.isEmpty()) {
                votes.merge(peer.voteFor, 1, Integer::sum);
            }
        }
        for (RealPeer peer : self.peers.values()) {
            if (votes.getOrDefault(peer.ip, 0) >= self.peers.size() / 2 + 1) {
                peer.state = "LEADER";
                if (!self.isLeader(peer.ip)) {
                    self.leader = peer;
                    self.fleet().happened(self, "finds elected: " + peer.ip);
                }
                return;
            }
        }
    }

    private void sendBeats() {
        RealPeer local = self.local();
        if (!local.state.equals("LEADER")) {
            return;
        }
        resetLeaderDue();
        ObjectNode packet = RealPeer.MAPPER.createObjectNode();
        packet.set("peer", local.json());
        packet.set("datums", self.data.briefs());
        String body = RealPeer.MAPPER.createObjectNode().put("beat", packet.toString()).toString();
        for (String other : self.others()) {
            self.call(
                    other,
                    Request.Route.BEAT,
                    gzip(body),
                    answer -> {
                        if (answer.status() == 200) {
                            RealPeer peer = RealPeer.of(answer.text());
                            self.peers.put(peer.ip, peer);
                        }
                    },
                    () -> {});
        }
    }

    Response.Wire onBeat(byte[] body) {
        String text = RealPeer.decode(gunzip(body), 2);
        JsonNode beat =
                RealPeer.MAPPER.readTree(RealPeer.MAPPER.readTree(text).path("beat").asString(""));
        RealPeer remote = RealPeer.of(beat.path("peer"));
        RealPeer local = self.local();
        if (!remote.state.equals("LEADER")) {
            return Response.Wire.of(
                    400, "caused: invalid state from master, state: " + remote.state + ";");
        }
        if (local.term > remote.term) {
            return Response.Wire.of(
                    400,
                    "caused: out of date beat, beat-from-term: "
                            + remote.term
                            + ", beat-to-term: "
                            + local.term
                            + ";");
        }
        if (!local.state.equals("FOLLOWER")) {
            local.state = "FOLLOWER";
            local.voteFor = remote.ip;
        }
        resetLeaderDue();
        resetHeartbeatDue();
        makeLeader(remote);
        self.data.reconcile(remote, beat.path("datums"));
        return Response.Wire.of(200, self.local().json().toString());
    }

    /** Believes anybody, member or not; the term stays that of the first beat (3.6, D6, D12). */
    private void makeLeader(RealPeer remote) {
        if (!self.isLeader(remote.ip)) {
            self.leader = remote;
        }
        for (String other : self.others()) {
            RealPeer peer = self.peers.get(other);
            if (peer != null && !other.equals(remote.ip) && peer.state.equals("LEADER")) {
                self.call(
                        other,
                        Request.Route.PEER,
                        new byte[0],
                        answer -> {
                            if (answer.status() == 200) {
                                self.peers.put(other, RealPeer.of(answer.text()));
                            } else {
                                peer.state = "FOLLOWER";
                            }
                        },
                        () -> {});
            }
        }
        self.peers.put(remote.ip, remote);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String gunzip(byte[] body) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("not gzip: " + e.getMessage(), e);
        }
    }
}
