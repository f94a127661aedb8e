package dev.catamaran.tool.live;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds out what a server is from what it answers; changes nothing. */
public final class Detection {

    /** Where a member tells of itself; a 3.x server that runs without its console only here. */
    private static final List<String> SELF =
            List.of(
                    "/v1/core/cluster/self",
                    "/v2/core/cluster/node/self",
                    "/v3/admin/core/cluster/node/self");

    private Detection() {}

    /**
     * What the server is.
     *
     * @throws RefusedException if it answers nothing by which a registry is known
     * @throws IOException if it cannot be reached
     */
    public static ServerKind of(LiveServer server) throws IOException {
        // waits for a server that is only just starting, and fails for one that is not there
        ServerReply ours = server.call(ServerCall.atRoot("/catamaran/v1/status"));
        if (ours.isOk() && ours.anyJson().has("phase")) {
            return new ServerKind(
                    Generation.CATAMARAN, ours.anyJson().path("version").asString(""));
        }
        String version = version(server, "/v1/console/server/state");
        if (version.isEmpty()) {
            version = version(server, "/v3/admin/core/state");
        }
        for (String self : SELF) {
            if (version.isEmpty()) {
                version = version(server, self);
            }
        }
        return version.isEmpty() ? byTraits(server) : byVersion(server, version);
    }

    private static String version(LiveServer server, String path) throws IOException {
        ServerReply reply = server.once(ServerCall.of("GET", path));
        if (!reply.isOk()) {
            return "";
        }
        JsonNode json = reply.anyJson();
        JsonNode inner = json.has("data") ? json.path("data") : json;
        return inner.path("version")
                .asString(inner.path("extendInfo").path("version").asString(""));
    }

    private static ServerKind byVersion(LiveServer server, String version) throws RefusedException {
        if (version.startsWith("1.")) {
            return new ServerKind(Generation.V1X, version);
        }
        if (version.startsWith("2.")) {
            return new ServerKind(Generation.V2X, version);
        }
        if (version.startsWith("3.")) {
            return new ServerKind(Generation.V3X, version);
        }
        throw new RefusedException(
                server.address()
                        + " says it has version "
                        + version
                        + "; servers from 1.0 to 3.x are known. Name a server of one of these");
    }

    /**
     * A 1.x without its console says no version, but has a raft; a 2.x counts clients; a 3.x has
     * the administrators' interface, and answers some of v1 too.
     */
    private static ServerKind byTraits(LiveServer server) throws IOException {
        ServerReply admin = server.once(ServerCall.of("GET", "/v3/admin/ns/ops/metrics"));
        if (admin.isOk() && admin.anyJson().path("code").asInt(-1) == 0) {
            return new ServerKind(Generation.V3X, "");
        }
        ServerReply raft = server.once(ServerCall.of("GET", "/v1/ns/raft/state"));
        if (raft.isOk() && raft.anyJson().has("peers")) {
            return new ServerKind(Generation.V1X, "");
        }
        ServerReply metrics = server.once(ServerCall.of("GET", "/v1/ns/operator/metrics"));
        if (metrics.isOk() && metrics.anyJson().has("status")) {
            boolean clients = metrics.anyJson().has("clientCount");
            return new ServerKind(clients ? Generation.V2X : Generation.V1X, "");
        }
        throw new RefusedException(
                server.address()
                        + " answers, but not as a registry. Check the address, its port and the"
                        + " path before /v1 (http://host:8848/nacos)");
    }
}
